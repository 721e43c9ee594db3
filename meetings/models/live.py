"""What only a running meeting needs: spells of an item, who left the room for it, who types, and notes on sealed minutes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from communities.models import School
from core.models.append_only import append_only_triggers
from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from meetings.models.minutes import Minutes
from meetings.models.whole import whole_or_absent


class ItemSchool(models.Model):
    """A school an item is about, kept beside the item so that a page of many items costs one query (see queries.recusals)."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="subjects")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "school"], name="item_about_a_school_once")]

    def __str__(self) -> str:
        return f"item {self.item_id} is about school {self.school_id} ({self.pk})"


class ItemSpell(models.Model):
    """The item was being discussed. An item that is opened again has a second spell; a suspended meeting ends one."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="spells")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["started_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item"], condition=Q(ended_at=None), name="one_open_spell_an_item"),
            models.CheckConstraint(
                name="spell_ends_after_it_starts", condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.item_id} from {self.started_at} (spell {self.pk})"


class Recusal(models.Model):
    """Somebody who was there left the room for an item. `until_at` None while they are out."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="recusals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["from_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "person"], condition=Q(until_at=None), name="out_of_the_room_once"),
            models.CheckConstraint(
                name="returns_after_leaving", condition=Q(until_at=None) | Q(until_at__gte=F("from_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} out for item {self.item_id} (recusal {self.pk})"


class MinuteTaker(models.Model):
    """The chair asked somebody to take the minutes of one meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="minute_takers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["given_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(ended_at=None), name="takes_the_minutes_once"
            ),
            models.CheckConstraint(
                name="end_of_minute_taking_is_whole", condition=whole_or_absent("ended_at", "ended_by")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.meeting_id} (minute taker {self.pk})"


class MinutesNote(models.Model):
    """An error found after the minutes were sealed. The minutes stay as they are; the note stands beside them, dated."""

    append_only = True

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="later_notes")
    line_key = models.CharField(max_length=80, blank=True)
    text = models.TextField(max_length=2000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]
        triggers: ClassVar = append_only_triggers()

    def __str__(self) -> str:
        return f"on {self.minutes_id} (minutes note {self.pk})"
