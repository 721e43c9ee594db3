"""Versions of the county's agenda, and the meetings that use them."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from meetings.models import AgendaTemplate, Meeting, TemplateItem

PUBLISHED = AgendaTemplate.State.PUBLISHED
NOT_STARTED = (Meeting.State.DRAFT, Meeting.State.PUBLISHED)


def versions(body: str) -> "QuerySet[AgendaTemplate]":
    """Every version, the newest first, with `meetings_built` and `meetings_ahead` (not started, not cancelled)."""
    return (
        AgendaTemplate.objects.filter(body=body)
        .select_related("published_by", "drafted_by")
        .annotate(
            meetings_built=Count("meetings", filter=~Q(meetings__state=Meeting.State.CANCELLED)),
            meetings_ahead=Count("meetings", filter=Q(meetings__state__in=NOT_STARTED)),
        )
        .order_by("-version")
    )


def in_force(body: str, *, on: date) -> AgendaTemplate | None:
    """The published version a meeting on that day is built from; None when nothing is published for it."""
    return (
        AgendaTemplate.objects.filter(body=body, state=PUBLISHED, starts_on__lte=on)
        .order_by("-starts_on", "-version")
        .first()
    )


def lines_of(template: AgendaTemplate) -> "QuerySet[TemplateItem]":
    """The lines of a version in order."""
    return template.items.order_by("position")


def template_by(body: str, version: int) -> AgendaTemplate | None:
    """One version with its counts of meetings, or None."""
    return versions(body).filter(version=version).first()


def line_with(pk: int) -> TemplateItem | None:
    """One line with its version, or None."""
    return TemplateItem.objects.filter(pk=pk).select_related("template").first()


def newer_for(meeting: Meeting) -> AgendaTemplate | None:
    """The version in force on the meeting's day when it is another than the meeting's own; None otherwise."""
    found = in_force(meeting.template.body, on=meeting.on)
    return found if found and found.pk != meeting.template_id else None


def differences(old: AgendaTemplate, new: AgendaTemplate) -> list[str]:
    """What a newer version changes, as sentences, in the order of the newer one. Two queries."""
    before = {line.line: line for line in lines_of(old)}
    after = {line.line: line for line in lines_of(new)}
    said = [_difference(before.get(key), line) for key, line in after.items()]
    gone = [f"“{line.title}” is no longer on it." for key, line in before.items() if key not in after]
    return [sentence for sentence in said if sentence] + gone


def _difference(old: TemplateItem | None, new: TemplateItem) -> str:
    if old is None:
        return f"“{new.title}” is new{', and every meeting takes it' if new.mandatory else ''}."
    parts = []
    if old.title != new.title:
        parts.append(f"was called “{old.title}”")
    if old.minutes != new.minutes:
        parts.append(f"has {new.minutes} minutes instead of {old.minutes}")
    if old.mandatory != new.mandatory:
        parts.append("every meeting takes it now" if new.mandatory else "can be taken off now")
    if old.guidance != new.guidance:
        parts.append("has new guidance")
    return f"“{new.title}”: {', '.join(parts)}." if parts else ""


def impact(template: AgendaTemplate) -> "QuerySet[AgendaTemplate]":
    """Other versions that meetings not yet started are built from: they keep it until their chair takes a newer one."""
    ahead = Meeting.objects.filter(template=OuterRef("pk"), state__in=NOT_STARTED)
    return versions(template.body).exclude(pk=template.pk).filter(Exists(ahead))
