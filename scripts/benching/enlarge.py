"""The sample county a hundred times over: every row copied with its keys shifted, by one statement a table.

All keys of one copy are shifted alike, so whatever held between the rows of the small county holds between the rows of
each copy. That is why references and the ledger's own triggers need not be asked row by row; `faults` asks them afterwards.
"""

from itertools import starmap

from django.apps import apps
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

COPIES = 99
SHIFT = 1_000_000  # between the keys of one copy and those of the next; more than any table of the sample has
NUMBERS = 10_000  # the same for numbers people read: URNs and references
# What a county has once, what Django keeps for itself, and the seals of the audit, which are a chain and no heap.
ONCE = {
    "core.importrun", "core.importrow", "core.servicesettings", "core.listentry", "core.auditseal", "communities.county",
    "communities.principlesversion", "communities.principle", "meetings.agendatemplate", "meetings.templateitem",
    "funding.fundingperiod", "dashboards.indicator", "auth.permission", "contenttypes.contenttype", "sessions.session",
    "usersessions.usersession",
}  # fmt: skip
SHIFTED_NUMBER = f"{{0}} + n * {NUMBERS}"
SHIFTED_REFERENCE = f"regexp_replace({{0}}, '\\d+$', '') || (substring({{0}} from '\\d+$')::bigint + n * {NUMBERS})"
SHIFTED_KEY = (
    "CASE WHEN {0} ~ '^[a-z._]+:\\d+' THEN substring({0} from '^[^:]+:') || (substring({0} from ':(\\d+)')::bigint "
    f"+ n * {SHIFT}) || substring({{0}} from '^[^:]+:\\d+(.*)$') ELSE {{0}} END"
)
SHIFTED_TEXT = f"CASE WHEN {{0}} ~ '^\\d+$' THEN ({{0}}::bigint + n * {SHIFT})::text ELSE {{0}} END"
# Columns that hold a key or a number without saying so, as table.column.
SPOKEN = {
    "communities_school.urn": SHIFTED_NUMBER,
    "communities_schoollink.linked_urn": SHIFTED_NUMBER,
    "communities_district.code": "'X' || to_char(n, 'FM00') || right({0}, 6)",
    "core_auditentry.target_id": SHIFTED_TEXT,
    "core_issueddocument.subject_id": SHIFTED_TEXT,
    "core_outboxmessage.key": "{0} || '-' || n",
    "accounts_notice.audience": SHIFTED_KEY,
    "meetings_agendaitem.source_key": SHIFTED_KEY,
    "meetings_escalation.source_key": SHIFTED_KEY,
    "provision_supportentry.request_reference": f"CASE WHEN {{0}} = '' THEN '' ELSE {SHIFTED_REFERENCE} END",
    "funding_fundingrequest.number": SHIFTED_NUMBER,
    "funding_award.reference": SHIFTED_REFERENCE,
    "dashboards_figure.urn": SHIFTED_NUMBER,
}
ONLY = {"dashboards_figure": "level NOT IN ('county', 'england')"}
Model = type[models.Model]


def enlarge(copies: int = COPIES) -> None:
    """Copy everything `copies` times and tell the planner."""
    copy_all(copies)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@transaction.atomic
def copy_all(copies: int) -> None:
    """Only whoever may let triggers rest may do this: the superuser."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model in copied():
            cursor.execute(copy_of(model), [copies])
        cursor.execute("SET LOCAL session_replication_role = origin")


def copied() -> list[Model]:
    """Every table but those of which there is one."""
    tables = apps.get_models(include_auto_created=True)
    return [model for model in tables if model._meta.label_lower not in ONCE and model._meta.managed]


def copy_of(model: Model) -> str:
    """The statement that adds the copies of one table."""
    table = model._meta.db_table
    columns = {
        str(field.column): _shifted(model, field)
        for field in model._meta.concrete_fields
        if not isinstance(field, models.GeneratedField)
    }
    names, values = (", ".join(words) for words in (map(_quoted, columns), columns.values()))
    source = f'SELECT {values} FROM "{table}", generate_series(1, %s) AS n WHERE {ONLY.get(table, "true")}'
    return f'INSERT INTO "{table}" ({names}) {source}'


def _shifted(model: Model, field: models.Field) -> str:  # type: ignore[type-arg]
    column = f'"{model._meta.db_table}"."{field.column}"'
    spoken = SPOKEN.get(f"{model._meta.db_table}.{field.column}")
    if spoken:
        return spoken.format(column)
    if field.primary_key or _leads_to_a_copy(field):
        return f"{column} + n * {SHIFT}"
    if field.unique and isinstance(field, models.UUIDField):
        return "gen_random_uuid()"
    return f"{column} || '-' || n" if field.unique else column


def _leads_to_a_copy(field: models.Field) -> bool:  # type: ignore[type-arg]
    return bool(field.is_relation and field.related_model and field.related_model._meta.label_lower not in ONCE)


def _quoted(name: str) -> str:
    return f'"{name}"'


def faults() -> list[str]:
    """What does not hold: references that lead nowhere, and budgets that are not the sums of their ledger."""
    with connection.cursor() as cursor:
        found = [
            f"{count} rows of {model._meta.db_table} have a {field.column} that leads nowhere"
            for model in copied()
            for field in model._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and (count := _lost(cursor, model, field))
        ]
        cursor.execute(MISMATCH)
        found += starmap("The ledger of budget {} and account {} is not its total".format, cursor.fetchall())
    return found


def _lost(cursor: CursorWrapper, model: Model, field: models.ForeignKey) -> int:  # type: ignore[type-arg]
    target = field.related_model._meta.db_table
    here = f'"{model._meta.db_table}" AS here LEFT JOIN "{target}" AS there ON there.id = here."{field.column}"'
    cursor.execute(f'SELECT count(*) FROM {here} WHERE here."{field.column}" IS NOT NULL AND there.id IS NULL')
    return int(cursor.fetchone()[0])


MISMATCH = """
    WITH posted AS (
        SELECT made.budget_id, leg.account, sum(leg.amount) AS amount
        FROM funding_ledgerleg AS leg JOIN funding_ledgertransaction AS made ON made.id = leg.transaction_id
        GROUP BY made.budget_id, leg.account
    ), stored AS (
        SELECT budget.id AS budget_id, total.account, total.amount
        FROM funding_budget AS budget, LATERAL (VALUES
            ('free', budget.free), ('contingency', budget.contingency), ('committed', budget.committed), ('paid', budget.paid)
        ) AS total (account, amount)
    )
    SELECT stored.budget_id, stored.account FROM stored
    LEFT JOIN posted USING (budget_id, account) WHERE stored.amount <> coalesce(posted.amount, 0)
"""
