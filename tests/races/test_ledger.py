"""Two chairs, one budget, the last pounds: one gets them. With lock and CHECK removed both would."""

import threading
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.utils import OperationalError, load_backend

from accounts.models import User
from communities import powers
from core import audit
from funding.models import Award, FundingPeriod, LedgerTransaction
from funding.queries import figures
from funding.services import awards, ledger, payments, periods
from tests.actors import cast
from tests.factories.funding_money import FundingPeriodFactory, make_budget
from tests.races import attempts
from tests.world import build_world

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """What each act gave or raised, all started together, each on a connection of its own."""
    start, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait()
            found[place] = act()
        except Exception as error:  # noqa: BLE001 -- looked at by the test
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def make_world(grant=1000):
    world = build_world()
    cast(world)
    budget = make_budget(grant=grant, community=world.north, period=FundingPeriodFactory())
    by = User.objects.get(email="administrator@example.org")
    powers.grants(by)
    return world, budget, by


def commit(budget, by, amount=600):
    return lambda: ledger.commit(budget_id=budget.pk, amount=Decimal(amount), by=by, now=NOW)


def test_of_two_approvals_for_the_last_pounds_one_wins():
    _, budget, by = make_world()

    outcomes = at_once(commit(budget, by), commit(budget, by))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LedgerTransaction", "NotEnough"]
    budget.refresh_from_db()
    assert (budget.free, budget.committed) == (Decimal(400), Decimal(600))
    assert figures.of(budget) == figures.upto(budget.pk)


def test_control_without_lock_and_check_both_win(monkeypatch):
    """If this test fails, the one above proves nothing."""
    _, budget, by = make_world()
    with connection.cursor() as cursor:
        cursor.execute('ALTER TABLE funding_budget DROP CONSTRAINT "never_spend_more_than_is_free"')
    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda self, **_kwargs: self)
    both_have_read = threading.Barrier(2)
    asked = ledger._ask
    monkeypatch.setattr(ledger, "_ask", lambda *args: (asked(*args), both_have_read.wait()))

    try:
        outcomes = at_once(commit(budget, by), commit(budget, by))
        budget.refresh_from_db()
    finally:
        put_back_the_check()

    assert all(isinstance(outcome, LedgerTransaction) for outcome in outcomes)
    assert budget.free == Decimal(-200)


def put_back_the_check():
    with connection.cursor() as cursor:
        cursor.execute(
            'ALTER TABLE funding_budget ADD CONSTRAINT "never_spend_more_than_is_free" CHECK (free >= 0) NOT VALID'
        )


def test_the_check_alone_stops_the_second(monkeypatch):
    """A bug that forgets the lock meets the database."""
    _, budget, by = make_world()
    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda self, **_kwargs: self)
    both_have_read = threading.Barrier(2)
    asked = ledger._ask
    monkeypatch.setattr(ledger, "_ask", lambda *args: (asked(*args), both_have_read.wait()))

    outcomes = at_once(commit(budget, by), commit(budget, by))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["IntegrityError", "LedgerTransaction"]


def test_a_posting_falls_on_one_side_of_the_closing():
    for _ in range(5):
        _post_against_close()


def _post_against_close():
    period = FundingPeriodFactory(carry_forward="none")
    budget = make_budget(grant=1000, period=period)
    by = User.objects.filter(email="administrator@example.org").first() or make_world()[2]
    powers.grants(by)

    closed, posted = at_once(
        lambda: periods.close(period_id=period.pk, into_id=None, by=by, now=NOW),
        lambda: ledger.take_back(budget_id=budget.pk, amount=Decimal(300), by=by, now=NOW),
    )

    assert isinstance(closed, FundingPeriod)
    assert isinstance(posted, LedgerTransaction | ledger.NotOpen)
    budget.refresh_from_db()
    assert figures.of(budget) == figures.upto(budget.pk) == figures.Figures()


def test_one_key_sent_five_times_at_once_makes_one_award():
    world, budget, by = make_world()
    how = {
        "key": uuid4(),
        "budget_id": budget.pk,
        "school": world.hartwell,
        "amount": Decimal(500),
        "reference": "HNF-1",
        "title": "Before",
        "starts_on": NOW.date(),
        "ends_on": NOW.date(),
        "by": by,
        "now": NOW,
    }

    outcomes = at_once(*[lambda: awards.inherit(**how)] * 5)

    assert len({outcome.pk for outcome in outcomes}) == 1
    assert Award.objects.count() == 1


def test_two_officers_send_an_instalment_once():
    world, budget, _ = make_world()
    by = User.objects.get(email="officer@example.org")
    powers.grants(by)
    awards.grant(
        budget_id=budget.pk, school_id=world.hartwell.pk, amount=Decimal(10), reference="CoS-1", title="Help",
        starts_on=NOW.date(), ends_on=NOW.date(), by=by, now=NOW,
    )  # fmt: skip

    outcomes = at_once(*[lambda: payments.export(key=uuid4(), due_by=NOW.date(), by=by, now=NOW)] * 2)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NothingDue", "PaymentSchedule"]


@pytest.fixture
def as_the_application(django_db_blocker):
    """A connection as the role the service works with, beside the owner's."""
    call_command("grant_app_role", role="cos_app", verbosity=0)
    settings = {**connection.settings_dict, "USER": "cos_app", "TEST": connection.settings_dict["TEST"]}
    wrapper = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, alias="application")
    connections["application"] = wrapper
    yield "application"
    wrapper.close()
    del connections["application"]


def test_the_applications_role_cannot_write_round_the_services(as_the_application):
    _, budget, by = make_world()
    commit(budget, by)()
    audit.seal()
    try:
        outcomes = {name: attempts.refused(name, alias=as_the_application) for name in attempts.ATTEMPTS}
    except OperationalError as error:
        pytest.skip(f"no connection as cos_app here: {error}")

    assert outcomes == dict.fromkeys(attempts.ATTEMPTS, True)


def test_control_an_owner_without_triggers_could():
    """The attempts are real: with the walls down the same statement changes the ledger."""
    _, budget, by = make_world()
    commit(budget, by)()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            held = attempts.refused("a leg changed by SQL")
        finally:
            cursor.execute("SET session_replication_role = origin")

    assert not held
