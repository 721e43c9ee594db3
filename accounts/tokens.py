"""The link of an invitation: signed, so that nothing secret is stored, and bound to one round of one invitation."""

from django.core.signing import BadSignature, Signer

from accounts.models import Invitation

SALT = "accounts.invitation"


def write(invitation: Invitation) -> str:
    """What stands in the link. SECRET_KEY signs it; SECRET_KEY_FALLBACKS still read it."""
    return Signer(salt=SALT).sign_object([invitation.pk, invitation.round])


def read(token: str) -> tuple[int, int] | None:
    """The invitation's key and round, or None when the link was not written by us."""
    try:
        pk, number = Signer(salt=SALT).unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return pk, number
