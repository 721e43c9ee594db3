"""Questions written once: the same answers as when they are written anew, and a refusal wherever that could not be so."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import OperationalError, connection, connections
from django.db.models import F, Q, Value
from django.db.models.expressions import RawSQL
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities import powers
from communities.models import Appointment, Community, CommunityMembership, Role, School
from communities.queries import held
from core import statements, together
from core.models import ListEntry
from core.prepared import Fixed, NotPrepared, prepared
from tests.factories.accounts import UserFactory
from tests.factories.communities import AppointmentFactory, SchoolFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@prepared
def posts_at(school: School, on: date | None):
    rows = Appointment.objects.filter(school=school)
    return (rows.live_on(on) if on else rows).select_related("person", "school").order_by("pk")


@prepared
def named(names: tuple[str, ...]):
    return School.objects.filter(name__in=names).order_by("name")


@prepared
def members(community: Community):
    return community.memberships.order_by("pk")


@pytest.fixture(autouse=True)
def _nothing_told_yet(_django_db_marker):
    """What the tests before told this connection would count here."""
    statements._names.clear()
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")


@pytest.fixture
def uncompared(settings):
    """As in service: what is kept is not held against what would be written now."""
    settings.COMPARE_PREPARED = False


def told():
    """Statements this connection has told the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, statement FROM pg_prepared_statements ORDER BY prepare_time")
        return cursor.fetchall()


@pytest.mark.parametrize("on", [TODAY, date(2000, 1, 1), None])
def test_the_answer_is_the_one_of_the_plain_question(actors, world, on, uncompared):
    for school in School.objects.all():
        found, plain = posts_at(school, on), posts_at.__wrapped__(school, on)

        assert list(found) == list(plain)
        with CaptureQueriesContext(connection) as asked:
            assert [post.person.name for post in found] == [post.person.name for post in plain]
        assert len(asked) == 0


def test_it_is_written_once_for_each_shape_and_not_for_each_value(world, uncompared):
    written = []

    @prepared
    def schools(names: tuple[str, ...], *, newest_first: bool):
        written.append(len(names))
        return School.objects.filter(name__in=names).order_by("-pk" if newest_first else "pk")

    for names in (("Hartwell",), ("Oakfield",), ("Hartwell", "Oakfield"), ("a", "b")):
        list(schools(names, newest_first=False))
    list(schools(("a",), newest_first=True))

    assert written == [1, 1, 2, 2, 1, 1]  # each shape twice, with other stand-ins


@pytest.mark.parametrize("name", ["O'Brien %s", "100% %(name)s", "$1", "\\", 'a"b', "stands for 1073741824", "'; --"])
def test_any_text_is_a_value(world, name):
    school = SchoolFactory(name=name)

    assert list(named((name, "Nobody"))) == [school]
    [found] = together_of(named((name,)))
    assert found == [school]


def together_of(*lists):
    together.fetch(*lists)
    return [list(one) for one in lists]


def test_literals_of_the_question_keep_their_signs(world):
    ListEntry.objects.create(list_name="made_up", code="50%", label="Half %s", starts_on=TODAY)

    @prepared
    def halves(on: date):
        return ListEntry.objects.filter(code__contains="50%", label__startswith="Half %s", starts_on=on)

    assert [entry.code for entry in halves(TODAY)] == ["50%"]
    assert list(halves(TODAY + timedelta(days=1))) == []


def test_what_cannot_be_found_is_not_asked_for(world):
    with CaptureQueriesContext(connection) as asked:
        assert list(named(())) == []
        assert together_of(named(())) == [[]]

    assert len(asked) == 0


def test_rows_know_the_object_they_were_asked_of(world):
    community = world.north

    found = list(members(community))

    assert found
    assert all(membership.community is community for membership in found)


@pytest.mark.parametrize(
    "further",
    [
        lambda rows: rows.filter(pk=1),
        lambda rows: rows.order_by("pk"),
        lambda rows: rows[:1],
        lambda rows: rows.first(),
        lambda rows: rows.count(),
        lambda rows: rows.exists(),
        lambda rows: School.objects.filter(pk__in=rows),
    ],
)
def test_the_answer_cannot_be_changed_further(world, further):
    with pytest.raises(NotPrepared, match="complete"):
        further(named(("Hartwell",)))


def test_a_question_that_looks_at_more_than_the_key_of_a_row_fails(world):
    @prepared
    def namesakes(school: School):
        return School.objects.filter(name=school.name)

    with pytest.raises(ObjectDoesNotExist):
        namesakes(world.hartwell)


def test_a_question_that_changes_a_value_on_the_way_is_refused(world):
    @prepared
    def beginning_with(words: str):
        return School.objects.filter(name__startswith=words)

    @prepared
    def day_after(on: date):
        return Appointment.objects.filter(starts_on=on + timedelta(days=1))

    @prepared
    def begun_by(moment: datetime):
        return Appointment.objects.filter(starts_on__lte=moment)

    for ask in (lambda: beginning_with("H"), lambda: day_after(TODAY), lambda: begun_by(NOON)):
        with pytest.raises(NotPrepared, match="not handed on"):
            ask()


def test_a_question_that_takes_another_way_for_another_value_is_found_out(world):
    @prepared
    def some(word: str):
        return School.objects.filter(name=word) if word else School.objects.all()

    list(some("Hartwell"))

    with pytest.raises(NotPrepared, match="written now"):
        some("")


def test_only_what_the_database_takes_as_it_is_can_be_a_value(world):
    for value, kind in ((1.5, "float"), ({"Hartwell"}, "set")):
        with pytest.raises(NotPrepared, match=kind):
            named(value)


def test_fixed_parts_and_truths_shape_the_question(world, uncompared):
    @prepared
    def ordered(order: Fixed, backwards: bool):
        return School.objects.order_by(F(order.what).desc() if backwards else order.what, "pk")

    for order in ("name", "pk"):
        for backwards in (True, False):
            assert list(ordered(Fixed(order), backwards)) == list(ordered.__wrapped__(Fixed(order), backwards))


def test_one_and_true_shape_two_questions(world, uncompared):
    @prepared
    def marked(*, by: bool | int):
        return School.objects.annotate(by=Value(by)).values_list("by", flat=True)[:1]

    assert [type(mark) for mark in (*marked(by=1), *marked(by=True))] == [int, bool]


def test_many_lists_with_prepared_ones_among_them_are_one_question(actors, world):
    plain = Appointment.objects.order_by("pk")
    with CaptureQueriesContext(connection) as asked:
        found = together_of(posts_at(world.hartwell, TODAY), named(("Hartwell", "Oakfield")), plain)

    assert len(asked) == 1
    assert found == [
        list(posts_at.__wrapped__(world.hartwell, TODAY)),
        list(named.__wrapped__(("Hartwell", "Oakfield"))),
        list(plain),
    ]


def test_the_server_is_told_a_statement_once_a_connection(world):
    list(named(("first",)))
    before = told()
    list(named(("second",)))

    assert told() == before
    assert [statement for _name, statement in before if 'FROM "communities_school"' in statement]


@pytest.mark.django_db(transaction=True)
def test_each_connection_is_told(world):
    found = []

    def ask():
        try:
            found.extend([list(named((world.hartwell.name,))), told()])
        finally:
            connections.close_all()

    list(named((world.hartwell.name,)))
    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()

    assert found[0] == [world.hartwell]
    assert len(found[1]) == 1


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_is_told_anew(world):
    list(named((world.hartwell.name,)))
    connection.close()

    assert list(named((world.hartwell.name,))) == [world.hartwell]


def test_the_same_words_about_values_of_other_kinds_are_another_statement(world):
    @prepared
    def after_eleven(moment: date | datetime):
        return School.objects.alias(noon=RawSQL("'2026-11-24 11:00Z'::timestamptz < %s", [moment])).filter(noon=True)

    assert not after_eleven(TODAY)
    assert after_eleven(NOON)


def test_a_statement_told_while_somebody_stops_us_is_in_nobodys_way(world, monkeypatch):
    told_once = statements._told

    def stop(*args, **kwargs):
        told_once(*args, **kwargs)
        raise TimeoutError

    names = (world.hartwell.name, *"abcdef")
    monkeypatch.setattr(statements, "_told", stop)
    with pytest.raises(TimeoutError):
        list(named(names))
    monkeypatch.setattr(statements, "_told", told_once)

    assert list(named(names)) == [world.hartwell]


def lose_the_connection():
    """As when PostgreSQL restarts between two requests."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (server,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [server])
    other.close()


@pytest.mark.django_db(transaction=True)
def test_a_kept_question_may_be_the_first_after_the_server_restarted(world):
    list(named((world.hartwell.name,)))
    lose_the_connection()
    connection.health_check_enabled, connection.health_check_done = True, False  # as a request begins

    try:
        assert list(named((world.hartwell.name,))) == [world.hartwell]
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_while_a_statement_is_told_is_closed_by_django(world):
    lose_the_connection()

    try:
        with pytest.raises(OperationalError):
            list(named(("told", "for", "the", "first", "time")))
        assert connection.errors_occurred
    finally:
        connection.close()


def test_a_migration_that_adds_a_column_does_not_disturb_it(world):
    list(named((world.hartwell.name,)))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE communities_school ADD COLUMN added_meanwhile integer")

    assert list(named((world.hartwell.name,))) == [world.hartwell]


def test_a_connection_holds_only_so_many(world, monkeypatch):
    list(named(("told",)))
    monkeypatch.setattr(statements, "MOST_KEPT", len(told()))

    assert list(named((world.hartwell.name, "another shape"))) == [world.hartwell]
    assert len(told()) == statements.MOST_KEPT


@powers.prepared_for_powers
def run_by(person, on: date):
    return CommunityMembership.objects.live_on(on).filter(
        Q(community_id__in=held(person, "run_meetings", "communities.community")) | Q(community__appointments__person=person)
    ).annotate(by=Value("x")).order_by("pk")  # fmt: skip


def test_a_question_about_powers_follows_the_powers_a_person_has(world, uncompared):
    chairs = [
        AppointmentFactory(role=Role.CHAIR, community=community).person for community in (world.north, world.south)
    ]
    nobody = UserFactory()

    for person in (*chairs, nobody, *chairs):
        assert list(run_by(person, TODAY)) == list(run_by.__wrapped__(person, TODAY))
    assert {row.community_id for row in run_by(chairs[0], TODAY)} == {world.north.pk}
    assert list(run_by(nobody, TODAY)) == []


def test_somebody_may_hold_thousands_of_powers(world, uncompared):
    for most in (1_100, 5_000):
        person, everywhere = UserFactory(), range(1, most)
        held_here = {("communities.community", pk): frozenset({"run_meetings"}) for pk in everywhere}
        person.__dict__["_grants"] = (timezone.localdate(), held_here)

        assert list(run_by(person, TODAY)) == list(run_by.__wrapped__(person, TODAY))


def test_powers_that_ended_open_nothing_through_a_kept_question(world, uncompared):
    post = AppointmentFactory(role=Role.CHAIR, community=world.north)
    assert list(run_by(post.person, TODAY))

    Appointment.objects.filter(pk=post.pk).delete()
    powers.forget([post.person_id])
    person = type(post.person).objects.get(pk=post.person_id)

    assert list(run_by(person, TODAY)) == []


def test_who_is_inactive_is_asked_for_without_powers(world, uncompared):
    post = AppointmentFactory(role=Role.CHAIR, community=world.north)
    list(run_by(post.person, TODAY))
    post.person.is_active = False

    assert list(run_by(post.person, TODAY)) == list(run_by.__wrapped__(post.person, TODAY))


def test_a_question_about_powers_may_ask_nothing_else_of_the_person(world):
    @powers.prepared_for_powers
    def namesakes(person):
        return School.objects.filter(name=person.name)

    with pytest.raises(ObjectDoesNotExist):
        namesakes(AppointmentFactory(role=Role.CHAIR, community=world.north).person)
