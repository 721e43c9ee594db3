"""Powers come from live posts and from nothing else."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from guardian.shortcuts import get_objects_for_user

from accounts.models import User
from communities import powers, queries
from communities.models import (
    Appointment,
    Area,
    Community,
    County,
    Role,
    School,
    Service,
)
from tests.actors import CHAIR, COLLEAGUE, SENCO
from tests.factories.accounts import UserFactory
from tests.factories.communities import AppointmentFactory

GUARDED = (Area, Community, County, School, Service)


def test_a_post_gives_exactly_its_powers(world):
    post = AppointmentFactory(role=Role.CHAIR, community=world.north)

    held = powers.grants(post.person)

    assert held == {
        ("communities.community", world.north.pk): frozenset(
            {
                "view_community",
                "attend_meetings",
                "view_balance",
                "run_meetings",
                "decide_funding",
            }
        )
    }


def test_a_school_post_reaches_the_school_s_community(world, actors):
    assert powers.holds(actors[SENCO].user, "attend_meetings", world.north)
    assert not powers.holds(actors[SENCO].user, "attend_meetings", world.south)
    assert not powers.holds(actors[COLLEAGUE].user, "view_pupil_text", world.hartwell)


def test_a_post_that_ended_yesterday_gives_nothing_and_leaves_no_rows(world):
    post = AppointmentFactory(role=Role.CHAIR, community=world.north)
    assert powers.grants(post.person)

    Appointment.objects.filter(pk=post.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    powers.forget([post.person_id])

    assert powers.grants(User.objects.get(pk=post.person_id)) == {}


def test_a_post_that_starts_tomorrow_takes_effect_tomorrow_without_a_worker(world, time_machine):
    time_machine.move_to("2026-11-24 10:00:00+00:00")
    post = AppointmentFactory(role=Role.CHAIR, community=world.north, starts_on=date(2026, 11, 25))
    assert powers.grants(post.person) == {}

    time_machine.move_to("2026-11-25 10:00:00+00:00")

    assert powers.holds(User.objects.get(pk=post.person_id), "run_meetings", world.north)


def test_inactive_people_have_no_powers(world):
    post = AppointmentFactory(role=Role.CHAIR, community=world.north, person=UserFactory(is_active=False))

    assert powers.grants(post.person) == {}


@pytest.mark.parametrize("model", GUARDED)
def test_lists_and_single_answers_agree_for_everybody(model, world, actors):
    for actor in actors.values():
        if actor.user is None:
            continue
        person = User.objects.get(pk=actor.user.pk)
        for power in {power for held in powers.grants(person).values() for power in held} | {
            f"view_{model._meta.model_name}"
        }:
            one_by_one = {thing.pk for thing in model.objects.all() if powers.holds(person, power, thing)}
            listed = queries.held(person, power, model._meta.label_lower)
            assert one_by_one == listed
            if person.is_active and any(permission == power for permission in _codenames(model)):
                by_guardian = get_objects_for_user(
                    person,
                    power,
                    klass=model,
                    with_superuser=False,
                    accept_global_perms=False,
                )
                assert set(by_guardian.values_list("pk", flat=True)) == one_by_one


def test_the_chair_s_two_posts_are_one_union(world, actors):
    chair = actors[CHAIR].user

    assert powers.holds(chair, "run_meetings", world.north)
    assert powers.holds(chair, "attend_meetings", world.south)
    assert not powers.holds(chair, "run_meetings", world.south)


def test_knowing_all_powers_costs_one_query_once_they_are_fresh(world, actors, django_assert_num_queries):
    powers.grants(actors[CHAIR].user)
    person = User.objects.get(pk=actors[CHAIR].user.pk)

    with django_assert_num_queries(1):  # the union of guardian's five tables
        powers.grants(person)


def _codenames(model) -> set[str]:
    return {f"view_{model._meta.model_name}"} | {codename for codename, _ in model._meta.permissions}
