"""Charts as server-made SVG: no scripts, no styles, a name and a description, the same on screen and on paper.

Colours are presentation attributes, which a strict content security policy allows and WeasyPrint prints.
Put the table of the same numbers beside every chart.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.formats import pounds

Number = int | float | Decimal
COLOURS = ("#0f4a44", "#3f8f83", "#d7a52f", "#dcebe6", "#7a4a8c", "#8a5a2b")
RANGE = "#8fb5ab"
SHADES = len(COLOURS)
INK, QUIET, GRID = "#0b0c0c", "#4b5855", "#ccd6d3"
WIDTH = 320  # on a phone drawn at nearly this size: words stay legible
FACE = "Public Sans, Segoe UI, sans-serif"


def bars(*, rows: Sequence[tuple[str, Number]], title: str, description: str = "", money: bool = False) -> SafeString:
    """One bar a row, with its name above and its figure at the end."""
    most = max((float(value) for _, value in rows), default=0) or 1
    room, step = WIDTH - 90, 44
    drawn = format_html_join(
        "",
        '{}<rect x="0" y="{}" width="{}" height="16" fill="{}"/>{}',
        (
            (
                _text(0, number * step + 14, name),
                number * step + 20,
                _at(room * max(float(value), 0) / most),
                COLOURS[0],
                _text(
                    _at(room * max(float(value), 0) / most + 6), number * step + 33, _figure(value, money), bold=True
                ),
            )
            for number, (name, value) in enumerate(rows)
        ),
    )
    return _svg(drawn, height=max(len(rows), 1) * step, title=title, description=description)


def stacked_bar(*, parts: Sequence[tuple[str, Number]], title: str, description: str = "") -> SafeString:
    """One bar of parts of a whole; amounts in the description, so that it can be heard."""
    whole = sum(max(float(value), 0) for _, value in parts) or 1
    left, drawn = 0.0, []
    for number, (_, value) in enumerate(parts):
        width = WIDTH * max(float(value), 0) / whole
        drawn.append((_at(left), _at(width), COLOURS[number % SHADES]))
        left += width
    shapes = format_html_join(
        "", '<rect x="{}" y="0" width="{}" height="36" fill="{}" stroke="#09322e" stroke-width="1"/>', drawn
    )
    spoken = description or ", ".join(f"{name} {pounds(Decimal(str(value)))}" for name, value in parts)
    return _svg(shapes, height=36, title=title, description=spoken, stretch=True)


def line(
    *, points: Sequence[tuple[str, Number | None]], title: str, description: str = "", money: bool = False
) -> SafeString:
    """A line over time. None leaves a gap: a figure that is missing or hidden is never drawn as nought."""
    values = [float(value) for _, value in points if value is not None]
    top = _round_up(max(values, default=0))
    high, left, bottom = 150, 46, 160
    step = (WIDTH - left - 16) / max(len(points) - 1, 1)
    places = [
        None if value is None else (left + number * step, bottom - high * float(value) / top)
        for number, (_, value) in enumerate(points)
    ]
    grid = format_html_join(
        "",
        '<path d="M{} {}H{}" stroke="{}" stroke-width="1"/>{}',
        (
            (
                left,
                _at(bottom - high * part),
                WIDTH,
                GRID,
                _text(left - 6, _at(bottom - high * part + 4), mark, end=True),
            )
            for part, mark in ((0, "0"), (0.5, _figure(top / 2, money)), (1, _figure(top, money)))
        ),
    )
    every, last = -(-len(points) // 3), len(points) - 1
    names = format_html_join(
        "",
        "{}",
        (
            (
                _text(
                    _at(left + number * step), bottom + 20, name, middle=not 0 < number == last, end=0 < number == last
                ),
            )
            for number, (name, _) in enumerate(points)
            if number % every == 0
        ),
    )
    drawing = format_html("{}{}{}{}", grid, _strokes(places), _dots(places), names)
    return _svg(drawing, height=190, title=title, description=description)


def dots_in_ranges(
    *, rows: Sequence[tuple[str, Number, Number, Number | None]], title: str, description: str = ""
) -> SafeString:
    """(name, lowest, highest, ours): our dot within the range of all; no dot where ours is hidden."""
    top = _round_up(max((float(high) for _, _, high, _ in rows), default=0))
    room, step = WIDTH - 24, 46

    def x(value: Number) -> str:
        return _at(12 + room * float(value) / top)

    drawn = format_html_join(
        "",
        '{}<path d="M{} {}H{}" stroke="{}" stroke-width="6" stroke-linecap="round"/>{}',
        (
            (
                _text(0, number * step + 14, f"{name}: {'hidden' if ours is None else _figure(ours, False)}"),
                x(low),
                number * step + 29,
                x(high),
                RANGE,
                "" if ours is None else _dot(x(ours), number * step + 29, 7),
            )
            for number, (name, low, high, ours) in enumerate(rows)
        ),
    )
    return _svg(drawn, height=max(len(rows), 1) * step, title=title, description=description)


def sparkline(*, values: Sequence[Number | None], title: str) -> SafeString:
    """A small line beside a figure."""
    known = [float(value) for value in values if value is not None]
    low, span = (min(known, default=0), (max(known, default=0) - min(known, default=0)) or 1)
    step = 112 / max(len(values) - 1, 1)
    places = [
        None if value is None else (4 + number * step, 24 - 18 * (float(value) - low) / span)
        for number, value in enumerate(values)
    ]
    last = [place for place in places if place][-1:]
    return _svg(format_html("{}{}", _strokes(places), _dots(last)), width=120, height=30, title=title)


def _strokes(places: Sequence[tuple[float, float] | None]) -> SafeString:
    path, pen_down = [], False
    for place in places:
        if place is not None:
            path.append(f"{'L' if pen_down else 'M'}{_at(place[0])} {_at(place[1])}")
        pen_down = place is not None
    return format_html('<path d="{}" fill="none" stroke="{}" stroke-width="3"/>', " ".join(path), COLOURS[0])


def _dots(places: Iterable[tuple[float, float] | None]) -> SafeString:
    return format_html_join("", "{}", ((_dot(_at(place[0]), _at(place[1]), 4),) for place in places if place))


def _dot(x: str, y: "str | int", radius: int) -> SafeString:
    return format_html('<circle cx="{}" cy="{}" r="{}" fill="{}"/>', x, y, radius, COLOURS[0])


def _text(
    x: "str | int", y: "str | int", words: str, *, bold: bool = False, end: bool = False, middle: bool = False
) -> SafeString:
    anchor = "end" if end else "middle" if middle else "start"
    return format_html(
        '<text x="{}" y="{}" font-family="{}" font-size="14" font-weight="{}" text-anchor="{}" fill="{}">{}</text>',
        *(x, y, FACE, "700" if bold else "400", anchor, INK if bold or anchor == "start" else QUIET, words),
    )


def _figure(value: Number, money: bool) -> str:
    if money:
        return pounds(Decimal(str(value)))
    return f"{value:,.1f}".removesuffix(".0")


def _at(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _round_up(value: float) -> float:
    """The next 1, 2, 5 or 10 of its size, for the top of an axis."""
    size = 1.0
    while value > size * 10:
        size *= 10
    while 0 < value <= size and size > 1e-6:
        size /= 10
    return next(size * step for step in (1, 2, 5, 10) if value <= size * step)


def _svg(
    shapes: SafeString, *, height: int, title: str, description: str = "", width: int = WIDTH, stretch: bool = False
) -> SafeString:
    spoken = format_html("<desc>{}</desc>", description) if description else ""
    fit = "none" if stretch else "xMinYMid meet"
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}"'
        ' preserveAspectRatio="{}"><title>{}</title>{}{}</svg>',
        *(title, width, height, width, height, fit, title, spoken, shapes),
    )
