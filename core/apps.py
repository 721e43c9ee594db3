"""The ground floor: knows no domain word."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from core.checks import refuse_to_leave_home


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        refuse_to_leave_home()
        autodiscover_modules("checks", "handlers", "importers")
