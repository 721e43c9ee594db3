"""What goes up to the area's board, and the board's answer."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from core import audit
from core.verdicts import require
from meetings import permissions
from meetings.models import AgendaItem, Bulletin, Escalation
from meetings.queries import people, recusals


@transaction.atomic
def escalate(
    *, item_id: int, kind: str, title: str, text: str, by: User, now: datetime, source_key: str = ""
) -> Escalation:
    """Send a matter of an item up to the board of the community's area and tell its members. Raises Refused.

    With a `source_key` the same matter goes up once: the first escalation is given back.
    """
    item = AgendaItem.objects.select_related("meeting__community__area", "meeting__area").get(pk=item_id)
    community = item.meeting.community
    require(permissions.may_escalate(by, item.meeting))
    found = Escalation.objects.filter(community=community, source_key=source_key).first() if source_key else None
    if found or community is None:
        return found  # type: ignore[return-value]  # a board's own meeting was refused above
    escalation = Escalation.objects.create(
        community=community,
        area=community.area,
        item=item,
        kind=kind,
        title=title,
        text=text,
        source_key=source_key,
        raised_at=now,
        raised_by=by,
    )
    audit.record(action="escalation.raised", target=escalation, by=by, kind=kind)
    notify(
        recusals.not_recused(people.who_runs(community.area, on=localdate(now)), item),
        subject=f"{community.name} has sent something to the board",
        text=f"{escalation.get_kind_display()}: {title}",
        link=escalation.get_absolute_url(),
        key=f"meetings.escalation:{escalation.pk}",
        now=now,
    )
    return escalation


@transaction.atomic
def answer(*, escalation_id: int, answer: str, by: User, now: datetime, bulletin_id: int | None = None) -> Escalation:
    """The board answers in words, with a bulletin, or both; the community's chair is told. Raises Refused."""
    rows = Escalation.objects.select_for_update(of=("self",)).select_related("community", "area", "item__meeting")
    escalation = rows.get(pk=escalation_id)
    require(permissions.may_answer_escalation(by, escalation))
    escalation.state, escalation.answer = Escalation.State.ANSWERED, answer
    escalation.bulletin = Bulletin.objects.get(pk=bulletin_id, area=escalation.area) if bulletin_id else None
    escalation.answered_at, escalation.answered_by = now, by
    escalation.save()
    audit.record(action="escalation.answered", target=escalation, by=by)
    notify(
        recusals.not_recused(people.who_runs(escalation.community, on=localdate(now)), escalation.item),
        subject=f"The board has answered {escalation.community.name}",
        text=f"About: {escalation.title}. {answer}",
        link=escalation.get_absolute_url(),
        key=f"meetings.escalation.answered:{escalation.pk}",
        now=now,
    )
    return escalation


@transaction.atomic
def withdraw(*, escalation_id: int, by: User, now: datetime) -> Escalation:
    """The chair takes it back before the board has answered. Raises Refused."""
    rows = Escalation.objects.select_for_update(of=("self",)).select_related("community", "area", "item__meeting")
    escalation = rows.get(pk=escalation_id)
    require(permissions.may_withdraw_escalation(by, escalation))
    escalation.state = Escalation.State.WITHDRAWN
    escalation.answered_at, escalation.answered_by = now, by
    escalation.save()
    audit.record(action="escalation.withdrawn", target=escalation, by=by)
    return escalation
