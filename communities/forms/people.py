"""Forms about people and their posts: first the role, then what that role needs."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from communities.forms.schools import SchoolField
from communities.models import Appointment, Area, Community, Role, School, Service
from communities.models.appointment import AREA_ROLES, COMMUNITY_ROLES, SCHOOL_ROLES, SERVICE_ROLES
from communities.services.appointments import Post
from core.forms import fields

Choice = fields.ModelTypeaheadField


def _scope(role: Role) -> Choice | None:
    """The question about the role's place; None for county posts."""
    if role in COMMUNITY_ROLES:
        return _place("community", Community.objects.filter(closed_on=None))
    if role in SCHOOL_ROLES:
        return _place("school", School.objects.exclude(status=School.Status.CLOSED), kind=SchoolField)
    if role in SERVICE_ROLES:
        return _place("service", Service.objects.filter(is_open=True))
    if role in AREA_ROLES:
        return _place("area", Area.objects.all())
    return None


def _place(word: str, queryset: "QuerySet[Any]", *, kind: type[Choice] = Choice) -> Choice:
    return kind(queryset=queryset, label=f"Which {word}?", error_messages={"required": f"Choose the {word}"})


class ChooseRole(forms.Form):
    """The first step: which post."""

    role = fields.RadiosField(label="Which post?", choices=Role.choices, error_messages={"required": "Choose a post"})


class PostDetails(forms.Form):
    """The second step: where, from when, and what only a chair is asked. A reason only once the rule has found a tie."""

    not_optional = ("reason",)
    starts_on = fields.DateField(
        label="First day",
        help_text="For example, 1 9 2026",
    )
    ends_on = fields.DateField(label="Last day", help_text="Leave empty if it has no end yet", required=False)

    def __init__(self, *args: Any, role: Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role = role
        scope = _scope(role)
        if scope:
            self.fields["scope"] = scope
        if role == Role.CHAIR:
            self.fields["standing_in"] = forms.BooleanField(label="Standing in for the chair", required=False)
            if "reason" in self.data:
                self._with_reason()
        self.order_fields(["name", "email", "scope", "standing_in", "starts_on", "ends_on", "reason"])

    def _with_reason(self) -> None:
        self.fields["reason"] = fields.LongTextField(
            label="Why do you appoint them all the same?",
            help_text="The tie and your reason are shown on the community’s page.",
            max_length=500,
            required=False,
        )

    def ask_for_reason(self, sentence: str) -> None:
        """The rule found a tie: only now is there a question about it."""
        if "reason" not in self.fields:
            self._with_reason()
        self.add_error("reason", sentence)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must be the same as or after the first day")
        return cleaned

    def post(self) -> Post:
        """What to appoint the person to. Only after the form was found valid."""
        cleaned = self.cleaned_data
        standing_in = cleaned.get("standing_in", False)
        return Post(
            role=self.role,
            scope_id=cleaned["scope"].pk if "scope" in cleaned else None,
            starts_on=cleaned["starts_on"],
            ends_on=cleaned["ends_on"],
            kind=Appointment.Kind.COVER if standing_in else Appointment.Kind.SUBSTANTIVE,
            reason=cleaned.get("reason", ""),
        )


class NewPerson(PostDetails):
    """Somebody who is not in the service yet, with their first post."""

    name = fields.TextField(label="Full name", max_length=120, error_messages={"required": "Enter their full name"})
    email = fields.EmailField(
        label="Work email address",
        help_text="The invitation goes here, and they sign in with it.",
        error_messages={"required": "Enter their work email address"},
    )


class EndPost(forms.Form):
    """The last day of a post."""

    ends_on = fields.DateField(label="Last day in post", help_text="Their powers end with this day.")


class NameAndAddress(forms.Form):
    """What somebody is called, and the address they sign in with."""

    name = fields.TextField(label="Full name", max_length=120, error_messages={"required": "Enter their full name"})
    email = fields.EmailField(
        label="Work email address",
        help_text="They sign in with it, and their emails go there. Check it twice.",
        error_messages={"required": "Enter their work email address"},
    )


class Confirm(forms.Form):
    """Nothing to fill in: the button is the answer."""


class SureItIsThem(forms.Form):
    """Whoever asks for this by telephone may be somebody else."""

    sure = forms.BooleanField(
        label="I have made sure that it is really them who asks",
        error_messages={"required": "Make sure who asks: ring them back on a number you know, or see them"},
    )


class ChooseActing(forms.Form):
    """Which of one's posts of today."""

    def __init__(self, *args: Any, posts: list[Appointment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {str(post.pk): post for post in posts}
        self.fields["post"] = fields.RadiosField(
            label="Which post do you want to act in?",
            choices=[(key, post.title) for key, post in self.posts.items()],
            error_messages={"required": "Choose one of your posts", "invalid_choice": "Choose one of your posts"},
        )

    def clean_post(self) -> Appointment:
        return self.posts[self.cleaned_data["post"]]
