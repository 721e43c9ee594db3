"""A database migrated once and copied for every test run: its name is a hash of the migrations, so it is never stale."""

import fcntl
import os
import subprocess

from scripts import postgres
from scripts.fingerprint import MIGRATIONS, fingerprint
from scripts.places import PYTHON, ROOT, STATE
from scripts.processes import dies_with_parent

PREFIX = "migrated"


def migrated(server: postgres.Server) -> str:
    """The name of a database at the newest migrations; built when there is none."""
    name = PREFIX + fingerprint(MIGRATIONS)
    with (STATE / "template.lock").open("ab") as lock:  # two runs that start together build it once
        fcntl.flock(lock, fcntl.LOCK_EX)
        if name not in (known := _known(server)):
            for old in known:
                server.run(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
            _build(server, name)
    return name


def fresh(server: postgres.Server, name: str) -> dict[str, str]:
    """A new database at the newest migrations, and the environment in which the service works on it with its own role."""
    server.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    server.run(f'CREATE DATABASE "{name}" TEMPLATE "{migrated(server)}" OWNER {postgres.OWNER}')
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "LOG_LEVEL": "ERROR"}
    grant = [PYTHON, "manage.py", "grant_app_role", "--role", postgres.APPLICATION, "-v0"]
    as_owner = {**env, "DATABASE_URL": server.url(postgres.OWNER, database=name)}
    subprocess.run(grant, cwd=ROOT, env=as_owner, check=True, preexec_fn=dies_with_parent())
    return {**env, "DATABASE_URL": server.url(postgres.APPLICATION, database=name)}


def _known(server: postgres.Server) -> list[str]:
    return [str(name) for (name,) in server.run(f"SELECT datname FROM pg_database WHERE datname LIKE '{PREFIX}%'")]


def _build(server: postgres.Server, name: str) -> None:
    unfinished = f"{PREFIX}unfinished"
    server.run(f"CREATE DATABASE {unfinished} OWNER {postgres.OWNER}")
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": server.url(postgres.OWNER, database=unfinished),
    }
    command = [PYTHON, "manage.py", "migrate", "-v0"]
    subprocess.run(command, cwd=ROOT, env=env, check=True, preexec_fn=dies_with_parent())
    server.run(f"ALTER DATABASE {unfinished} RENAME TO {name}")
