"""The service's database role cannot rewrite what is written once, whatever the code above it does."""

import os

import psycopg2
import psycopg2.errors
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.management.commands.grant_app_role import append_only_tables
from scripts import postgres

REWRITES = {
    "update": 'UPDATE "{0}" SET id = id',
    "delete": 'DELETE FROM "{0}"',
    "truncate": 'TRUNCATE "{0}" CASCADE',
    "switch triggers off": 'ALTER TABLE "{0}" DISABLE TRIGGER ALL',
    "drop": 'DROP TABLE "{0}" CASCADE',
    "own": 'ALTER TABLE "{0}" OWNER TO cos_app',
}
ESCAPES = (
    "SET session_replication_role = replica",
    "SET ROLE cos_owner",
    "ALTER ROLE cos_app SUPERUSER",
    "DELETE FROM django_migrations",
    "CREATE TABLE public.mine (id int)",
)


@pytest.fixture
def as_application(transactional_db):
    """A connection of the application's role to the test database, with the rights that a deployment gives it."""
    if not _role_exists():
        pytest.skip("the database of this run has no application role")
    call_command("grant_app_role", "--role", postgres.APPLICATION, verbosity=0)
    settings = connection.settings_dict
    link = psycopg2.connect(
        host=settings["HOST"],
        port=settings["PORT"] or None,
        dbname=settings["NAME"],
        user=postgres.APPLICATION,
        password=os.environ.get("APP_PASSWORD"),
    )
    link.autocommit = True
    yield link
    link.close()


def test_every_direct_rewrite_of_ledger_and_audit_is_refused(as_application):
    attempts = [(table, sql.format(table)) for table in append_only_tables() for sql in REWRITES.values()]

    allowed = [sql for _table, sql in attempts if not refused(as_application, sql)]

    assert allowed == []
    assert {"core_auditentry", "core_auditseal", "funding_ledgertransaction", "funding_ledgerleg"} <= {
        table for table, _ in attempts
    }


@pytest.mark.parametrize("sql", ESCAPES)
def test_the_role_cannot_give_itself_more(as_application, sql):
    assert refused(as_application, sql)


def test_it_may_add_and_read_there_and_work_everywhere_else(as_application):
    rights = (
        "SELECT has_table_privilege(%s, 'SELECT, INSERT') AND NOT has_table_privilege(%s, 'UPDATE, DELETE, TRUNCATE')"
    )
    with as_application.cursor() as cursor:
        for table in append_only_tables():
            cursor.execute(rights, [table, table])
            assert cursor.fetchone() == (True,), table
        cursor.execute(
            "SELECT has_table_privilege('communities_school', 'UPDATE') AND has_table_privilege('core_outboxmessage', 'DELETE')"
        )
        assert cursor.fetchone() == (True,)


def test_the_owner_could(as_application):
    """The control: the same statement by the owner is stopped by the trigger instead, or not at all on an empty table."""
    with connection.cursor() as cursor:
        cursor.execute('UPDATE "core_auditentry" SET id = id')


@pytest.mark.django_db
def test_a_role_that_does_not_exist_is_named():
    with pytest.raises(CommandError, match="There is no database role 'nobody_here'"):
        call_command("grant_app_role", "--role", "nobody_here")


@pytest.mark.django_db
def test_the_owner_of_the_tables_cannot_be_the_application():
    with pytest.raises(CommandError, match="owns the tables itself"):
        call_command("grant_app_role", "--role", connection.settings_dict["USER"])


def refused(link, sql: str) -> bool:
    with link.cursor() as cursor:
        try:
            cursor.execute(sql)
        except psycopg2.errors.InsufficientPrivilege:
            return True
    return False


def _role_exists() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [postgres.APPLICATION])
        return cursor.fetchone() is not None
