"""A meeting takes a date of its area: planned, arranged, moved, cancelled, and brought to a newer agenda of the county."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, make_aware

from accounts.models import User
from accounts.services.notices import notify
from communities.models import Area, Community
from core import audit
from core.formats import long_moment
from core.verdicts import require
from meetings import permissions
from meetings.models import AgendaItem, AgendaTemplate, Body, Invitation, Meeting, MeetingDate, TemplateItem
from meetings.queries import guests, templates
from meetings.services import agenda, changes, ordering


class AlreadyPlanned(Exception):
    """The community or board has a meeting on that day."""


class NoTemplate(Exception):
    """The county has published no agenda for that day."""


class NotThisDate(Exception):
    """The date is withdrawn, past, or of another area."""


@transaction.atomic
def plan(
    *,
    date_id: int,
    place: str,
    online_link: str,
    welcome_note: str,
    by: User,
    now: datetime,
    community_id: int | None = None,
    area_id: int | None = None,
    starts: time | None = None,
) -> Meeting:
    """A draft on a date of the area, built from the county's agenda of that day and filled from what is open.

    Name the community or the area (a board's meeting). `starts` None takes the date's own time.
    Raises Refused, NotThisDate, NoTemplate, AlreadyPlanned.
    """
    body = _who_meets(community_id, area_id)
    require(permissions.may_plan_for(by, body))
    day = _usable(date_id, body, now)
    kind = Body.COMMUNITY if isinstance(body, Community) else Body.BOARD
    template = templates.in_force(kind, on=day.on)
    if template is None:
        raise NoTemplate("The county has not published an agenda for that day yet. Ask the county administrator.")
    meeting = Meeting(
        community=body if isinstance(body, Community) else None,
        area=body if isinstance(body, Area) else None,
        template=template,
        place=place,
        online_link=online_link,
        welcome_note=welcome_note,
        planned_at=now,
        planned_by=by,
    )
    _set_times(meeting, day, starts)
    _save_on_a_free_day(meeting)
    _build(meeting, template)
    audit.record(action="meeting.planned", target=meeting, by=by, on=str(meeting.on))
    agenda.fill(meeting_id=meeting.pk, by=by, now=now)
    return meeting


@transaction.atomic
def arrange(*, meeting_id: int, place: str, online_link: str, welcome_note: str, by: User, now: datetime) -> Meeting:
    """Say where the meeting is and what the chair writes above the agenda. People invited are told of another place.

    Raises Refused.
    """
    meeting = changes.lock(meeting_id)
    require(permissions.may_change_agenda(by, meeting))
    moved = (meeting.place, meeting.online_link) != (place, online_link)
    meeting.place, meeting.online_link, meeting.welcome_note = place, online_link, welcome_note
    meeting.sequence += 1 if moved and meeting.published_at else 0
    meeting.save()
    audit.record(action="meeting.arranged", target=meeting, by=by)
    if moved and meeting.published_at:
        changes.note(meeting, f"The place is now {place or 'online'}.", by=by, now=now)
        _tell(meeting, "has another place", f"It is now at {place or 'the online link on its page'}.", now=now)
    return meeting


@transaction.atomic
def move_to(*, meeting_id: int, date_id: int, by: User, now: datetime) -> Meeting:
    """Move to another date of the area. Everybody invited is asked again, for their answer was for the other day.

    Raises Refused, NotThisDate, AlreadyPlanned.
    """
    meeting = changes.lock(meeting_id)
    require(permissions.may_arrange(by, meeting))
    before = long_moment(meeting.starts_at)
    _set_times(meeting, _usable(date_id, meeting.body, now), None)
    meeting.sequence += 1
    _save_on_a_free_day(meeting)
    audit.record(action="meeting.moved", target=meeting, by=by, on=str(meeting.on))
    if meeting.published_at:
        _ask_again(meeting)
        changes.note(meeting, f"The meeting moved from {before} to {long_moment(meeting.starts_at)}.", by=by, now=now)
        text = f"It was on {before}. Please answer again: your earlier answer was for that day."
        _tell(meeting, f"has moved to {long_moment(meeting.starts_at)}", text, now=now)
    return meeting


@transaction.atomic
def cancel(*, meeting_id: int, reason: str, by: User, now: datetime) -> Meeting:
    """Cancel, with the reason; everybody invited is told. Its date is free again. Raises Refused."""
    meeting = changes.lock(meeting_id)
    require(permissions.may_arrange(by, meeting))
    meeting.state, meeting.cancelled_because = Meeting.State.CANCELLED, reason
    meeting.cancelled_at, meeting.cancelled_by = now, by
    meeting.sequence += 1
    meeting.save()
    audit.record(action="meeting.cancelled", target=meeting, by=by)
    if meeting.published_at:
        _tell(meeting, "is cancelled", f"{long_moment(meeting.starts_at)}. {reason}", now=now)
    return meeting


@transaction.atomic
def take_newer_template(*, meeting_id: int, by: User, now: datetime) -> AgendaTemplate | None:
    """Bring an agenda that is not run yet to the county's version in force on its day; None when it has it already.

    Lines are matched by name: new ones come in, changed ones change, lines that are gone are taken off, the chair's own
    items, order and times stay. Raises Refused.
    """
    meeting = changes.lock(meeting_id)
    require(permissions.may_arrange(by, meeting))
    newer = templates.newer_for(meeting)
    if newer is None:
        return None
    old = {line.line: line for line in meeting.template.items.all()}
    new = {line.line: line for line in newer.items.order_by("position")}
    # Read one by one: taking one off renumbers those behind it.
    for pk in list(meeting.items.filter(template_line__isnull=False).values_list("pk", flat=True)):
        item = meeting.items.get(pk=pk)
        line = item.template_line or UUID(int=0)
        _follow(item, old.get(line), new.get(line), newer, by=by, now=now)
    _bring_in(meeting, new)
    meeting.template = newer
    meeting.save(update_fields=["template"])
    audit.record(action="meeting.template_taken", target=meeting, by=by, version=newer.version)
    changes.note(meeting, f"The agenda follows version {newer.version} of the county agenda.", by=by, now=now)
    return newer


def _who_meets(community_id: int | None, area_id: int | None) -> Community | Area:
    if community_id is not None:
        return Community.objects.select_related("area").get(pk=community_id)
    return Area.objects.get(pk=area_id or 0)


def _usable(date_id: int, body: Community | Area, now: datetime) -> MeetingDate:
    day = MeetingDate.objects.select_for_update(of=("self",)).select_related("area").get(pk=date_id)
    area_id = body.area_id if isinstance(body, Community) else body.pk
    if day.area_id != area_id or (day.kind == Body.COMMUNITY) != isinstance(body, Community):
        raise NotThisDate(f"This date is not one of {body.name}.")
    if day.withdrawn_at or day.on < localdate(now):
        raise NotThisDate("This date is no longer free. Choose another.")
    return day


def _set_times(meeting: Meeting, day: MeetingDate, starts: time | None) -> None:
    meeting.meeting_date, meeting.on = day, day.on
    meeting.starts_at = make_aware(datetime.combine(day.on, starts or day.starts))
    meeting.ends_at = meeting.starts_at + timedelta(minutes=day.length_minutes)
    closes = datetime.combine(day.on - timedelta(days=day.cut_off_days), time(23, 59))
    meeting.cut_off_at = min(make_aware(closes), meeting.starts_at)


def _save_on_a_free_day(meeting: Meeting) -> None:
    try:
        with transaction.atomic():
            meeting.save()
    except IntegrityError as error:
        raise AlreadyPlanned(f"{meeting.body.name} has a meeting on that day already.") from error


def _build(meeting: Meeting, template: AgendaTemplate) -> None:
    AgendaItem.objects.bulk_create(
        _item_for(meeting, line, position) for position, line in enumerate(template.items.order_by("position"), start=1)
    )


def _item_for(meeting: Meeting, line: TemplateItem, position: int) -> AgendaItem:
    return AgendaItem(
        meeting=meeting,
        position=position,
        kind=line.kind,
        title=line.title,
        guidance=line.guidance,
        template_line=line.line,
        why="A standing item of the county agenda.",
        minutes_planned=line.minutes,
        mandatory=line.mandatory,
    )


def _follow(
    item: AgendaItem,
    old: TemplateItem | None,
    new: TemplateItem | None,
    newer: AgendaTemplate,
    *,
    by: User,
    now: datetime,
) -> None:
    if new is None:
        item.mandatory, item.version = False, item.version + 1
        if item.state == AgendaItem.State.WAITING:
            agenda.strike(item, f"No longer on the county agenda (version {newer.version}).", by=by, now=now)
        return
    item.kind, item.title, item.guidance = new.kind, new.title, new.guidance
    item.mandatory = new.mandatory and item.state != AgendaItem.State.REMOVED
    if old and item.minutes_planned == old.minutes:
        item.minutes_planned = new.minutes
    item.version += 1
    item.save()


def _bring_in(meeting: Meeting, new: dict[UUID, TemplateItem]) -> None:
    """Lines the meeting does not have yet go behind the line that stands before them in the county's order."""
    have = {item.template_line: item for item in meeting.items.filter(template_line__isnull=False)}
    behind = 0
    for key, line in new.items():
        if key in have:
            behind = AgendaItem.objects.values_list("position", flat=True).get(pk=have[key].pk) or behind
            continue
        behind += 1
        ordering.insert(_item_for(meeting, line, behind), behind)


def _ask_again(meeting: Meeting) -> None:
    Invitation.objects.filter(meeting=meeting).exclude(answer=Invitation.Answer.WAITING).update(
        answer=Invitation.Answer.WAITING,
        how="",
        reason="",
        answered_at=None,
        answered_by=None,
        substitute=None,
        substitute_name="",
        substitute_email="",
    )


def _tell(meeting: Meeting, what: str, text: str, *, now: datetime) -> None:
    notify(
        guests.told(meeting),
        subject=f"The meeting of {meeting.body.name} {what}",
        text=text,
        link=meeting.get_absolute_url(),
        key=f"meetings.meeting:{meeting.pk}:{meeting.sequence}:{meeting.state}",
        audience=f"meetings.meeting:{meeting.pk}",
        now=now,
    )
