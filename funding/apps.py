"""Periods, budgets and ledger; requests, recommendations, decisions, awards and reports."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FundingConfig(AppConfig):
    name = "funding"

    def ready(self) -> None:
        autodiscover_modules("handlers", "agenda_sources", "closers")
