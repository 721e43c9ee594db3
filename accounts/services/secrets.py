"""Second-factor secrets at rest: write them anew with the newest key, so that an older one can be thrown away."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.adapters import vault

SECRET_FIELDS = ("secret", "seed")


@transaction.atomic
def re_encrypt() -> int:
    """Every authenticator that holds a secret, in one transaction; returns how many. Nobody is signed out by it."""
    count = 0
    for authenticator in Authenticator.objects.select_for_update().order_by("pk"):
        held = [field for field in SECRET_FIELDS if field in authenticator.data]
        for field in held:
            authenticator.data[field] = vault().rotate(authenticator.data[field].encode()).decode()
        if held:
            authenticator.save(update_fields=["data"])
            count += 1
    return count
