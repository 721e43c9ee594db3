"""Every component on one page, for developers (development only)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from core import charts
from core.forms import fields

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PARTS = [
    ("Paid", Decimal(18_400)),
    ("Committed", Decimal(9_250)),
    ("Contingency", Decimal(3_000)),
    ("Uncommitted", Decimal("11_350.50")),
]


class Example(forms.Form):
    """One field of each kind."""

    key = fields.IdempotencyField()
    title = fields.TextField(label="What is it called?", width=20, help_text="A few words are enough")
    amount = fields.MoneyField(label="How much do you ask for?", help_text="The whole cost for the period")
    starts_on = fields.DateField(label="When does it start?", called="Start date", help_text="For example, 27 3 2026")
    starts_at = fields.TimeField(label="At what time?", help_text="For example, 9:30am", required=False)
    story = fields.LongTextField(label="What have you tried?", max_length=600)
    kind = fields.RadiosField(
        label="What kind of request is it?",
        choices=[("individual", "For one pupil"), ("group", "For a group"), ("other", "Something else")],
        hints={"group": "Two or more pupils who share a need"},
        reveals={"other": "kind_note"},
    )
    kind_note = fields.TextField(label="Say what it is", required=False)
    needs = fields.CheckboxesField(
        label="Which areas of need?",
        choices=[("ci", "Communication and interaction"), ("cl", "Cognition and learning")],
    )
    school = fields.TypeaheadField(
        label="Which school?", choices=[("", ""), ("1", "Hartwell Primary"), ("2", "Ashford North")]
    )
    paper = forms.FileField(label="Add a paper", required=False, help_text="PDF or Word, up to 10 MB")
    agree = forms.BooleanField(label="The parents have agreed to this discussion")


@login_not_required
@require_http_methods(["GET", "POST"])
def styleguide(request: HttpRequest) -> HttpResponse:
    """The page; posting shows the errors."""
    form = Example(request.POST if request.method == "POST" else None)
    code = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "core/styleguide.html", _context(form), status=code)


def _context(form: Example) -> dict[str, Any]:
    years = [("2022", 41), ("2023", 47), ("2024", None), ("2025", 58), ("2026", 63)]
    ranges = [
        ("Permanent exclusions", 0, 9, 3),
        ("Pupils with a plan", 12, 48, 31),
        ("Part-time timetables", 2, 20, None),
    ]
    return {
        "form": form,
        "now": NOW,
        "today": date(2026, 11, 24),
        "soon": NOW + timedelta(days=3),
        "parts": PARTS,
        "amount": Decimal(3200),
        "areas": [("", "Every area"), ("coast", "Coast"), ("weald", "Weald")],
        "page": Paginator(range(200), 10).page(4),
        "bars": charts.bars(rows=[(name, value) for name, value in PARTS], title="Budget by account", money=True),
        "line": charts.line(points=years, title="Pupils with a plan", description="Rising; 2024 hidden"),
        "ranges": charts.dots_in_ranges(rows=ranges, title="Where we stand among all communities"),
        "spark": charts.sparkline(values=[3, 4, 2, 6, 7], title="Rising from 3 to 7"),
    }
