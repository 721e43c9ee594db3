"""What sign-in leaves behind: the session's clock, the mark of the second factor, and the audit.

A wrong password is not written down: the write would take longer for an address we know than for one we do not.
"""

from typing import Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as social
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts import second_factor, sessions
from accounts.models import User
from core import audit


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    sessions.begin(request.session, now=timezone.now())
    methods = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
    audit.record(action="account.signed_in", target=user, by=user, methods=methods)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **_kwargs: Any) -> None:
    if user is not None:
        why = getattr(request, "signed_out_because", "asked")
        audit.record(action="account.signed_out", target=user, by=user, why=why)


@receiver(mfa.authenticator_used)
def proved(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    second_factor.mark(request, user)
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        audit.record(action="account.recovery_code_used", target=user, by=user)


@receiver(mfa.authentication_failed)
def failed(user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    audit.record(action="account.second_factor_failed", target=user, by=None, type=authenticator.type)


@receiver(mfa.authenticator_added)
def added(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        second_factor.mark(request, user)
        second_factor.note_added(request, now=timezone.now())
    audit.record(action="account.second_factor_added", target=user, by=user, type=authenticator.type)


@receiver(mfa.authenticator_removed)
def removed(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    if not second_factor.is_set_up(user):
        second_factor.unmark(request)
    audit.record(action="account.second_factor_removed", target=user, by=user, type=authenticator.type)


@receiver(mfa.authenticator_reset)
def recovery_codes_made(user: User, **_kwargs: Any) -> None:
    audit.record(action="account.recovery_codes_made", target=user, by=user)


@receiver([account.password_changed, account.password_set, account.password_reset])
def password_changed(user: User, **_kwargs: Any) -> None:
    audit.record(action="account.password_changed", target=user, by=user)


@receiver(social.social_account_added)
def identity_linked(sociallogin: Any, **_kwargs: Any) -> None:
    person = sociallogin.user
    audit.record(action="account.identity_linked", target=person, by=person, provider=sociallogin.account.provider)


@receiver(social.social_account_removed)
def identity_unlinked(socialaccount: Any, **_kwargs: Any) -> None:
    person = socialaccount.user
    audit.record(action="account.identity_unlinked", target=person, by=person, provider=socialaccount.provider)
