"""What a person sees about their own account, and who may be tried in the demonstration."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from accounts.models import User


def sessions_of(person: User) -> "QuerySet[UserSession]":
    """Where the person is signed in."""
    found: QuerySet[UserSession] = UserSession.objects.filter(user=person).order_by("-created_at")
    return found


def second_factors_of(person: User) -> list[str]:
    """The kinds of second factor the person has set up ("totp", "webauthn"), without repeats."""
    found = Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return sorted(set(found.values_list("type", flat=True)))


def passkeys_of(person: User) -> "QuerySet[Authenticator]":
    """The person's passkeys and security keys."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    return found


def identities_of(person: User) -> "QuerySet[SocialAccount]":
    """Accounts elsewhere that open this one."""
    found: QuerySet[SocialAccount] = SocialAccount.objects.filter(user=person).order_by("provider")
    return found


def who_may_sign_in() -> "QuerySet[User]":
    """Active people, by name."""
    return User.objects.filter(is_active=True).order_by("name", "pk")
