"""Who may see and move money, and the sentence when they may not."""

from django.db.models import Q

from accounts.models import User
from communities import powers
from communities.models import Community
from core.verdicts import YES, Verdict, no
from core.wording import words
from funding.models import (
    Award,
    BalanceStatement,
    ExpenditureReport,
    FundingPeriod,
    FundingRequest,
    Instalment,
    LineQuery,
    PaymentSchedule,
)

PeriodState = FundingPeriod.State


def may_set_up(user: User) -> Verdict:
    """Open and close periods, give budgets, enter inherited commitments."""
    if powers.holds_anywhere(user, "administer_county"):
        return YES
    return no("Only a county administrator sets up periods and budgets.")


def may_review(user: User) -> Verdict:
    """The High Needs Funding officer's desk: reports, schedules, paid marks."""
    if powers.holds_anywhere(user, "accept_reports"):
        return YES
    return no("Only a High Needs Funding officer reviews reports and payments.")


def may_see_balance(user: User, community: Community) -> Verdict:
    """The community's own people, the board of its area, and the county posts that look after money."""
    here = powers.holds(user, "view_balance", community)
    board = powers.holds(user, "moderate_area", community.area)
    county = any(powers.holds_anywhere(user, power) for power in ("view_money", "administer_county"))
    return YES if here or board or county else no("You do not see the money of this community.")


def may_mark_seen(user: User, statement: BalanceStatement) -> Verdict:
    """Those who attend the community's meetings say that they have looked."""
    if powers.holds(user, "attend_meetings", statement.budget.community):
        return YES
    return no("Only members of the community mark its balance as seen.")


def may_release(user: User, award: Award) -> Verdict:
    """The school says that it no longer needs it; the chair may say so for the school."""
    if award.state != Award.State.ACTIVE:
        return no(f"This award is not running: {award.get_state_display().lower()}.")
    signs = powers.holds(user, "sign_off_requests", award.school) or powers.holds(user, "write_requests", award.school)
    if signs or powers.holds(user, "decide_funding", award.community):
        return YES
    return no(f"Only the {words().senco_word} or headteacher of the school, or the chair, can end an award early.")


def may_withdraw_inherited(user: User, award: Award) -> Verdict:
    """The administrator may take back their own entry; a decision is never taken back like this."""
    if award.origin != Award.Origin.INHERITED:
        return no("This award was decided by the chair. The school or the chair can end it early.")
    if award.state != Award.State.ACTIVE:
        return no(f"This commitment is not running: {award.get_state_display().lower()}.")
    return may_set_up(user)


def may_withdraw_schedule(user: User, schedule: PaymentSchedule) -> Verdict:
    """Before anything on it was paid."""
    if schedule.withdrawn_at:
        return no("This schedule was called back already.")
    if schedule.instalments.filter(state=Instalment.State.PAID).exists():
        return no("Part of this schedule was paid. Correct the paid marks first.")
    return may_review(user)


def may_report(user: User, community: Community) -> Verdict:
    """The chair reports to the High Needs Funding officers."""
    if powers.holds(user, "decide_funding", community):
        return YES
    return no("Only the chair of this community reports its expenditure.")


def may_send(user: User, report: ExpenditureReport) -> Verdict:
    """A draft, or a correction of what was sent."""
    if report.state == ExpenditureReport.State.DISCARDED:
        return no("This draft was discarded.")
    return may_report(user, report.budget.community)


def may_discard(user: User, report: ExpenditureReport) -> Verdict:
    """Only what was never sent."""
    if report.state != ExpenditureReport.State.DRAFT:
        return no("This report was sent. It can be corrected, not discarded.")
    return may_report(user, report.budget.community)


def may_ask(user: User, report: ExpenditureReport) -> Verdict:
    """The officer, about a report that waits for them."""
    if report.state not in (ExpenditureReport.State.SUBMITTED, ExpenditureReport.State.QUERIED):
        return no(f"Questions are asked while a report waits: this one is {report.get_state_display().lower()}.")
    return may_review(user)


def may_answer(user: User, report: ExpenditureReport) -> Verdict:
    """The chair, while a question is open."""
    if report.state != ExpenditureReport.State.QUERIED:
        return no("There is no open question.")
    return may_report(user, report.budget.community)


def may_answer_this(user: User, query: LineQuery) -> Verdict:
    """Once, and never one's own question."""
    if query.answered_at:
        return no("This question was answered already.")
    return no("You asked this question, so somebody else has to answer it.") if query.asked_by_id == user.pk else YES


def may_accept(user: User, report: ExpenditureReport) -> Verdict:
    """Separation of duties (design 4.13): never the person who sent it, or who made or asked for an award on it."""
    allowed = may_review(user)
    if not allowed:
        return allowed
    if report.state == ExpenditureReport.State.QUERIED:
        return no("A question is still open. Wait for the answer.")
    if report.state != ExpenditureReport.State.SUBMITTED:
        return no(f"Only a report that was sent can be accepted: this one is {report.get_state_display().lower()}.")
    if report.versions.filter(submitted_by=user).exists():
        return no("You sent this report, so somebody else has to accept it.")
    if report.versions.filter(lines__award__granted_by=user).exists():
        return no("You decided an award in this report, so somebody else has to accept it.")
    references = report.versions.values("lines__award__reference")
    asked = Q(drafted_by=user) | Q(sent_by=user) | Q(submitted_by=user) | Q(recommendations__recorded_by=user)
    if FundingRequest.objects.filter(asked, reference__in=references).exists():
        return no("You had a part in a request in this report, so somebody else has to accept it.")
    return YES


def may_change(period: FundingPeriod) -> Verdict:
    """A closed period never changes again."""
    return no(f"{period.name} is closed. Nothing in it can change.") if period.state == PeriodState.CLOSED else YES


def may_open(period: FundingPeriod) -> Verdict:
    """Once."""
    if period.state == PeriodState.DRAFT:
        return YES
    return no(f"{period.name} is {period.get_state_display().lower()} already.")


def may_remove(period: FundingPeriod) -> Verdict:
    """Only what was never opened and holds no budget."""
    if period.state != PeriodState.DRAFT:
        return no(f"{period.name} was opened, so it stays.")
    return no("It holds budgets, so it stays.") if period.budgets.exists() else YES


def may_close(period: FundingPeriod) -> Verdict:
    """Only what is open."""
    return (
        YES
        if period.is_open
        else no(f"{period.name} is {period.get_state_display().lower()}. Only an open period is closed.")
    )


def may_give(period: FundingPeriod) -> Verdict:
    """Money is given in an open period."""
    return (
        YES
        if period.is_open
        else no(f"{period.name} is {period.get_state_display().lower()}. Budgets are given in an open period.")
    )


def may_enter(period: FundingPeriod) -> Verdict:
    """Inherited commitments are entered in an open period."""
    return (
        YES
        if period.is_open
        else no(f"{period.name} is {period.get_state_display().lower()}. Commitments are entered in an open period.")
    )
