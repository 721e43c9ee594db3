"""Made-up dates, agendas, meetings, people at them, actions and bulletins."""

from datetime import UTC, date, datetime, time, timedelta

import factory

from meetings.models import (
    Acknowledgement,
    Action,
    AgendaItem,
    AgendaTemplate,
    Attendance,
    Bulletin,
    Escalation,
    Interest,
    Invitation,
    ItemProposal,
    Meeting,
    MeetingDate,
    Minutes,
    TemplateItem,
)
from tests.factories.accounts import UserFactory
from tests.factories.communities import AreaFactory, CommunityFactory

THE_DAY = date(2026, 11, 24)
THE_MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BEFORE = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


class MeetingDateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MeetingDate

    area = factory.SubFactory(AreaFactory)
    on = THE_DAY
    starts = time(9, 30)
    length_minutes = 150
    cut_off_days = 7
    set_at = BEFORE
    set_by = factory.SubFactory(UserFactory)


class AgendaTemplateFactory(factory.django.DjangoModelFactory):
    """Published version 1 for communities unless said otherwise; the same row when asked twice."""

    class Meta:
        model = AgendaTemplate
        django_get_or_create = ("body", "version")

    body = "community"
    version = 1
    state = "published"
    starts_on = date(2020, 9, 1)
    drafted_at = BEFORE
    drafted_by = factory.SubFactory(UserFactory)
    published_at = factory.Maybe(factory.LazyAttribute(lambda row: row.state != "draft"), BEFORE, None)
    published_by = factory.Maybe(
        factory.LazyAttribute(lambda row: row.state != "draft"), factory.SubFactory(UserFactory), None
    )


class TemplateItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TemplateItem

    template = factory.SubFactory(AgendaTemplateFactory)
    position = factory.LazyAttribute(lambda row: row.template.items.count() + 1)
    kind = "local"
    title = factory.Sequence(lambda n: f"Standing item {n}")
    minutes = 10


class MeetingFactory(factory.django.DjangoModelFactory):
    """A draft of a community unless said otherwise: MeetingFactory(community=north, published=True, running=True)."""

    class Meta:
        model = Meeting

    class Params:
        published = factory.Trait(state="published", published_at=BEFORE, published_by=factory.SubFactory(UserFactory))
        running = factory.Trait(
            published=True, state="running", started_at=THE_MOMENT, started_by=factory.SubFactory(UserFactory)
        )
        closed = factory.Trait(
            running=True,
            state="closed",
            closed_at=THE_MOMENT + timedelta(minutes=140),
            closed_by=factory.SubFactory(UserFactory),
        )
        cancelled = factory.Trait(
            state="cancelled",
            cancelled_at=BEFORE,
            cancelled_by=factory.SubFactory(UserFactory),
            cancelled_because="Snow",
        )

    community = factory.SubFactory(CommunityFactory)
    area = None
    template = factory.SubFactory(AgendaTemplateFactory)
    on = THE_DAY
    starts_at = factory.LazyAttribute(lambda row: datetime.combine(row.on, time(9, 30), tzinfo=UTC))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(minutes=150))
    cut_off_at = factory.LazyAttribute(lambda row: row.starts_at - timedelta(days=7))
    place = "Hartwell Primary, the hall"
    planned_at = BEFORE
    planned_by = factory.SubFactory(UserFactory)


class AgendaItemFactory(factory.django.DjangoModelFactory):
    """The next number of its meeting."""

    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.LazyAttribute(lambda row: row.meeting.items.exclude(position=None).count() + 1)
    title = factory.Sequence(lambda n: f"Item {n}")
    why = "Added by the chair"


class ItemProposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ItemProposal

    meeting = factory.SubFactory(MeetingFactory)
    title = "Reading at home"
    why = "Three schools asked."
    proposed_at = BEFORE
    proposed_by = factory.SubFactory(UserFactory)


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    meeting = factory.SubFactory(MeetingFactory)
    person = factory.SubFactory(UserFactory)
    role = "senco"
    invited_at = BEFORE


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    person = factory.SubFactory(UserFactory)
    arrived_at = THE_MOMENT
    left_at = None
    recorded_by = factory.SubFactory(UserFactory)
    left_recorded_at = factory.SelfAttribute("left_at")
    left_recorded_by = factory.Maybe("left_at", factory.SelfAttribute("recorded_by"), None)


class InterestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Interest

    item = factory.SubFactory(AgendaItemFactory)
    person = factory.SubFactory(UserFactory)
    kind = "declared"
    declared_at = THE_MOMENT


class MinutesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Minutes

    meeting = factory.SubFactory(MeetingFactory, closed=True)
    drafted_at = THE_MOMENT


class ActionFactory(factory.django.DjangoModelFactory):
    """Open, of a community, due a fortnight after the meeting."""

    class Meta:
        model = Action

    community = factory.SubFactory(CommunityFactory)
    area = None
    title = factory.Sequence(lambda n: f"Action {n}")
    owner = factory.SubFactory(UserFactory)
    due_on = THE_DAY + timedelta(days=14)
    created_at = THE_MOMENT
    created_by = factory.SubFactory(UserFactory)


class BulletinFactory(factory.django.DjangoModelFactory):
    """A draft for every community of its area; BulletinFactory(published=True) is out."""

    class Meta:
        model = Bulletin

    class Params:
        published = factory.Trait(published_at=BEFORE, published_by=factory.SubFactory(UserFactory))

    area = factory.SubFactory(AreaFactory)
    title = factory.Sequence(lambda n: f"Bulletin {n}")
    text = "Please look at attendance plans before the spring."
    due_on = THE_DAY
    written_at = BEFORE
    written_by = factory.SubFactory(UserFactory)


class AcknowledgementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Acknowledgement

    bulletin = factory.SubFactory(BulletinFactory, published=True)
    community = factory.SubFactory(CommunityFactory)
    acknowledged_at = THE_MOMENT
    acknowledged_by = factory.SubFactory(UserFactory)


class EscalationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Escalation

    community = factory.SubFactory(CommunityFactory)
    area = factory.SelfAttribute("community.area")
    kind = "ask"
    title = "More hearing support"
    text = "Two schools wait for a hearing assessment."
    raised_at = THE_MOMENT
    raised_by = factory.SubFactory(UserFactory)
