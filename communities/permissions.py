"""Pure questions about registers, posts and principles. County work is the administrator's."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from communities import powers
from communities.models import Appointment, Community, PrinciplesVersion
from core.verdicts import YES, Verdict, no


def may_administer(person: User) -> Verdict:
    """Registers, posts, principles, dates and wording."""
    if powers.holds_anywhere(person, "administer_county"):
        return YES
    return no("Only a county administrator can do this.")


def may_see_balance(person: User, community: Community) -> Verdict:
    """What the community has and spends: its own people, its board, and the county's posts about money."""
    if powers.holds(person, "view_balance", community) or powers.holds(person, "moderate_area", community.area):
        return YES
    if powers.holds_anywhere(person, "view_money") or powers.holds_anywhere(person, "administer_county"):
        return YES
    return no("Only people of this community, its board and the county see its money.")


def may_end(appointment: Appointment, *, ends_on: date) -> Verdict:
    """An ended post is history; a post cannot be ended in the past, for what was done under it stays done."""
    today = timezone.localdate()
    if appointment.ends_on and appointment.ends_on < today:
        return no(f"This post already ended on {appointment.ends_on:%-d %B %Y}.")
    if ends_on < today - timedelta(days=1):
        return no("The last day cannot be earlier than yesterday.")
    return YES


def may_change_version(version: PrinciplesVersion) -> Verdict:
    """A published version is what decisions were taken under."""
    if version.published_at is not None:
        return no("A published version cannot be changed. Draft the next version instead.")
    return YES


def may_close(community: Community) -> Verdict:
    """A community closes when no school is a member any more."""
    if community.closed_on:
        return no(f"This community closed on {community.closed_on:%-d %B %Y}.")
    if community.memberships.live_on(timezone.localdate()).exists():
        return no("Move or end the memberships of its schools first.")
    return YES


def may_see_county(person: User) -> Verdict:
    """The county's own pages begin here."""
    if powers.holds_anywhere(person, "administer_county") or powers.holds_anywhere(person, "protect_data"):
        return YES
    return no("Only the county’s administrators and its data protection officer open these pages.")
