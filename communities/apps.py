"""Areas, districts, schools, communities, and who holds which post where."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CommunitiesConfig(AppConfig):
    name = "communities"

    def ready(self) -> None:
        autodiscover_modules("handlers")
