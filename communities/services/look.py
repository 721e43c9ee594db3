"""Keep the council's colours and logo."""

import secrets
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from communities import permissions
from core import audit, wording
from core.models import ServiceSettings
from core.verdicts import require


@transaction.atomic
def set_look(
    *, by: User, now: datetime, brand_colour: str, accent_colour: str, logo: bytes | None, no_logo: bool
) -> ServiceSettings:
    """Colours as "#rrggbb"; `logo` is a PNG, None keeps the one there is unless `no_logo`. Raises Refused."""
    require(permissions.may_administer(by))
    settings, _ = ServiceSettings.objects.select_for_update().get_or_create(pk=1)
    settings.brand_colour, settings.accent_colour = brand_colour, accent_colour
    if no_logo:
        settings.logo = ""
    elif logo:
        settings.logo.save(f"logo/{secrets.token_hex(8)}.png", ContentFile(logo), save=False)
    settings.save(update_fields=["brand_colour", "accent_colour", "logo", "updated_at"])
    audit.record(
        action="core.look_changed",
        target=settings,
        by=by,
        at=now,
        brand_colour=brand_colour,
        accent_colour=accent_colour,
        logo=bool(settings.logo),
    )
    transaction.on_commit(wording.forget)
    return settings
