"""What the service tells a person, and what became of the e-mail about it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.invitation import Invitation
from accounts.models.user import User

# A link stays inside the product: one slash at its start, never two, no backslash.
OWN_PATH = r"^/([^/\\]|$)"
LINE_BREAK = r"[\r\n]"


class Notice(models.Model):
    """One message to one person, listed under Account. `key` makes it once; the text names no pupil.

    `audience` is a question asked again when the e-mail goes out ("communities.members:12"), empty when the message is
    the person's own whatever post they hold. `for_information` may be muted by the person's preference.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    subject = models.CharField(max_length=150)
    text = models.TextField(max_length=2_000, blank=True)
    link = models.CharField(max_length=300)
    key = models.CharField(max_length=160)
    audience = models.CharField(max_length=120, blank=True)
    for_information = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "key"], name="noticed_once"),
            models.CheckConstraint(
                name="notice_subject_is_one_line",
                condition=~Q(subject="") & ~Q(subject__regex=LINE_BREAK),
            ),
            models.CheckConstraint(
                name="notice_link_is_our_own",
                condition=Q(link__regex=OWN_PATH) & ~Q(link__regex=LINE_BREAK),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-created_at"], name="notices_of_a_person"),
            models.Index(fields=["person"], name="notices_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.key} for {self.person_id} (notice {self.pk})"


class Delivery(models.Model):
    """The e-mail about a notice, or one round of an invitation. `claimed` is written before it is sent and `sent` after.

    A row left claimed by a worker that died is `uncertain`: it may have gone out, so it is never sent again by itself;
    a person decides (`settled_*`). `reference` is the Message-ID, the same for every try.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        CLAIMED = "claimed", "Being sent"
        SENT = "sent", "Sent"
        UNCERTAIN = "uncertain", "May have been sent"
        FAILED = "failed", "Refused"
        WITHHELD = "withheld", "Not sent"

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"

    notice = models.ForeignKey(Notice, null=True, on_delete=models.CASCADE, related_name="deliveries")
    invitation = models.ForeignKey(Invitation, null=True, on_delete=models.CASCADE, related_name="deliveries")
    round = models.PositiveSmallIntegerField(default=1)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reference = models.UUIDField(default=uuid.uuid4, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivered_once_a_channel"),
            models.UniqueConstraint(fields=["invitation", "round", "channel"], name="invited_once_a_round"),
            models.CheckConstraint(
                name="about_a_notice_or_an_invitation",
                condition=Q(notice__isnull=False, invitation=None) | Q(notice=None, invitation__isnull=False),
            ),
            models.CheckConstraint(
                name="sent_has_its_moment",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="what_left_was_claimed",
                condition=~Q(state__in=["claimed", "sent", "uncertain"]) | Q(claimed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_settled_whole_or_not",
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["claimed_at"],
                name="deliveries_for_a_person",
                condition=Q(state__in=["uncertain", "failed"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state} (delivery {self.pk})"

    @property
    def person(self) -> User:
        """To whom it goes."""
        return self.notice.person if self.notice else self.invitation.person  # type: ignore[union-attr]  # a CHECK says so

    @property
    def subject(self) -> str:
        """What it is about, in one line."""
        return self.notice.subject if self.notice else "Invitation to sign in"
