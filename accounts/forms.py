"""What people type about themselves."""

from typing import Any

from allauth.account import forms as allauth
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth import password_validation

from accounts.models import User
from core.forms import fields

IN_OUR_WORDS = {
    "Email": "Email address",
    "Password (again)": "Password again",
    "Current Password": "Current password",
    "New Password": "New password",
    "New Password (again)": "New password again",
}


class ChooseEmail(forms.Form):
    """How much to send by email."""

    volume = fields.RadiosField(
        label="What do you want by email?",
        choices=User.EmailVolume.choices,
        hints={
            "everything": "A short email for each notice, with its subject and a link",
            "needed": "Only when something waits for you: a question, a decision, an action, a deadline",
        },
    )


class SetPassword(forms.Form):
    """The first password, by an invitation."""

    password = forms.CharField(
        label="Choose a password",
        help_text="At least 12 characters. Three words that only you would put together are easy to remember.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "spellcheck": "false"}),
        strip=False,
        error_messages={"required": "Enter a password of at least 12 characters"},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.person)
        return password


class InOurWords(forms.Form):
    """A form of allauth whose labels and mistakes are worded as everywhere else in the house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = IN_OUR_WORDS.get(str(field.label), field.label)
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = fields.EmailField.default_error_messages["invalid"]


class SignIn(InOurWords, allauth.LoginForm):
    """By address and password."""


class SendCode(InOurWords, allauth.RequestLoginCodeForm):
    """Signing in by a code instead of the password."""


class SendPasswordLink(InOurWords, allauth.ResetPasswordForm):
    """For whoever has forgotten the password."""


class NewPasswordByLink(InOurWords, allauth.ResetPasswordKeyForm):
    """What that link leads to."""


class ChangePassword(InOurWords, allauth.ChangePasswordForm):
    """Another password instead of the one that somebody has."""


class AddPassword(InOurWords, allauth.SetPasswordForm):
    """A password for somebody who signs in without one."""


class AddPasskey(AddWebAuthnForm):
    """allauth's form with our words; a passkey here always asks for fingerprint, face or PIN, so it stands alone."""

    name = forms.CharField(
        label="What do you call this passkey?", help_text="For example, laptop at school", required=False, max_length=80
    )
    passwordless = forms.BooleanField(
        label="Sign in with this passkey alone, without my password",
        help_text="Take the tick away only if your security key says that it has no room left.",
        required=False,
        initial=True,
    )
