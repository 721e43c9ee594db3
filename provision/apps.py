"""What help there is, and what was tried: offers, bookings, support entries."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProvisionConfig(AppConfig):
    name = "provision"

    def ready(self) -> None:
        autodiscover_modules("handlers")
