"""Dates, agendas, meetings, minutes, actions, bulletins."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        autodiscover_modules("handlers", "agenda_sources", "closers")
