"""Components: their props are their signature, words are escaped, a no shows its reason."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from core import formats
from core.components.words import day, unbroken
from core.forms import macros
from core.verdicts import YES, no


def draw(template, **context):
    return " ".join(Template(template).render(Context(context)).split())


def test_a_wrong_prop_is_an_error():
    with pytest.raises(TemplateSyntaxError, match="colour"):
        Template('{% tag text="x" colour="red" %}')


def test_a_missing_prop_is_an_error():
    with pytest.raises(TemplateSyntaxError, match="caption"):
        Template("{% table %}{% endtable %}")


def test_an_unknown_tone_is_an_error():
    with pytest.raises(KeyError):
        draw('{% tag text="x" tone="pink" %}')


def test_words_are_escaped_and_blocks_are_not():
    html = draw("{% card heading=words %}<b>{{ words }}</b>{% endcard %}", words="<i>")

    assert "<b>&lt;i&gt;</b>" in html
    assert html.count("<i>") == 0


def test_a_button_that_is_allowed_is_a_button():
    html = draw('{% button text="Approve £3,200" verdict=verdict %}', verdict=YES)

    assert html == (
        '<button type="submit" class="govuk-button" data-module="govuk-button" '
        'data-prevent-double-click="true">Approve £3,200</button>'
    )


def test_a_button_that_is_not_allowed_shows_the_reason():
    html = draw('{% button text="Approve" verdict=verdict %}', verdict=no("You cannot decide a request you submitted"))

    assert "<button" not in html
    assert "You cannot decide a request you submitted" in html


def test_a_link_button_has_no_form_parts():
    html = draw('{% button text="Start" href=href kind="secondary" %}', href="/x/?a=1&b=2")

    assert html.startswith('<a href="/x/?a=1&amp;b=2" role="button"')
    assert "govuk-button--secondary" in html


def test_a_task_that_cannot_start_is_not_a_link():
    html = draw('{% task title="Check and send" status="Cannot start yet" %}')

    assert "<a " not in html
    assert "Cannot start yet" in html


def test_a_need_says_what_by_when_and_why():
    html = draw(
        '{% need text="Approve the minutes" href="/m/" by=day why="You chair North" late=True %}',
        day=date(2026, 11, 24),
    )

    assert [
        part in html for part in ("Approve the minutes", "Tuesday 24 November 2026", "You chair North", "Late")
    ] == [True] * 4


def test_tabs_mark_the_page_one_is_on():
    html = draw(
        '{% tabs label="Meeting" %}{% tab text="Agenda" href="/a/" current=True %}{% tab text="People" href="/p/" %}{% endtabs %}'
    )

    assert html.count("aria-current") == 1
    assert '<a href="/a/" aria-current="page">Agenda</a>' in html


def test_pagination_keeps_the_rest_of_the_address():
    request = RequestFactory().get("/requests/", {"school": "a b", "page": "2"})

    html = draw("{% pagination page=page %}", page=Paginator(range(100), 10).page(2), request=request)

    assert 'href="?school=a+b&amp;page=3" rel="next"' in html
    assert 'aria-current="page">2</a>' in html


def test_one_page_needs_no_pagination():
    assert draw("{% pagination page=page %}", page=Paginator(range(3), 10).page(1)) == ""


def test_a_table_is_a_named_region_that_can_scroll():
    html = draw('{% table caption="Awards" %}<tbody></tbody>{% endtable %}')

    assert 'role="region" aria-label="Awards" tabindex="0"' in html
    assert '<caption class="govuk-table__caption govuk-table__caption--m">Awards</caption>' in html


def test_the_figure_bar_has_its_amounts_in_words():
    html = draw('{% figure_bar parts=parts label="Budget" %}', parts=[("Paid", Decimal("10.50")), ("Free", Decimal(2))])

    assert "Paid: <strong>£10.50</strong>" in html
    assert 'aria-label="Budget"' in html


def test_progress_is_said_in_words_too():
    assert "Schools read: 4 of 9" in draw('{% progress done=4 total=9 label="Schools read" %}')


def test_an_event_without_words_has_no_empty_box():
    html = draw(
        '{% event title="Sent" at=at by="J. Senco" %} {% endevent %}', at=datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    )

    assert "govuk-body" not in html
    assert "Wednesday 1 July 2026 at 9:30am" in html


@pytest.mark.parametrize(
    "name", ["inset", "warning_text", "empty", "button_group", "needs", "stats", "task_list", "timeline"]
)
def test_simple_blocks_hold_what_they_are_given(name):
    assert "some words" in draw(f"{{% {name} %}}some words{{% end{name} %}}")


def test_notes_with_a_title():
    assert "Why?" in draw('{% details summary="Why?" %}Because{% enddetails %}')
    assert "Sent" in draw('{% banner title="Sent" tone="success" key="x" %}ok{% endbanner %}')
    assert "<h1" in draw('{% confirmation title="Sent" %}ok{% endconfirmation %}')


def test_facts_can_be_changed_where_there_is_an_address():
    plain = draw('{% summary_row key="School" %}Hartwell{% endsummary_row %}')
    changeable = draw('{% summary_row key="School" change="/c/" %}Hartwell{% endsummary_row %}')

    assert "<a" not in plain
    assert '<a class="govuk-link" href="/c/">Change<span class="govuk-visually-hidden"> school</span></a>' in changeable


def test_where_one_is():
    assert "Back" in draw('{% back_link href="/x/" %}')
    assert 'aria-current="page">Here' in draw(
        '{% breadcrumbs %}{% crumb text="Up" href="/" %}{% crumb text="Here" %}{% endbreadcrumbs %}'
    )


def test_a_moment_carries_its_machine_date():
    at = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

    assert draw("{% moment at=at %}", at=at) == (
        '<time datetime="2026-11-24T09:30:00+00:00">Tuesday 24 November 2026 at 9:30am</time>'
    )
    assert draw("{% moment at=at %}", at=None) == ""


@pytest.mark.parametrize(
    ("written", "value", "words"),
    [
        (formats.long_date, datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "Thursday 2 July 2026"),
        (formats.long_date, None, ""),
        (formats.short_date, date(2026, 1, 5), "5 January 2026"),
        (formats.short_date, None, ""),
        (formats.clock, datetime(2026, 7, 1, 8, 5, tzinfo=UTC), "9:05am"),
        (formats.clock, datetime(2026, 12, 1, 9, 0, tzinfo=UTC), "9am"),
        (formats.clock, datetime(2026, 12, 1, 12, 0, tzinfo=UTC), "midday"),
        (formats.clock, datetime(2026, 12, 1, 0, 0, tzinfo=UTC), "midnight"),
        (formats.clock, None, ""),
        (formats.long_moment, None, ""),
        (formats.school_year, "2023-24", "2023 to 2024"),
        (formats.school_year, "Autumn 2023", "Autumn 2023"),
        (formats.exact_pounds, "3200.00", "£3,200.00"),
        (formats.pounds, Decimal("3200.00"), "£3,200"),
        (formats.pounds, Decimal("3200.50"), "£3,200.50"),
        (formats.pounds, Decimal("-1.5"), "−£1.50"),
        (formats.pounds, None, ""),
        (formats.exact_pounds, Decimal(-2), "−£2.00"),
        (formats.exact_pounds, None, ""),
    ],
)
def test_dates_times_and_pounds_are_written_out(written, value, words):
    assert written(value) == words


def test_a_day_in_a_table_does_not_break_and_carries_its_machine_date():
    assert day(date(2026, 11, 24)) == '<time class="app-whole" datetime="2026-11-24">24 November 2026</time>'
    assert day(None) == ""


def test_a_reference_does_not_break_at_its_hyphen_and_what_is_around_it_is_escaped():
    assert unbroken("<b> CoS-2041/1, £3,200") == '&lt;b&gt; <span class="app-whole">CoS-2041/1</span>, £3,200'
    assert unbroken(None) == ""


def test_a_list_is_narrowed_by_one_of_its_choices():
    options = [("", "Every area"), ("weald", "Weald & Downs")]
    html = draw('{% choose name="area" label="Area" options=options chosen="weald" %}', options=options)

    assert '<label class="govuk-label govuk-label--s" for="by-area"> Area </label>' in html
    assert '<option value="weald" selected>Weald &amp; Downs</option>' in html
    assert '<option value="">Every area</option>' in html
    assert "selected" not in draw('{% choose name="area" label="Area" options=options chosen="no" %}', options=options)


def test_what_the_address_asks_for_does_not_fill_the_memory_with_lists_to_choose_from():
    before, options = macros._kept.cache_info().misses, [("oak", "Oak")]
    for asked in ("no", "nor this", "x" * 4_000):
        draw('{% choose name="wood" label="Wood" options=options chosen=asked %}', options=options, asked=asked)

    assert macros._kept.cache_info().misses - before == 1


def test_a_figure_has_its_commas():
    assert "1,971" in draw('{% stat value=value label="To add" %}', value=1971)
    assert "£3,200" in draw('{% stat value="£3,200" label="Free" %}')
