"""Run a command beside this tree's own PostgreSQL: `python -m scripts.with_postgres [--redis] python manage.py shell`.

The demo's server is used when it runs; otherwise one is started for as long as the command takes. The command works as
the role which owns the tables, so that it may migrate.
"""

import contextlib
import os
import sys

from scripts import postgres, redis_server
from scripts.places import PROGRAMS, STATE
from scripts.processes import foreground, terminate_means_exit


def main(arguments: list[str]) -> int:
    wants_redis = arguments[:1] == ["--redis"]
    command = arguments[1:] if wants_redis else arguments
    if not command:
        raise SystemExit(__doc__)
    terminate_means_exit()
    with contextlib.ExitStack() as servers:
        env = {**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
        if "DATABASE_URL" not in env:
            env["DATABASE_URL"] = servers.enter_context(postgres.served(STATE / "pg")).url(postgres.OWNER)
        if wants_redis and "REDIS_URL" not in env:
            env["REDIS_URL"] = servers.enter_context(redis_server.served())
        return foreground(command, env=env)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
