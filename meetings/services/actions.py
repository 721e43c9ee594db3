"""Actions: agreed, owned, done with evidence, confirmed by somebody else."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from communities.models import Area, Community, School
from communities.queries import member_schools
from core import audit
from core.formats import short_date
from core.verdicts import require
from meetings import permissions
from meetings.models import Action, AgendaItem, Meeting
from meetings.queries import people, recusals


class ChangedMeanwhile(Exception):
    """Somebody else saved the action first; the text is what the person reads."""


class NotAMember(Exception):
    """The owner takes no part in this community or board."""


@transaction.atomic
def create(
    *,
    title: str,
    owner_id: int,
    due_on: date,
    by: User,
    now: datetime,
    community_id: int | None = None,
    area_id: int | None = None,
    meeting_id: int | None = None,
    item_id: int | None = None,
    detail: str = "",
    report_because: str = "",
) -> Action:
    """Agree an action and tell its owner. Name the item, the meeting, the community or the area: the rest follows.

    `report_because` not empty reports it to the board. Raises Refused, or NotAMember for an owner from elsewhere.
    """
    action = Action(title=title, detail=detail, due_on=due_on, created_at=now, created_by=by)
    _place(action, item_id=item_id, meeting_id=meeting_id, community_id=community_id, area_id=area_id)
    require(permissions.may_create_action(by, action))
    _give(action, owner_id, on=localdate(now))
    _report(action, report_because, now)
    action.save(force_insert=True)
    audit.record(action="action.created", target=action, by=by, owner=owner_id, due_on=str(due_on))
    _tell_owner(action, by=by, now=now)
    return action


@transaction.atomic
def edit(
    *,
    action_id: int,
    version: int,
    title: str,
    detail: str,
    owner_id: int,
    due_on: date,
    report_because: str,
    by: User,
    now: datetime,
) -> Action:
    """Change the words, the owner, the day or the report. A new owner is told. Raises Refused, ChangedMeanwhile, NotAMember."""
    action = _locked(action_id)
    require(permissions.may_edit_action(by, action))
    if action.version != version:
        raise ChangedMeanwhile("Somebody changed this action while you were writing. Look at it again before you save.")
    before = (action.owner_id, action.due_on)
    action.title, action.detail, action.due_on = title, detail, due_on
    if owner_id != action.owner_id:
        _give(action, owner_id, on=localdate(now))
    _report(action, report_because, now)
    _save(action)
    audit.record(action="action.edited", target=action, by=by, owner=owner_id, due_on=str(due_on))
    if before != (action.owner_id, action.due_on):
        _tell_owner(action, by=by, now=now)
    return action


@transaction.atomic
def finish(*, action_id: int, evidence: str, by: User, now: datetime) -> Action:
    """The owner says it is done, with what shows it; whoever runs the meetings is asked to confirm. Raises Refused."""
    action = _locked(action_id)
    require(permissions.may_finish_action(by, action))
    action.state, action.evidence = Action.State.DONE, evidence
    action.done_at, action.done_by = now, by
    _save(action)
    audit.record(action="action.done", target=action, by=by)
    others = [person for person in people.who_runs(action.body, on=localdate(now)) if person.pk != by.pk]
    notify(
        recusals.not_recused(others, action.item),
        subject=f"An action of {action.body.name} is done",
        text=f"{by.name} says that “{action.title}” is done. Please look at it and confirm.",
        link=action.get_absolute_url(),
        key=f"meetings.action.done:{action.pk}:{action.version}",
        now=now,
    )
    return action


@transaction.atomic
def confirm(*, action_id: int, by: User, now: datetime) -> Action:
    """Somebody who runs the meetings, and did not do it, agrees that it is done. Raises Refused."""
    action = _locked(action_id)
    require(permissions.may_confirm_action(by, action))
    action.state, action.confirmed_at, action.confirmed_by = Action.State.CONFIRMED, now, by
    _save(action)
    audit.record(action="action.confirmed", target=action, by=by)
    return action


@transaction.atomic
def reopen(*, action_id: int, by: User, now: datetime) -> Action:
    """Make it open again, with the day it had; the owner is told unless they did it themselves. Raises Refused."""
    action = _locked(action_id)
    require(permissions.may_reopen_action(by, action))
    action.state = Action.State.OPEN
    action.done_at = action.done_by = action.confirmed_at = action.confirmed_by = None
    action.dropped_at = action.dropped_by = None
    action.dropped_because = ""
    _save(action)
    audit.record(action="action.reopened", target=action, by=by)
    _tell_owner(action, by=by, now=now, verb="was opened again")
    return action


@transaction.atomic
def drop(*, action_id: int, reason: str, by: User, now: datetime) -> Action:
    """Nobody will do it, and here is why; the owner is told. Raises Refused."""
    action = _locked(action_id)
    require(permissions.may_drop_action(by, action))
    action.state, action.dropped_because = Action.State.DROPPED, reason
    action.dropped_at, action.dropped_by = now, by
    _save(action)
    audit.record(action="action.dropped", target=action, by=by)
    _tell_owner(action, by=by, now=now, verb="was dropped")
    return action


def _locked(action_id: int) -> Action:
    rows = Action.objects.select_for_update(of=("self",)).select_related("community", "area", "owner", "item__meeting")
    return rows.get(pk=action_id)


def _save(action: Action) -> None:
    action.version += 1
    action.save()


def _place(
    action: Action, *, item_id: int | None, meeting_id: int | None, community_id: int | None, area_id: int | None
) -> None:
    if item_id:
        action.item = AgendaItem.objects.get(pk=item_id)
        meeting_id = action.item.meeting_id
    if meeting_id:
        action.meeting = Meeting.objects.get(pk=meeting_id)
        community_id, area_id = action.meeting.community_id, action.meeting.area_id
    action.community = Community.objects.get(pk=community_id) if community_id else None
    action.area = Area.objects.get(pk=area_id) if area_id else None


def _give(action: Action, owner_id: int, *, on: date) -> None:
    owner = people.who_may_own(action.body, on=on).filter(pk=owner_id).first()
    if owner is None:
        raise NotAMember(f"Choose somebody who takes part in {action.body.name}.")
    action.owner, action.owner_school = owner, _school_of(owner, action.community, on)


def _school_of(owner: User, community: Community | None, on: date) -> School | None:
    """The member school the owner acts for; None when there is none or more than one."""
    if community is None:
        return None
    posts = owner.appointments.live_on(on).filter(school__in=member_schools(community, on=on))
    found = {post.school for post in posts.select_related("school")}
    return found.pop() if len(found) == 1 else None


def _report(action: Action, because: str, now: datetime) -> None:
    action.report_to_board, action.report_because = bool(because), because
    action.reported_at = (action.reported_at or now) if because else None


def _tell_owner(action: Action, *, by: User, now: datetime, verb: str = "is yours") -> None:
    if action.owner_id == by.pk:
        return
    notify(
        [action.owner],
        subject=f"An action of {action.body.name} {verb}, due {short_date(action.due_on)}",
        text=f"{action.title}. Agreed by {by.name}.",
        link=action.get_absolute_url(),
        key=f"meetings.action:{action.pk}:{action.version}",
        now=now,
    )
