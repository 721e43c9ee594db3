"""Figures and pages that only read: homes, district figures, the board's digest."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DashboardsConfig(AppConfig):
    name = "dashboards"

    def ready(self) -> None:
        autodiscover_modules("handlers", "agenda_sources")
