"""Forms about areas, communities, memberships and words."""

from typing import Any

from django import forms

from communities.forms.schools import SchoolField
from communities.models import Area, Community, CommunityMembership, District, PrimaryCareNetwork, School
from core.forms import fields


class AreaName(forms.Form):
    name = fields.TextField(label="Name of the area", max_length=80, error_messages={"required": "Enter a name"})


class PlaceDistrict(forms.Form):
    area = fields.ModelTypeaheadField(queryset=Area.objects.none(), label="Area", required=False)

    def __init__(self, *args: Any, district: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"area": district.area_id}
        self.fields["area"].queryset = Area.objects.all()  # type: ignore[attr-defined]
        self.fields["area"].label = f"Which area is {district.name} in?"


class CommunityFacts(forms.Form):
    name = fields.TextField(
        label="Name of the community", max_length=80, error_messages={"required": "Enter the name of the community"}
    )
    area = fields.ModelTypeaheadField(
        queryset=Area.objects.none(), label="Area", error_messages={"required": "Choose the area"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.all()  # type: ignore[attr-defined]


class NewCommunity(CommunityFacts):
    opened_on = fields.DateField(label="First day", help_text="For example, 1 9 2026")


class OnDay(forms.Form):
    """A last day, or a day on which something happens."""

    on = fields.DateField(label="Last day")

    def __init__(self, *args: Any, label: str = "Last day", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = label


class Dates(forms.Form):
    starts_on = fields.DateField(label="First day", help_text="For example, 1 9 2026")
    ends_on = fields.DateField(label="Last day", help_text="Leave empty if it has no end yet", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must be the same as or after the first day")
        return cleaned


class Join(Dates):
    school = SchoolField(
        queryset=School.objects.none(), label="Which school joins?", error_messages={"required": "Choose a school"}
    )
    kind = fields.RadiosField(
        label="As what?",
        choices=CommunityMembership.Kind.choices,
        initial=CommunityMembership.Kind.FULL,
        hints={
            "full": "One community at most on any day",
            "associate": "Attends, without being a full member",
            "provider": "Offers support, for example a special school",
        },
    )
    field_order = ("school", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = School.objects.exclude(status=School.Status.CLOSED)  # type: ignore[attr-defined]


class Move(forms.Form):
    community = fields.ModelTypeaheadField(
        queryset=Community.objects.none(),
        label="To which community?",
        error_messages={"required": "Choose a community"},
    )
    on = fields.DateField(label="First day there")

    def __init__(self, *args: Any, leaving: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Community.objects.filter(closed_on=None).exclude(pk=leaving.pk)
        self.fields["community"].queryset = others  # type: ignore[attr-defined]


class LinkPCN(Dates):
    pcn = fields.ModelTypeaheadField(
        queryset=PrimaryCareNetwork.objects.none(),
        label="Which primary care network?",
        error_messages={"required": "Choose a network"},
    )
    field_order = ("pcn",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pcn"].queryset = PrimaryCareNetwork.objects.filter(closed_on=None)  # type: ignore[attr-defined]


class Words(forms.Form):
    """The council's own name and words."""

    council_name = fields.TextField(label="Name of the council", max_length=120)
    council_short_name = fields.TextField(label="Short name, as in “sent to …”", max_length=30)
    county_name = fields.TextField(label="Name of the county", max_length=80)
    la_code = fields.TextField(label="Local authority code", help_text="Three digits, for example 886", max_length=3)
    sub_icb_code = fields.TextField(
        label="NHS area (sub-ICB code)",
        help_text="For example 91Q. Your primary care networks are chosen by it when they are imported",
        max_length=10,
        required=False,
    )
    service_name = fields.TextField(label="Name of this service", max_length=120)
    board_word = fields.TextField(label="What you call the area board", max_length=80)
    senco_word = fields.TextField(label="What you call a SENCO", max_length=40)
    help_email = fields.EmailField(label="Email address for help")
    help_phone = fields.TextField(label="Telephone number for help", max_length=40, required=False)
    quorum_schools = forms.IntegerField(
        label="Schools needed for a quorum",
        help_text="Leave empty if meetings need no quorum",
        min_value=1,
        max_value=99,
        required=False,
    )
    sign_in_again_over = forms.IntegerField(
        label="Ask a chair to sign in again before deciding more than, in pounds",
        help_text="Leave empty to never ask",
        min_value=0,
        max_value=10_000_000,
        required=False,
    )

    def clean_la_code(self) -> str:
        code: str = self.cleaned_data["la_code"]
        if not (len(code) == 3 and code.isascii() and code.isdigit()):
            raise forms.ValidationError("Enter three digits, for example 886")
        return code

    def clean_sub_icb_code(self) -> str:
        return str(self.cleaned_data["sub_icb_code"]).upper()


class PrinciplesText(forms.Form):
    """A version of the Principles, one principle a line-block."""

    title = fields.TextField(label="Title", max_length=120)
    source = fields.TextField(label="Where they were agreed", max_length=300, required=False)
    starts_on = fields.DateField(label="In force from", called="First day in force")
    texts = fields.LongTextField(
        label="The principles",
        help_text="Leave an empty line between one principle and the next",
        rows=20,
        error_messages={"required": "Write at least one principle"},
    )

    def principles(self) -> list[str]:
        """The principles in order, each as one paragraph."""
        blocks = self.cleaned_data["texts"].replace("\r\n", "\n").split("\n\n")
        return [" ".join(block.split()) for block in blocks if block.strip()]
