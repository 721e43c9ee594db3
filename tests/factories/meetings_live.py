"""Made-up rows of a running meeting."""

from datetime import timedelta

import factory

from meetings.models import (
    ItemSchool,
    ItemSpell,
    MinutesNote,
    MinuteTaker,
    NoteDraft,
    NoteVersion,
    Recusal,
    Suspension,
)
from tests.factories.accounts import UserFactory
from tests.factories.communities import SchoolFactory
from tests.factories.meetings import THE_MOMENT, AgendaItemFactory, MeetingFactory, MinutesFactory


class ItemSchoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ItemSchool

    item = factory.SubFactory(AgendaItemFactory)
    school = factory.SubFactory(SchoolFactory)


class ItemSpellFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ItemSpell

    item = factory.SubFactory(AgendaItemFactory)
    started_at = THE_MOMENT


class RecusalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Recusal

    item = factory.SubFactory(AgendaItemFactory)
    person = factory.SubFactory(UserFactory)
    from_at = THE_MOMENT


class MinuteTakerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MinuteTaker

    meeting = factory.SubFactory(MeetingFactory)
    person = factory.SubFactory(UserFactory)
    given_at = THE_MOMENT
    given_by = factory.SubFactory(UserFactory)


class SuspensionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Suspension

    meeting = factory.SubFactory(MeetingFactory, running=True)
    suspended_at = THE_MOMENT + timedelta(minutes=30)
    suspended_by = factory.SubFactory(UserFactory)


class NoteVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NoteVersion

    item = factory.SubFactory(AgendaItemFactory)
    version = 1
    text = "We talked."
    saved_at = THE_MOMENT
    saved_by = factory.SubFactory(UserFactory)


class NoteDraftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NoteDraft

    item = factory.SubFactory(AgendaItemFactory)
    person = factory.SubFactory(UserFactory)
    base_version = 0
    text = "Mine."
    kept_at = THE_MOMENT


class MinutesNoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MinutesNote

    minutes = factory.SubFactory(MinutesFactory)
    text = "Oakfield was represented."
    written_at = THE_MOMENT
    written_by = factory.SubFactory(UserFactory)
