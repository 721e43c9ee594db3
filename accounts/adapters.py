"""How allauth is bent to this house: invitation only, secrets encrypted, identity by `sub`."""

import logging
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from accounts import second_factor
from accounts.queries import people
from core import mail

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs themselves up. Codes and links are sent at once: they are worthless an hour later."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is wrong. Try again, or get a new password.",
        "enter_current_password": "Enter your current password",
        "incorrect_code": "The code is wrong or too old. Enter the newest one we sent.",
        "incorrect_password": "The password is wrong",
        "too_many_login_attempts": "Too many tries. Wait a few minutes, then try again.",
        "rate_limited": "Too many tries. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        if app == "allauth.mfa" and second_factor.is_being_set_up(context.request, now=timezone.now()):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away must not turn sign-in into an error page; known and unknown addresses read the same."""
        message = self.render_mail(template_prefix, email, {"email": email, "request": self.request, **context})
        try:
            mail.hand_over(message)
        except (mail.Away, mail.Refused, mail.Uncertain) as trouble:
            log.warning("sign-in email not sent: %s", trouble)
            messages.error(self.request, "We could not send the email just now. Wait a few minutes, then try again.")


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """A provider's identity is linked by its owner while signed in; it never opens an account by email."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    """Second-factor secrets are encrypted at rest with keys of their own (newest first)."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "We could not accept that code or passkey. Try again.",
    }

    def generate_authenticator_name(self, user: Any, type: str) -> str:
        return f"Passkey {len(people.passkeys_of(user)) + 1}"

    def encrypt(self, text: str) -> str:
        return vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return vault().decrypt(encrypted_text.encode()).decode()


def vault() -> MultiFernet:
    """The ring of keys: the first encrypts, all decrypt."""
    """Encrypts with the newest key, decrypts with any that is still named."""
    return MultiFernet([Fernet(key) for key in settings.SECRETS_KEYS])
