"""Keep second-factor secrets under the newest key."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.adapters import vault

ENCRYPTED = ("secret", "seed")  # of an authenticator app, of recovery codes


def reencrypt_all() -> int:
    """Rewrite every secret with the first of SECRETS_KEYS; older keys are needed until this is done. Returns how many rows."""
    done = 0
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        done += _reencrypt(pk)
    return done


@transaction.atomic
def _reencrypt(pk: int) -> bool:
    """One row at a time and under its lock, so that people may go on signing in."""
    authenticator = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if authenticator is None or not authenticator.data.keys() & set(ENCRYPTED):
        return False
    rotated = {
        name: vault().rotate(authenticator.data[name]).decode() for name in ENCRYPTED if name in authenticator.data
    }
    authenticator.data = authenticator.data | rotated
    authenticator.save(update_fields=["data"])
    return True
