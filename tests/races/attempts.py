"""Twenty-four ways round the services, tried as the application's own database role. All must be refused by PostgreSQL."""

from collections.abc import Callable
from decimal import Decimal

from django.db import DatabaseError, connections, transaction
from django.db.models import F

from core.models import AuditEntry, AuditSeal
from funding.models import Budget, LedgerLeg, LedgerTransaction

Attempt = Callable[[str], object]
NEW = """INSERT INTO funding_ledgertransaction (budget_id, kind, amount, size, at, by_id, note)
         SELECT id, 'grant', 5, 2, now(), opened_by_id, '' FROM funding_budget LIMIT 1 RETURNING id"""
LEGS = "INSERT INTO funding_ledgerleg (transaction_id, account, amount)"
SNAPSHOT = """SELECT (SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM {table} t)"""
TABLES = ("funding_budget", "funding_ledgertransaction", "funding_ledgerleg", "core_auditentry", "core_auditseal")


def sql(*statements: str) -> Attempt:
    """A raw cursor."""

    def run(alias: str) -> None:
        with connections[alias].cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    return run


def bulk_update(model: type, field: str, value: object) -> Attempt:
    """The ORM's own way to change many rows."""

    def run(alias: str) -> None:
        rows = list(model.objects.using(alias).all()[:5])  # type: ignore[attr-defined]
        for row in rows:
            setattr(row, field, value)
        model.objects.using(alias).bulk_update(rows, [field])  # type: ignore[attr-defined]

    return run


def save_again(alias: str) -> None:
    """A shell user's first idea."""
    leg = LedgerLeg.objects.using(alias).first()
    assert leg is not None
    leg.amount = Decimal(1)
    leg.save(using=alias)


ATTEMPTS: dict[str, Attempt] = {
    "a leg changed by SQL": sql("UPDATE funding_ledgerleg SET amount = amount * 2"),
    "a leg deleted by SQL": sql("DELETE FROM funding_ledgerleg"),
    "legs truncated": sql("TRUNCATE funding_ledgerleg"),
    "postings and all truncated": sql("TRUNCATE funding_ledgertransaction CASCADE"),
    "a posting changed by SQL": sql("UPDATE funding_ledgertransaction SET amount = 1"),
    "a posting deleted by SQL": sql("DELETE FROM funding_ledgertransaction"),
    "a posting changed while inserting": sql(
        "INSERT INTO funding_ledgertransaction SELECT * FROM funding_ledgertransaction LIMIT 1 "
        "ON CONFLICT (id) DO UPDATE SET amount = 1"
    ),
    "legs changed by QuerySet.update": lambda alias: LedgerLeg.objects.using(alias).update(amount=F("amount") * 2),
    "legs changed by bulk_update": bulk_update(LedgerLeg, "amount", Decimal(9)),
    "a leg saved again": save_again,
    "legs deleted by QuerySet.delete": lambda alias: LedgerLeg.objects.using(alias).all().delete(),
    "postings redated by bulk_update": bulk_update(LedgerTransaction, "note", "nothing happened"),
    "a posting without legs": sql(NEW),
    "a posting with one leg": sql(f"WITH t AS ({NEW}) {LEGS} SELECT id, 'free', 5 FROM t"),
    "legs that do not balance": sql(
        f"WITH t AS ({NEW}) {LEGS} SELECT id, 'free', 5 FROM t UNION SELECT id, 'grant', -4 FROM t"
    ),
    "balanced legs on an old posting": sql(
        f"{LEGS} SELECT id, 'committed', 1 FROM funding_ledgertransaction WHERE id = (SELECT min(id) FROM funding_ledgertransaction) "
        "UNION SELECT id, 'contingency', -1 FROM funding_ledgertransaction WHERE id = (SELECT min(id) FROM funding_ledgertransaction)"
    ),
    "a budget raised by QuerySet.update": lambda alias: Budget.objects.using(alias).update(
        free=F("free") + 1000, grant=F("grant") + 1000
    ),
    "a budget deleted": sql("DELETE FROM funding_budget"),
    "an act changed by QuerySet.update": lambda alias: AuditEntry.objects.using(alias).update(action="nothing"),
    "acts deleted by SQL": sql("DELETE FROM core_auditseal", "DELETE FROM core_auditentry"),
    "acts truncated": sql("TRUNCATE core_auditentry CASCADE"),
    "seals changed by bulk_update": bulk_update(AuditSeal, "hash", "0" * 64),
    "triggers switched off": sql("ALTER TABLE funding_ledgerleg DISABLE TRIGGER ALL", "DELETE FROM funding_ledgerleg"),
    "triggers stepped round": sql("SET session_replication_role = replica", "DELETE FROM funding_ledgerleg"),
}
assert len(ATTEMPTS) == 24


def refused(name: str, *, alias: str = "default") -> bool:
    """Whether the database refuses the attempt and holds afterwards exactly what it held before."""
    before = _snapshot(alias)
    try:
        with transaction.atomic(using=alias):
            ATTEMPTS[name](alias)
    except DatabaseError:
        return _snapshot(alias) == before
    return False


def _snapshot(alias: str) -> list[object]:
    with connections[alias].cursor() as cursor:
        found = []
        for table in TABLES:
            cursor.execute(SNAPSHOT.format(table=table))
            found.append(cursor.fetchone())
        return found
