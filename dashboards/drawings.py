"""Charts of figures: never without their table, never a hidden number drawn as nought."""

from django.utils.safestring import SafeString

from core import charts
from core.formats import school_year
from dashboards.queries.figures import Measure, value_of


def bars_of(measure: Measure) -> SafeString | None:
    """The latest figure of each place as bars; None for plain counts, which cannot be compared between places."""
    if not measure.indicator.out_of_word:
        return None
    latest = [(line.place.name, line.latest) for line in measure.lines if line.latest]
    rows = [(f"{name} (%)", shown.share) for name, shown in latest if shown.share is not None]
    if len(rows) < 2:
        return None
    return charts.bars(rows=rows, title=f"{measure.indicator.name}, latest figures, per cent")


def line_of(measure: Measure) -> SafeString | None:
    """The place's own figures over time; None while there is only one period."""
    points = [(school_year(shown.period), value_of(shown)) for shown in measure.own.figures]
    if len([value for _, value in points if value is not None]) < 2:
        return None
    unit = ", per cent" if measure.indicator.out_of_word else ""
    return charts.line(points=points, title=f"{measure.indicator.name} in {measure.own.place.name}{unit}")
