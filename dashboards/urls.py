"""Doors of the top floor: homes, figures, the board."""

from datetime import date

from django.urls import path, register_converter

from dashboards.views import board, figures, home, log


class DayConverter:
    """A day in an address: 2026-11-23."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "week")

app_name = "dashboards"
urlpatterns = [
    path("", home.home, name="home"),
    path("county/", home.county, name="county"),
    path("county/log/", log.log, name="log"),
    path("board/", board.boards, name="boards"),
    path("board/<slug:area>/", board.board, name="board"),
    path("board/<slug:area>/digests/<week:week>/", board.digest, name="digest"),
    path("figures/", figures.places, name="places"),
    path("figures/frozen/<int:pk>/", figures.frozen_figure, name="frozen"),
    path("figures/community/<slug:slug>/<slug:indicator>/discuss/", figures.discuss, name="discuss"),
    path("figures/<slug:level>/<slug:slug>/", figures.place, name="place"),
    path("figures/<slug:level>/<slug:slug>/<slug:indicator>/", figures.indicator, name="indicator"),
]
