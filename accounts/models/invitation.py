"""How a person comes in: somebody with the power to do so invites them, and the link works once."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Invitation(models.Model):
    """`round` counts how often it was sent: only the newest link works. The link itself is signed, never stored.

    It ends by being accepted, withdrawn by an administrator, or disowned by whoever received it ("this is not me").
    """

    class Ending(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        WITHDRAWN = "withdrawn", "Withdrawn"
        DISOWNED = "disowned", "Sent to the wrong person"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="account_invitations")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField()
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], name="one_open_invitation_a_person", condition=Q(ended_at=None)),
            models.CheckConstraint(
                name="invitation_ended_whole_or_not",
                condition=Q(ending="", ended_at=None, ended_by=None)
                | Q(ending="disowned", ended_at__isnull=False, ended_by=None)
                | Q(ending__in=["accepted", "withdrawn"], ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_expires_after_it_began", condition=Q(expires_at__gt=models.F("invited_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} of {self.person_id}, round {self.round}"

    def is_open(self, now: datetime) -> bool:
        """Whether its newest link still works."""
        return self.ended_at is None and now < self.expires_at
