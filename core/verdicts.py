"""A no comes with its reason: the same sentence stops the request, labels the missing button and is asserted in tests."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """Somebody may not do this now; the message is the sentence they read."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a `may_*` question. Truthy when allowed; `reason` is empty then and a sentence otherwise."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(allowed=True)


def no(reason: str) -> Verdict:
    """A refusal with the sentence the person reads."""
    return Verdict(allowed=False, reason=reason)


def require(verdict: Verdict) -> None:
    """Raise Refused with the verdict's sentence unless it allows."""
    if not verdict:
        raise Refused(verdict.reason)
