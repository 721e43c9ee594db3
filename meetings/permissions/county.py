"""What an administrator may still change about dates and versions of the agenda."""

from django.utils import timezone

from core.verdicts import YES, Verdict, no
from meetings.models import AgendaTemplate, MeetingDate


def may_change_date(day: MeetingDate) -> Verdict:
    """A date of the past or a withdrawn one is history."""
    if day.withdrawn_at:
        return no("This date was withdrawn. Add a new one instead.")
    if day.on < timezone.localdate():
        return no("This date has passed.")
    return YES


def may_change_template(template: AgendaTemplate) -> Verdict:
    """Meetings were run to it: a published version never changes."""
    if template.state != AgendaTemplate.State.DRAFT:
        return no("A published version cannot be changed. Draft the next version instead.")
    return YES


def may_retire(template: AgendaTemplate) -> Verdict:
    """A version may be retired while another one is published."""
    if template.state != AgendaTemplate.State.PUBLISHED:
        return no("Only a published version can be retired.")
    others = AgendaTemplate.objects.filter(body=template.body, state=AgendaTemplate.State.PUBLISHED)
    if not others.exclude(pk=template.pk).exists():
        return no("Publish another version first: meetings need an agenda to be built from.")
    return YES
