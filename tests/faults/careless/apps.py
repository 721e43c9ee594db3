from typing import Any

from django.apps import AppConfig
from django.utils import timezone


class CarelessConfig(AppConfig):
    name = "tests.faults.careless"

    def ready(self) -> None:
        from core import outbox

        outbox.HANDLERS["accounts.deliver"] = send_then_note


def send_then_note(payload: dict[str, Any]) -> None:
    from accounts import letters
    from accounts.models import Delivery
    from core import mail

    delivery = Delivery.objects.select_related("notice__person").get(pk=payload["id"])
    if delivery.state == "waiting":
        mail.hand_over(letters.write(delivery))
        now = timezone.now()
        Delivery.objects.filter(pk=delivery.pk).update(state="sent", sent_at=now, claimed_at=now)
