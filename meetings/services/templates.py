"""The county's agenda: drafted from the last version, published for meetings to come, never changed after."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.timezone import localdate

from accounts.models import User
from accounts.services.notices import notify
from communities.models import Role
from communities.permissions import may_administer
from communities.queries import people_with
from core import audit
from core.formats import long_date
from core.verdicts import require
from meetings import permissions, starter
from meetings.models import AgendaTemplate, Body, TemplateItem
from meetings.services.items import Where


class DraftExists(Exception):
    """Only one version is drafted at a time."""


class NotReady(Exception):
    """The version cannot be published like this."""


@transaction.atomic
def draft_next(*, body: str, by: User, now: datetime) -> AgendaTemplate:
    """A new version with the lines of the last one; the first begins with our suggestion. Raises Refused, DraftExists."""
    require(may_administer(by))
    versions = AgendaTemplate.objects.select_for_update().filter(body=body).order_by("-version")
    last = versions.first()
    if last and last.state == AgendaTemplate.State.DRAFT:
        raise DraftExists(f"Version {last.version} is being drafted. Publish or discard it first.")
    draft = AgendaTemplate.objects.create(
        body=body, version=(last.version if last else 0) + 1, drafted_at=now, drafted_by=by
    )
    lines = _copies(last, draft) if last else starter.lines_for(draft)
    TemplateItem.objects.bulk_create(lines)
    audit.record(action="template.drafted", target=draft, by=by, version=draft.version)
    return draft


@transaction.atomic
def add_item(
    *, template_id: int, kind: str, title: str, guidance: str, minutes: int, mandatory: bool, by: User
) -> TemplateItem:
    """A line at the end of a draft. Raises Refused."""
    template = _draft(template_id, by)
    last = template.items.aggregate(last=Max("position"))["last"] or 0
    item = template.items.create(
        position=last + 1, kind=kind, title=title, guidance=guidance, minutes=minutes, mandatory=mandatory
    )
    audit.record(action="template.line_added", target=item, by=by)
    return item


@transaction.atomic
def change_item(
    *, item_id: int, kind: str, title: str, guidance: str, minutes: int, mandatory: bool, by: User
) -> TemplateItem:
    """Change a line of a draft. Raises Refused."""
    item = TemplateItem.objects.get(pk=item_id)
    _draft(item.template_id, by)
    item.kind, item.title, item.guidance = kind, title, guidance
    item.minutes, item.mandatory = minutes, mandatory
    item.save()
    audit.record(action="template.line_changed", target=item, by=by)
    return item


@transaction.atomic
def move_item(*, item_id: int, where: Where, by: User) -> None:
    """One step up or down, or to the top or the bottom of a draft. Raises Refused."""
    template_id = TemplateItem.objects.values_list("template_id", flat=True).get(pk=item_id)
    template = _draft(template_id, by)
    order = list(template.items.order_by("position").values_list("pk", flat=True))
    at = order.index(item_id)
    to = {"up": max(at - 1, 0), "down": min(at + 1, len(order) - 1), "top": 0, "bottom": len(order) - 1}[where]
    order.insert(to, order.pop(at))
    for position, pk in enumerate(order, start=1):
        template.items.filter(pk=pk).update(position=position)


@transaction.atomic
def remove_item(*, item_id: int, by: User) -> None:
    """Take a line out of a draft. Raises Refused."""
    item = TemplateItem.objects.get(pk=item_id)
    template = _draft(item.template_id, by)
    audit.record(action="template.line_removed", target=item, by=by, title=item.title)
    item.delete()
    template.items.filter(position__gt=item.position).update(position=F("position") - 1)


@transaction.atomic
def publish(*, template_id: int, starts_on: date, note: str, by: User, now: datetime) -> AgendaTemplate:
    """Freeze the draft: meetings planned for `starts_on` or later are built from it. Tells whoever plans meetings.

    Raises Refused, or NotReady without lines or for a first day that has passed.
    """
    template = _draft(template_id, by)
    if not template.items.exists():
        raise NotReady("Add at least one item before you publish.")
    if starts_on < localdate(now):
        raise NotReady("Choose a first day from today on. Meetings that were held keep the version they were run to.")
    template.state, template.starts_on, template.note = AgendaTemplate.State.PUBLISHED, starts_on, note
    template.published_at, template.published_by = now, by
    template.save()
    audit.record(action="template.published", target=template, by=by, version=template.version)
    role = Role.CHAIR if template.body == Body.COMMUNITY else Role.BOARD_MEMBER
    notify(
        people_with(role, on=localdate(now)),
        subject=f"The county agenda has a new version from {long_date(starts_on)}",
        text=note or "Meetings you plan from that day on are built from it. Drafts you have already can take it.",
        link="/meetings/",
        key=f"meetings.template:{template.pk}",
        now=now,
    )
    return template


@transaction.atomic
def discard(*, template_id: int, by: User) -> None:
    """Throw a draft away. Raises Refused."""
    template = _draft(template_id, by)
    audit.record(action="template.discarded", target=template, by=by, version=template.version)
    template.delete()


@transaction.atomic
def retire(*, template_id: int, by: User, now: datetime) -> AgendaTemplate:
    """No new meeting is built from this version. Refused for the only one that is published."""
    require(may_administer(by))
    template = AgendaTemplate.objects.select_for_update().get(pk=template_id)
    require(permissions.may_retire(template))
    template.state = AgendaTemplate.State.RETIRED
    template.retired_at, template.retired_by = now, by
    template.save()
    audit.record(action="template.retired", target=template, by=by, version=template.version)
    return template


def _draft(template_id: int, by: User) -> AgendaTemplate:
    require(may_administer(by))
    template = AgendaTemplate.objects.select_for_update().get(pk=template_id)
    require(permissions.may_change_template(template))
    return template


def _copies(last: AgendaTemplate, draft: AgendaTemplate) -> list[TemplateItem]:
    copies = list(last.items.all())
    for item in copies:
        item.pk, item.template = None, draft
        item._state.adding = True
    return copies
