"""Doors of the top floor: homes, figures, the board."""

from django.urls import path

from dashboards.views import figures

app_name = "dashboards"
urlpatterns = [
    path("figures/", figures.places, name="places"),
    path("figures/frozen/<int:pk>/", figures.frozen_figure, name="frozen"),
    path("figures/<slug:level>/<slug:slug>/", figures.place, name="place"),
    path("figures/<slug:level>/<slug:slug>/<slug:indicator>/", figures.indicator, name="indicator"),
]
