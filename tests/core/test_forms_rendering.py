"""A Django form draws itself as complete GOV.UK markup."""

import datetime
import gc
import re
import tracemalloc
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from core.forms import fields, macros, widgets
from tests import xss


class Meal(forms.Form):
    key = fields.IdempotencyField()
    title = fields.TextField(label="Name", width=20, help_text="As on the menu")
    price = fields.MoneyField(label="Price")
    served_on = fields.DateField(label="When")
    course = fields.RadiosField(
        label="Course",
        choices=[("", "---------"), ("first", "First"), ("other", "Other")],
        hints={"first": "Soup"},
        reveals={"other": "other_course"},
    )
    other_course = fields.LongTextField(label="Which course", required=False, max_length=50)
    extras = fields.CheckboxesField(label="Extras", choices=[("salt", "Salt"), ("pepper", "Pepper")], required=False)
    cook = forms.ChoiceField(label="Cook", choices=[("", "---------"), ("Group", [("1", "Ann"), ("2", "Bo")])])
    menu = forms.FileField(label="Menu", required=False)
    vegan = forms.BooleanField(label="It is vegan", required=False)


class Elements(HTMLParser):
    """The start tags of a page, in order."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def elements(html):
    return Elements(html).found


def draw(template, **context):
    return Template(template).render(Context(context))


GOOD = {
    "key": "6f2c1f7e-8f5b-4a4e-9a9e-0d8b5f1f3a11",
    "title": "Soup",
    "price": "£2.50",
    "served_on_0": "1",
    "served_on_1": "9",
    "served_on_2": "2026",
    "course": "first",
    "cook": "1",
}


def test_a_good_form_is_understood():
    form = Meal(GOOD)

    assert form.is_valid(), form.errors
    assert str(form.cleaned_data["price"]) == "2.50"


def test_every_control_has_a_label_or_a_legend():
    found = elements(str(Meal()))
    labelled = {attrs["for"] for tag, attrs in found if tag == "label"}
    controls = [
        attrs["id"] for tag, attrs in found if tag in ("input", "select", "textarea") and attrs.get("type") != "hidden"
    ]

    assert set(controls) == labelled
    assert len(controls) == len(set(controls))
    assert sum(tag == "fieldset" for tag, _ in found) == 3


def test_everything_described_exists():
    found = elements(str(Meal({"title": ""})))
    ids = [attrs["id"] for _, attrs in found if "id" in attrs]
    described = {name for _, attrs in found for name in attrs.get("aria-describedby", "").split()}

    assert described <= set(ids)
    assert len(ids) == len(set(ids))
    assert {"id_title-hint", "id_title-error"} <= described


def test_an_error_stands_at_the_field_and_in_the_summary():
    form = Meal(GOOD | {"title": "", "served_on_1": "13", "course": ""})
    form.add_error(None, "The kitchen is closed")

    summary = draw("{% error_summary form %}", form=form)

    links = [attrs["href"] for tag, attrs in elements(summary) if tag == "a"]
    assert links == ["#id_title", "#id_title", "#id_served_on_0", "#id_course"]
    assert "The kitchen is closed" in summary
    ids = {attrs.get("id") for _, attrs in elements(str(form))}
    assert {link.removeprefix("#") for link in links} <= ids
    assert '<span class="govuk-visually-hidden">Error:</span> When must be a real date, like 27 3 2026' in str(form)


def test_no_summary_when_all_is_well():
    assert draw("{% error_summary form other %}", form=Meal(), other=None) == ""


def test_the_summary_takes_formsets():
    lines = forms.formset_factory(Meal, extra=0, min_num=2, validate_min=True)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    )

    assert "#id_form-0-title" in draw("{% error_summary lines %}", lines=lines)


def test_a_revealed_field_is_drawn_once_under_its_choice():
    html = str(Meal())

    assert html.count('name="other_course"') == 1
    assert html.index('id="conditional-id_course-2"') < html.index('name="other_course"')


def test_what_was_typed_in_a_revealed_box_comes_back_letter_for_letter():
    words = 'First <b>line</b> & "more"\n  second line\n\n    third'

    html = str(Meal(GOOD | {"other_course": words}))

    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert found
    assert unescape(found[1]) == words
    assert "<b>line</b>" not in html


def test_choices_and_values_come_back():
    form = Meal(GOOD | {"extras": ["pepper"], "vegan": "on", "cook": "2", "price": "abc"})

    found = elements(str(form))

    chosen = [
        attrs["value"]
        for tag, attrs in found
        if tag in ("input", "option") and ("checked" in attrs or "selected" in attrs)
    ]
    assert chosen == ["first", "pepper", "2", "on"]
    assert ("input", "abc") in [(tag, attrs.get("value")) for tag, attrs in found]


def test_initial_values_are_written_as_people_write_them():
    class Timed(forms.Form):
        at = fields.TimeField()
        on = fields.DateField()
        cost = fields.MoneyField()

    form = Timed(initial={"at": datetime.time(9, 30), "on": datetime.date(2026, 11, 24), "cost": Decimal("1250.00")})

    values = [attrs.get("value") for tag, attrs in elements(str(form)) if tag == "input"]
    assert values == ["9:30am", "24", "11", "2026", "1250"]


def test_hints_that_are_safe_html_stay_html_and_others_are_escaped():
    class Hinted(forms.Form):
        one = forms.CharField(help_text=format_html("<i>{}</i>", "x"))
        two = forms.CharField(help_text="<i>y</i>")

    html = str(Hinted())

    assert "<i>x</i>" in html
    assert "&lt;i&gt;y&lt;/i&gt;" in html


def test_attributes_of_the_widget_reach_the_control():
    class Searched(forms.Form):
        words = forms.CharField(
            widget=forms.TextInput(attrs={"hx-get": "/x/", "autocomplete": "off", "placeholder": "no"})
        )

    attrs = next(attrs for tag, attrs in elements(str(Searched())) if tag == "input")

    assert (attrs["hx-get"], attrs["autocomplete"], attrs.get("placeholder")) == ("/x/", "off", None)


def test_the_question_can_be_the_heading_of_the_page():
    html = draw("{% field form.title page_heading=True %}", form=Meal())

    assert '<h1 class="govuk-label-wrapper">' in html


@pytest.mark.parametrize(
    ("boxes", "wrong"),
    [
        (("27", "", "2026"), [1]),
        (("", "", "2026"), [0, 1]),
        (("27", "13", "2026"), [0, 1, 2]),
        (("", "", ""), [0, 1, 2]),
    ],
)
def test_only_the_boxes_to_mend_are_marked_and_the_summary_leads_to_the_first(boxes, wrong):
    form = Meal(GOOD | {f"served_on_{number}": part for number, part in enumerate(boxes)})
    found = [attrs for tag, attrs in elements(str(form)) if tag == "input" and "served_on_" in attrs.get("name", "")]

    assert [number for number, attrs in enumerate(found) if "govuk-input--error" in attrs["class"]] == wrong
    assert f'href="#id_served_on_{wrong[0]}"' in draw("{% error_summary form %}", form=form)


def test_plain_widgets_can_still_be_drawn_by_themselves():
    assert str(Meal()["title"]).startswith("<input")


def kept_so_far():
    return macros._kept.cache_info()


def test_a_control_in_which_nobody_has_typed_is_drawn_once():
    str(Meal())
    before = kept_so_far()
    str(Meal())

    assert kept_so_far().misses == before.misses
    assert kept_so_far().hits > before.hits


@pytest.mark.parametrize("bound", [True, False], ids=["sent", "begun before"])
def test_a_control_is_kept_without_the_words_somebody_typed(bound):
    def meal(title, other):
        words = GOOD | {"title": title, "other_course": other}
        return str(Meal(words) if bound else Meal(initial=words))

    first = meal("Broth <b>", "Turbot & peas")
    before = kept_so_far()
    second = meal("Salad", "Eggs")

    assert [word for word in ("Broth &lt;b&gt;", "Turbot &amp; peas") if word not in first] == []
    assert [word for word in ("Broth", "Turbot") if word in second] == []
    assert [word for word in ("Salad", "Eggs") if word not in second] == []
    assert kept_so_far().misses == before.misses


def test_a_word_that_looks_like_a_hole_is_a_word():
    hole = f"{macros.HOLE}0{macros.HOLE}"
    drawn = macros.kept("input", id="a", name="a", label={"text": hole}, value=macros.Typed(hole))

    assert f'value="{hole}"' in drawn
    assert drawn.count(hole) == 1
    assert f">{hole}<" in macros.kept_whole("hint", text=hole).replace("\n", "").replace("  ", "")


@pytest.mark.parametrize("words", xss.PAYLOADS)
def test_typed_words_stay_words_in_a_kept_control(words):
    control = {"id": "a", "name": "a", "label": {"text": "A"}, "value": macros.Typed(words)}
    for component in ("input", "textarea"):
        drawn = macros.kept(component, errorMessage={"text": macros.Typed(words)}, **control)

        assert drawn.count(str(escape(words))) == 2
        assert drawn.replace(str(escape(words)), "") == macros.kept(
            component, errorMessage={"text": macros.Typed("")}, **control | {"value": macros.Typed("")}
        )


def test_a_long_list_is_not_kept_as_what_it_was_drawn_from():
    def choose(chosen):
        items = [{"value": str(pk), "text": f"School {pk}", "selected": pk == chosen} for pk in range(300)]
        macros.kept("select", id="a", name="a", label={"text": "A"}, items=items)

    choose(-1)
    tracemalloc.start()
    for chosen in range(10):
        choose(chosen)
    gc.collect()
    held, _most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert held / 10 < 60_000


def test_the_longest_lists_are_not_kept_at_all():
    items = [{"value": str(pk), "text": f"School {pk}"} for pk in range(5_000)]
    before = kept_so_far()
    drawn = macros.kept("select", id="a", name="a", label={"text": "A"}, items=items)

    assert '<option value="4999">School 4999</option>' in drawn
    assert kept_so_far() == before


def test_safe_words_are_never_shown_for_words_that_must_be_escaped():
    safe = macros.kept("hint", text=mark_safe("<b>Two</b>"))

    assert "<b>Two</b>" in safe
    assert "&lt;b&gt;Two&lt;/b&gt;" in macros.kept("hint", text="<b>Two</b>")


def test_every_widget_of_the_house_is_drawn():
    drawn = {widgets.Text, widgets.Textarea, widgets.Radios, widgets.Checkboxes, widgets.DateBoxes}

    assert drawn <= {type(field.widget) for field in Meal().fields.values()}


def test_two_fields_with_the_same_mistake_are_told_apart():
    class Kitchen(forms.Form):
        opens = fields.TimeField(label="Opens at")
        closes = fields.TimeField(label="Closes at")
        name = fields.TextField(label="Name", error_messages={"required": "Enter a name"})

    summary = draw("{% error_summary form %}", form=Kitchen({}))

    assert re.findall(r">([^<>]+)</a>", summary) == [
        "Opens at: Enter a time, like 9:30am",
        "Closes at: Enter a time, like 9:30am",
        "Enter a name",
    ]


def test_a_choice_of_nothing_says_so_and_is_not_linked_to():
    class Empty(forms.Form):
        post = fields.RadiosField(label="Post", choices=[])

    assert "There is nothing to choose from yet." in str(Empty())
    assert "href" not in draw("{% error_summary form %}", form=Empty({}))


class Pudding(forms.Form):
    """One of two prices is asked for by the form itself, so neither is called optional."""

    not_optional = ("whole", "slice")
    whole = fields.MoneyField(label="Whole", required=False)
    slice = fields.MoneyField(label="Slice", required=False)
    note = fields.TextField(label="Note", required=False)
    sauce = forms.ChoiceField(label="Sauce", choices=[("", "No sauce"), ("1", "Custard")], required=False)


def test_what_the_form_asks_for_by_itself_is_not_called_optional():
    html = draw("{{ form }}", form=Pudding())

    assert re.findall(r"(\w+) \(optional\)", html) == ["Note", "Sauce"]


def test_an_empty_choice_keeps_the_words_it_was_given():
    assert "No sauce" in draw("{{ form }}", form=Pudding())
    assert "Choose one" in draw("{{ form }}", form=Meal())


def test_an_empty_field_is_asked_for_by_its_name_where_nobody_gave_words():
    class Door(forms.Form):
        code = forms.CharField(label="Code")
        who = forms.CharField(label="Who are you?")
        town = forms.CharField(label="Town", error_messages={"required": "Enter a town"})

    form = Door({})
    both = draw("{% error_summary form %}{{ form }}", form=form)

    for words in ("Enter your code", "Answer “Who are you?”", "Enter a town"):
        assert both.count(words) == 2
    assert "This field is required" not in both
