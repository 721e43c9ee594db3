"""What each process of `scripts.race` does, on fifty connections as the application's own database role."""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from communities import powers
from communities.models import School
from core import audit
from core.idempotency import KeyReused
from funding.models import Award, Budget
from funding.queries import figures
from funding.services import awards, ledger
from tests.actors import cast
from tests.factories.communities import CommunityFactory
from tests.factories.funding_money import FundingPeriodFactory, make_budget
from tests.races import attempts
from tests.world import build_world

SEED = 20261124
FIRST, LAST = date(2026, 9, 1), date(2027, 7, 20)


def prepare(budgets: int, pounds: int, _threads: int) -> dict[str, Any]:
    """A county with an administrator, one open period, and budgets too small for what will be asked of them."""
    world = build_world()
    cast(world)
    period = FundingPeriodFactory(payment_days=[FIRST, date(2027, 1, 4), date(2027, 4, 12)])
    for _ in range(budgets):
        make_budget(grant=pounds, community=CommunityFactory(area=world.weald), period=period)
    return {"budgets": Budget.objects.count()}


def approve(count: int, number: int, threads: int) -> dict[str, Any]:
    """Random amounts for random communities, through the service, as fast as the connections allow."""
    known = _known()
    budgets = list(Budget.objects.values_list("pk", flat=True))
    chance = random.Random(SEED + number)
    asks = [(place, chance.choice(budgets), Decimal(chance.randint(100, 250_000)) / 100) for place in range(count)]

    def one(ask: tuple[int, int, Decimal]) -> tuple[str, float]:
        place, budget, amount = ask
        started = time.monotonic()
        try:
            awards.grant(budget_id=budget, amount=amount, reference=f"R{number}-{place}", **known)
        except ledger.NotEnough:
            outcome = "refused"
        except ledger.Busy:
            outcome = "busy"
        except Exception as error:  # noqa: BLE001 -- counted: any other error is a finding
            sys.stderr.write(f"{error!r}\n")
            outcome = "errors"
        else:
            outcome = "granted"
        return outcome, time.monotonic() - started

    outcomes = _at_once(one, asks, threads)
    counts = Counter(outcome for outcome, _ in outcomes)
    slowest = sorted(seconds for _, seconds in outcomes)[int(len(outcomes) * 0.99) - 1]
    return {**dict.fromkeys(("granted", "refused", "busy", "errors"), 0), **counts, "p99_ms": round(slowest * 1000)}


def approve_carelessly(count: int, number: int, threads: int) -> dict[str, Any]:
    """The same with the lock removed; the CHECK was dropped before."""
    _known()  # somebody's powers are made under a lock of their own, which is not the one in question
    QuerySet.select_for_update = lambda self, *_args, **_kwargs: self  # type: ignore[method-assign]
    asked = ledger._ask

    def slowly(*args: Any) -> None:
        asked(*args)
        time.sleep(random.random() / 100)  # a page that thinks a moment, as pages do

    ledger._ask = slowly
    return approve(count, number, threads)


def submit_twice(count: int, number: int, threads: int) -> dict[str, Any]:
    """Each form is sent two to five times at once with one key."""
    chance = random.Random(SEED + 100 + number)
    known = _known() | {"school": School.objects.get(pk=_known()["school_id"])}
    del known["school_id"]
    biggest = Budget.objects.order_by("-free").values_list("pk", flat=True)
    _top_up(count)
    sends = []
    for place in range(count):
        key = UUID(int=chance.getrandbits(128), version=4)
        ask = {
            "key": key,
            "budget_id": biggest[place % 20],
            "reference": f"D{number}-{place}",
            "amount": Decimal("0.03"),
        }
        sends += [ask] * chance.randint(2, 5)

    def one(ask: dict[str, Any]) -> str:
        for _ in range(5):
            try:
                awards.inherit(**known, **ask)
            except (ledger.Busy, KeyReused) as error:
                outcome = type(error).__name__
                continue
            return "done"
        return outcome

    return {"sent": len(sends), **Counter(_at_once(one, sends, threads))}


def books(*_unused: int) -> dict[str, Any]:
    """What the ledger says, against what is stored."""
    rows = [(figures.of(budget), figures.upto(budget.pk)) for budget in Budget.objects.all()]
    promised = [made.committed + made.paid > made.grant for _, made in rows]
    return {
        "overspent": sum(promised),
        "mismatch": sum(stored != made for stored, made in rows),
        "effects": Award.objects.filter(reference__startswith="D").count(),
    }


def go_round(*_unused: int) -> dict[str, Any]:
    """Twenty-four attempts, each tried as the application's role."""
    audit.seal()
    outcomes = {name: attempts.refused(name) for name in attempts.ATTEMPTS}
    for name, held in outcomes.items():
        if not held:
            sys.stderr.write(f"not refused: {name}\n")
    return {"refused": sum(outcomes.values())}


def _known() -> dict[str, Any]:

    admin = User.objects.get(email="administrator@example.org")
    powers.grants(admin)  # read once, as a request does before its first service
    school = School.objects.get(slug="hartwell-primary")
    return {
        "school_id": school.pk,
        "title": "Race",
        "starts_on": FIRST,
        "ends_on": LAST,
        "by": admin,
        "now": timezone.now(),
    }


def _top_up(_count: int) -> None:
    """Enough in every budget for the small sums of the second heat."""
    admin = User.objects.get(email="administrator@example.org")
    for pk in Budget.objects.order_by("pk").values_list("pk", flat=True):
        ledger.add_grant(budget_id=pk, amount=Decimal(10_000), by=admin, now=timezone.now())


def _at_once(act: Callable[[Any], Any], asks: list[Any], threads: int) -> list[Any]:
    """Every thread keeps its own connection to the end, as web workers do."""
    with ThreadPoolExecutor(max_workers=threads) as pool:
        return list(pool.map(act, asks))


ACTS: dict[str, Callable[[int, int, int], dict[str, Any]]] = {
    "prepare": prepare,
    "approve": approve,
    "approve_carelessly": approve_carelessly,
    "submit_twice": submit_twice,
    "books": books,
    "go_round": go_round,
}
