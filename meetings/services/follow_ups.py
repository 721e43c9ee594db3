"""Actions are followed up by the right person: a week before, on the day, a week after, then the chair; never once done."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from core.formats import short_date
from meetings.models import Action, ActionReminder
from meetings.queries import actions, people, recusals

Step = ActionReminder.Step
WEEK = timedelta(days=7)


def follow_up(*, now: datetime) -> int:
    """Send every reminder whose day has come. Returns how many. Safe to run at any time, as often as one likes, and by several
    at once: each step of an action is sent once for each due date. A run that was missed sends only the latest step.
    """
    today = localdate(now)
    return sum(_remind(pk, today, now) for pk in actions.to_follow_up(on=today).values_list("pk", flat=True))


def step_on(action: Action, today: date) -> Step | None:
    """The step of the follow-up that holds on a day; None when there is nothing to say yet."""
    if today >= action.due_on + 2 * WEEK:
        return Step.CHAIR
    if today >= action.due_on + WEEK:
        return Step.WEEK_AFTER
    if today >= action.due_on:
        return Step.ON_THE_DAY
    agreed_before = localdate(action.created_at) < action.due_on - WEEK
    return Step.WEEK_BEFORE if today >= action.due_on - WEEK and agreed_before else None


@transaction.atomic
def _remind(pk: int, today: date, now: datetime) -> bool:
    """One reminder in one transaction; another worker's action is left alone."""
    rows = Action.objects.select_for_update(of=("self",), skip_locked=True).select_related(
        "owner", "community", "area", "item__meeting"
    )
    action = rows.filter(pk=pk, state=Action.State.OPEN).first()
    step = step_on(action, today) if action else None
    if action is None or step is None:
        return False
    _, new = ActionReminder.objects.get_or_create(
        action=action, step=step, due_on=action.due_on, defaults={"sent_at": now}
    )
    if new:
        _tell(action, step, today, now)
    return new


def _tell(action: Action, step: Step, today: date, now: datetime) -> None:
    notify(
        _whom(action, step, today),
        subject=f"{_opening(action, step, today)} ({action.body.name})",
        text=f"{action.title}. Owner: {action.owner.name}. Due {short_date(action.due_on)}.",
        link=action.get_absolute_url(),
        key=f"meetings.action:{action.pk}:{step}:{action.due_on}",
        now=now,
    )


def _whom(action: Action, step: Step, today: date) -> list[User]:
    """The owner; the chair when it is their turn, and whenever the owner cannot sign in any more."""
    if step == Step.CHAIR or not action.owner.is_active:
        return recusals.not_recused(people.who_runs(action.body, on=today), action.item)
    return [action.owner]


def _opening(action: Action, step: Step, today: date) -> str:
    late = (today - action.due_on).days
    if step == Step.WEEK_BEFORE:
        days = -late
        return f"An action is due in {days} day{'s' if days != 1 else ''}"
    if late == 0:
        return "An action is due today"
    return f"An action is {late} day{'s' if late != 1 else ''} late"
