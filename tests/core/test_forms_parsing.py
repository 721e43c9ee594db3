"""What people type is understood or answered with a sentence that says what to do."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.forms import fields, parsing

MOST = Decimal("9999999.99")
POUNDS_SENTENCE = "Enter an amount in pounds, like 1250 or 1,250.50"


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("1250", "1250.00"),
        ("£1,250.50", "1250.50"),
        (" £ 3 ", "3.00"),
        ("0.5", "0.50"),
        ("1,234,567.89", "1234567.89"),
        ("007", "7.00"),
        ("0", "0.00"),
    ],
)
def test_pounds_are_understood(typed, understood):
    assert parsing.money(typed, most=MOST) == Decimal(understood)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0.005", "Enter pounds and whole pence, like 1250.50"),
        ("-5", "Enter an amount that is not less than nothing"),
        ("£-5", "Enter an amount that is not less than nothing"),
        ("−5", "Enter an amount that is not less than nothing"),
        ("1e12", POUNDS_SENTENCE),
        ("NaN", POUNDS_SENTENCE),
        ("Infinity", POUNDS_SENTENCE),
        ("１２３", POUNDS_SENTENCE),
        ("1,25", POUNDS_SENTENCE),
        ("12,3456", POUNDS_SENTENCE),
        ("5 pounds", POUNDS_SENTENCE),
        ("£", POUNDS_SENTENCE),
        ("1_000", POUNDS_SENTENCE),
        ("1.", POUNDS_SENTENCE),
        ("99999999", "Enter an amount of £9,999,999.99 or less"),
    ],
)
def test_other_pounds_are_refused_with_a_sentence(typed, sentence):
    with pytest.raises(ValidationError) as refused:
        parsing.money(typed, most=MOST)

    assert refused.value.messages == [sentence]


@given(st.decimals(min_value=0, max_value=MOST, places=2))
def test_every_amount_survives_the_round_trip(amount):
    field = fields.MoneyField()

    assert field.clean(field.prepare_value(amount)) == amount
    assert field.clean(f"£{amount:,.2f}") == amount


@given(st.text(max_size=30))
def test_no_text_breaks_a_field(text):
    for field in (fields.MoneyField(), fields.TimeField(), fields.DateField()):
        try:
            field.clean([text, text, text] if isinstance(field, fields.DateField) else text)
        except ValidationError:
            continue  # refused with a sentence, which the other tests read


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("9:30am", time(9, 30)),
        ("9.30 am", time(9, 30)),
        ("09:30", time(9, 30)),
        ("1330", time(13, 30)),
        ("1:30pm", time(13, 30)),
        ("9am", time(9)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("noon", time(12)),
        ("midday", time(12)),
        ("9:30 p.m.", time(21, 30)),
    ],
)
def test_times_are_understood(typed, understood):
    assert parsing.clock(typed) == understood


@pytest.mark.parametrize("typed", ["9", "25:00", "9:60", "13pm", "0am", "half nine", "", "930000", "９:30"])
def test_other_times_are_refused(typed):
    with pytest.raises(ValidationError) as refused:
        parsing.clock(typed)

    assert refused.value.messages == ["Enter a time, like 9:30am or 13:30"]


@pytest.mark.parametrize(
    ("boxes", "understood"),
    [
        (["27", "3", "2026"], date(2026, 3, 27)),
        (["27", "March", "26"], date(2026, 3, 27)),
        ([" 1", "sept ", "2026"], date(2026, 9, 1)),
    ],
)
def test_dates_are_understood(boxes, understood):
    assert fields.DateField().clean(boxes) == understood


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (["", "", ""], "Enter the date, like 27 3 2026"),
        (None, "Enter the date, like 27 3 2026"),
        (["27", "", "2026"], "Date must include a month"),
        (["", "", "2026"], "Date must include a day and month"),
        (["31", "2", "2026"], "Date must be a real date, like 27 3 2026"),
        (["1", "1", "1066"], "Date must be a real date, like 27 3 2026"),
        (["٣", "3", "2026"], "Date must be a real date, like 27 3 2026"),
    ],
)
def test_other_dates_are_refused(boxes, sentence):
    with pytest.raises(ValidationError) as refused:
        fields.DateField().clean(boxes)

    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    ("boxes", "rest"),
    [
        (["27", "", ""], "must include a month and year"),
        (["31", "2", "2026"], "must be a real date, like 27 3 2026"),
        (["31", "8", "2026"], "must be the same as or after 1 September 2026"),
        (["1", "9", "2027"], "must be the same as or before 31 August 2027"),
    ],
)
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ({"label": "First day of the award"}, "First day of the award"),
        ({"label": "By when?", "called": "Due date"}, "Due date"),
    ],
)
def test_every_mistake_names_the_date(boxes, rest, words, name):
    field = fields.DateField(**words, earliest=date(2026, 9, 1), latest=date(2027, 8, 31))

    with pytest.raises(ValidationError) as refused:
        field.clean(boxes)

    assert refused.value.messages == [f"{name} {rest}"]


def test_a_missing_date_is_asked_for_by_its_name():
    with pytest.raises(ValidationError, match="Enter the first day of the award, like 27 3 2026"):
        fields.DateField(label="First day of the award").clean(["", "", ""])


def test_a_date_can_have_bounds():
    field = fields.DateField(earliest=date(2026, 9, 1), latest=date(2027, 8, 31))

    with pytest.raises(ValidationError, match="Date must be the same as or after 1 September 2026"):
        field.clean(["31", "8", "2026"])
    with pytest.raises(ValidationError, match="Date must be the same as or before 31 August 2027"):
        field.clean(["1", "9", "2027"])
    assert field.clean(["1", "9", "2026"]) == date(2026, 9, 1)


def test_an_optional_date_may_be_left_empty():
    assert fields.DateField(required=False).clean(["", " ", ""]) is None
