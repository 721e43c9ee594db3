"""Race the money: `python -m scripts.race` (or `make race`) prints what happened as JSON.

A PostgreSQL of its own, the application's own database role, 50 connections. Three heats: approvals for more money than
there is; the same without the lock and without the CHECK, which must overspend, or the first heat proves nothing; forms
sent several times at once with one key. Then 24 attempts to write round the services.
"""

import json
import subprocess
import sys
import time
from typing import Any

from scripts import postgres
from scripts.places import PYTHON, ROOT, STATE
from scripts.processes import dies_with_parent, terminate_means_exit
from scripts.template import fresh

PROCESSES, THREADS, BUDGETS = 2, 25, 20
APPROVALS, CONTROL, KEYS = 10_000, 2_000, 1_000
POUNDS = 250_000  # in each budget; what is asked for is about 2.5 times what there is


def main() -> int:
    terminate_means_exit()
    with postgres.served(STATE / "pg-race", durable=False) as server:
        results = heats(server)
    print(json.dumps(results, indent=2))
    held = results["overspent"] == results["ledger_mismatch"] == 0 and results["control_overspent"] > 0
    once = results["double_submissions"]["effects"] == KEYS
    return 0 if held and once and results["sql_attempts_refused"] == 24 else 1


def heats(server: postgres.Server) -> dict[str, Any]:
    """Each heat in a database of its own."""
    started = time.monotonic()
    race, control = fresh(server, "race"), fresh(server, "race_control")
    _run(race, "prepare", BUDGETS, POUNDS)
    _run(control, "prepare", BUDGETS, POUNDS * CONTROL // APPROVALS)
    server.run('ALTER TABLE funding_budget DROP CONSTRAINT "never_spend_more_than_is_free"', database="race_control")
    approvals = _run_many(race, "approve", APPROVALS)
    _run_many(control, "approve_carelessly", CONTROL)
    doubles = _run_many(race, "submit_twice", KEYS)
    books, careless = _run(race, "books")[0], _run(control, "books")[0]
    return {
        "approvals": APPROVALS,
        "granted": sum(found["granted"] for found in approvals),
        "refused": sum(found["refused"] for found in approvals),
        "please_try_again": sum(found["busy"] for found in approvals),
        "errors": sum(found["errors"] for found in approvals),
        "connections": PROCESSES * THREADS,
        "budgets": BUDGETS,
        "slowest_99th_ms": max(found["p99_ms"] for found in approvals),
        "overspent": books["overspent"],
        "ledger_mismatch": books["mismatch"],
        "control_approvals": CONTROL,
        "control_overspent": careless["overspent"],
        "double_submissions": {"sent": sum(found["sent"] for found in doubles), "effects": books["effects"]},
        "sql_attempts_refused": _run(race, "go_round")[0]["refused"],
        "seconds": {
            "approvals": max(found["seconds"] for found in approvals),
            "doubles": max(found["seconds"] for found in doubles),
            "all": round(time.monotonic() - started),
        },
    }


def _run(env: dict[str, str], act: str, count: int = 0, number: int = 0) -> list[dict[str, Any]]:
    return _answers([_start(env, act, count, number)])


def _run_many(env: dict[str, str], act: str, count: int) -> list[dict[str, Any]]:
    """The same act in every process, the work shared out."""
    return _answers([_start(env, act, count // PROCESSES, number) for number in range(PROCESSES)])


def _start(env: dict[str, str], act: str, count: int, number: int) -> subprocess.Popen[str]:
    command = [PYTHON, "-m", "scripts.racers", act, str(count), str(number), str(THREADS)]
    return subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, preexec_fn=dies_with_parent()
    )


def _answers(children: list[subprocess.Popen[str]]) -> list[dict[str, Any]]:
    answers = []
    for child in children:
        out, _ = child.communicate()
        if child.returncode:
            raise SystemExit(f"A racer fell: {child.args!r}")
        answers.append(json.loads(out.splitlines()[-1]))
    return answers


if __name__ == "__main__":
    sys.exit(main())
