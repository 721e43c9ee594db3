"""Run pytest on a real PostgreSQL and a real Redis: `python -m scripts.test tests/funding -k ledger`.

Every word is passed to pytest. Servers already named by DATABASE_URL and REDIS_URL are used instead of our own. Runs in one
tree share a server, each with a database of its own name.
"""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator

from scripts import postgres, redis_server, template
from scripts.places import PYTHON, STATE
from scripts.processes import foreground, terminate_means_exit

# The first is Chromium without a window around its pages, where the journeys take a third less of the processor.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def main(arguments: list[str]) -> int:
    terminate_means_exit()
    with servers() as env:
        return foreground([PYTHON, "-m", "pytest", *arguments], env=env)


@contextlib.contextmanager
def servers() -> Iterator[dict[str, str]]:
    """The environment in which pytest finds its servers, for as long as the block lasts."""
    with contextlib.ExitStack() as stack:
        env = {"DJANGO_SETTINGS_MODULE": "config.settings.test", **_browser(), **os.environ}
        env["TMPDIR"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="cos-run-", ignore_cleanup_errors=True))
        if "DATABASE_URL" not in env:
            server = stack.enter_context(postgres.served(STATE / "pg-test", durable=False))
            env["DATABASE_URL"] = _database(server)
            env["TEST_TEMPLATE"] = template.migrated(server)
        if "REDIS_URL" not in env:
            env["REDIS_URL"] = stack.enter_context(redis_server.served())
        yield env


def _database(server: postgres.Server) -> str:
    """A name for this run alone; what killed runs left behind is dropped when nobody else is here."""
    if server.ours:
        server.run(f"ALTER ROLE {postgres.OWNER} CREATEDB")
        # The flush between transactional tests steps around append-only triggers; only here may the owner do so.
        server.run(f"GRANT SET ON PARAMETER session_replication_role TO {postgres.OWNER}")
        for (name,) in server.run("SELECT datname FROM pg_database WHERE datname LIKE 'test_cos%'"):
            server.run(f'DROP DATABASE "{name}"')
    return server.url(postgres.OWNER, database=f"cos_{os.getpid()}")


def _browser() -> dict[str, str]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {"CHROMIUM": found} if found else {}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
