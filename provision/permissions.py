"""Who may record support, and who keeps the register of services."""

from accounts.models import User
from communities import powers
from communities.models import School
from communities.permissions import may_administer
from core.verdicts import YES, Verdict, no
from core.wording import words
from provision.models import SupportEntry

__all__ = ["may_change", "may_keep_services", "may_record", "may_see"]


def may_see(person: User, school: School) -> Verdict:
    """Read what a school tried, pupils' keys included."""
    if powers.holds(person, "view_pupil_text", school):
        return YES
    return no(f"Only the {words().senco_word} and the headteacher of {school.name} see what was tried.")


def may_record(person: User, school: School) -> Verdict:
    """Write down support, with or without a request."""
    if powers.holds(person, "write_requests", school):
        return YES
    return no(f"Only the {words().senco_word} of {school.name} can record support.")


def may_change(person: User, entry: SupportEntry) -> Verdict:
    """Change or remove an entry that belongs to no request. Those of a request are changed there, while it is open."""
    if not (verdict := may_record(person, entry.school)):
        return verdict
    if entry.request_reference:
        return no(f"This is part of {entry.request_reference}. Change it there while the request is being written.")
    return YES


def may_keep_services(person: User) -> Verdict:
    """The register of the Professional Resource Group's services."""
    return may_administer(person)
