"""Measure the pages: `python -m scripts.bench` (or `make bench`) prints the figures as JSON, and in words what is too slow.

A PostgreSQL of its own, the application's own database role. The sample county as the demo has it is `small`; `large` is
the same county a hundred times over. `ratio` is a page's requests per second over those of an empty signed-in page.
"""

import json
import subprocess
import sys
import time
from typing import Any

from scripts import postgres
from scripts.benching.bounds import misses
from scripts.benching.pages import PAGES
from scripts.benching.turns import Env, measure
from scripts.places import PYTHON, ROOT, STATE
from scripts.processes import dies_with_parent, terminate_means_exit
from scripts.template import fresh

SETTINGS = ("shared_buffers=256MB", "maintenance_work_mem=256MB", "max_wal_size=4GB", "autovacuum=off")
SMALL, LARGE = "bench_small", "bench_large"


def main() -> int:
    terminate_means_exit()
    with postgres.served(STATE / "pg-bench", durable=False, settings=SETTINGS) as server:
        counties = build(server)
        say("pages are being measured, in the small county and in the large one by turns")
        pages = measure(counties, sys.argv[1:] or PAGES)
    too_slow = misses(pages)
    print(json.dumps({"pages": pages, "misses": too_slow, "seconds": round(time.monotonic() - STARTED)}, indent=2))
    sys.stderr.writelines(f"{sentence}\n" for sentence in too_slow)
    return 1 if too_slow else 0


def build(server: postgres.Server) -> dict[str, Env]:
    """The two counties, each in a database of its own."""
    small = fresh(server, SMALL)
    say("the sample county is being built")
    run([PYTHON, "manage.py", "seed_demo"], {**small, "DEMO": "1"})
    step(small, "sit_down")
    say("and copied a hundred times")
    server.run(f"DROP DATABASE IF EXISTS {LARGE} WITH (FORCE)")
    server.run(f"CREATE DATABASE {LARGE} TEMPLATE {SMALL} OWNER {postgres.OWNER}")
    if faults := step({**small, "DATABASE_URL": server.url(postgres.SUPERUSER, database=LARGE)}, "enlarge"):
        raise SystemExit("\n".join(faults))
    server.run("VACUUM ANALYZE", database=SMALL)
    return {"small": small, "large": {**small, "DATABASE_URL": server.url(postgres.APPLICATION, database=LARGE)}}


def step(env: Env, word: str) -> Any:
    return json.loads(run([PYTHON, "-m", "scripts.benching", word], env).splitlines()[-1])


def run(command: list[str], env: Env) -> str:
    done = subprocess.run(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=False, preexec_fn=dies_with_parent()
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command[1:])} failed")
    return done.stdout


def say(words: str) -> None:
    sys.stderr.write(f"  [{time.monotonic() - STARTED:5.1f} s] {words}\n")


STARTED = time.monotonic()

if __name__ == "__main__":
    sys.exit(main())
