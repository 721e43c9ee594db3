"""The form of one support entry, used by provision and by a request."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from communities.forms.naming import AsksAboutNames
from communities.models import Service
from core.forms import fields
from provision.models import SupportEntry
from provision.queries import support

EVERYBODY = "everybody"


class SupportForm(AsksAboutNames):
    """One thing that was tried. `keys` are the pupils of the request, when there is one."""

    asked_fields: ClassVar = ("what", "note", "by_whom")
    not_optional = ("service",)
    by_kind = fields.RadiosField(
        label="Who gave the support?",
        choices=SupportEntry.ByKind.choices,
        reveals={"service": "service"},
        error_messages={"required": "Choose who gave the support"},
    )
    service = fields.ModelTypeaheadField(queryset=Service.objects.none(), label="Which service?", required=False)
    by_whom = fields.TextField(
        label="Who exactly?",
        help_text="A school, a service or a post, such as “speech therapist”. Not a person’s name.",
        max_length=120,
        required=False,
    )
    what = fields.LongTextField(
        label="What was done?",
        help_text="For example: three visits, a plan for the classroom, a group twice a week.",
        max_length=600,
        rows=3,
        error_messages={"required": "Enter what was done"},
    )
    starts_on = fields.DateField(
        label="From when?",
        called="First day of the support",
        help_text="If it was asked for and not available, the day you asked. For example, 14 9 2026",
    )
    ends_on = fields.DateField(
        label="Until when?",
        called="Last day of the support",
        help_text="Leave empty if it still goes on.",
        required=False,
    )
    outcome = fields.RadiosField(
        label="What came of it?",
        choices=SupportEntry.Outcome.choices,
        hints={"not_available": "This counts as tried, and tells the council where help is missing."},
        error_messages={"required": "Choose what came of it"},
    )
    note = fields.LongTextField(label="What did you notice?", max_length=1000, rows=3, required=False)
    pupil_key = fields.RadiosField(label="Who was it for?", choices=(), required=False)

    def __init__(self, *args: Any, keys: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = support.open_services()  # type: ignore[attr-defined]
        if keys:
            self.fields["pupil_key"].choices = [*[(key, key) for key in keys], (EVERYBODY, "All of them, or a group")]  # type: ignore[attr-defined]
        if not keys or len(keys) < 2:
            del self.fields["pupil_key"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._who(cleaned)
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and starts_on > timezone.localdate():
            self.add_error("starts_on", "The first day must be today or in the past")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must be the same as or after the first day")
        return cleaned

    def _who(self, cleaned: dict[str, Any]) -> None:
        kind = cleaned.get("by_kind")
        if kind == "service" and not cleaned.get("service") and not cleaned.get("by_whom"):
            self.add_error("service", "Choose the service")
        if kind == "other_school" and not cleaned.get("by_whom"):
            self.add_error("by_whom", "Enter which school it was")
        if kind != "service":
            cleaned["service"] = None

    @property
    def entry(self) -> dict[str, Any]:
        """What the service takes."""
        answers = self.answers
        service, key = answers.pop("service"), answers.pop("pupil_key", "")
        return {**answers, "service_id": service.pk if service else None, "pupil_key": "" if key == EVERYBODY else key}


def initial(entry: SupportEntry) -> dict[str, Any]:
    """What the form shows for an entry that is there."""
    names = ("by_kind", "by_whom", "what", "starts_on", "ends_on", "outcome", "note", "pupil_key")
    found = {name: getattr(entry, name) for name in names}
    return {**found, "service": entry.service_id, "pupil_key": entry.pupil_key or EVERYBODY}


class ServiceForm(forms.Form):
    """A service of the register."""

    name = fields.TextField(
        label="Name of the service", max_length=120, error_messages={"required": "Enter the name of the service"}
    )
    what_it_does = fields.LongTextField(label="What does it do?", max_length=300, rows=3, required=False)
