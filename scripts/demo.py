"""The whole service on this machine: embedded PostgreSQL, a sample county, web, worker and beat. Ctrl-C stops everything.

The demo lets anybody be anybody, so it answers on the loopback interface only. Another PORT is another, separate demo.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from scripts import postgres, services, turn
from scripts.fingerprint import MIGRATIONS, RIGHTS, fingerprint, remember, remembered
from scripts.places import LOGS, PROGRAMS, PYTHON, ROOT, home
from scripts.processes import dies_with_parent, wait_until
from scripts.services import Services

HOST = "127.0.0.1"
STARTED = time.monotonic()


def main() -> None:
    port = int(os.environ.get("PORT", "8000"))
    place = home(port)
    with turn.taken(place / "turn.lock", say) as ours:
        refuse_taken(port)
        stop_once(ours)
        try:
            with postgres.served(place / "pg", patient=False) as server:
                say("PostgreSQL answers")
                serve(server, place, port, ours)
        finally:
            say("Everything has stopped")


def stop_once(ours: turn.Turn) -> None:
    """Ctrl-C and SIGTERM begin the stopping, and neither can cut it short."""

    def leave(number: int, _frame: object) -> None:
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, signal.SIG_IGN)
        ours.is_ending()
        print(flush=True)
        sys.exit(0 if number == signal.SIGINT else 128 + number)

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, leave)


def serve(server: postgres.Server, place: Path, port: int, ours: turn.Turn) -> None:
    env = environment(server, place, port)
    prepare(server, env)
    with services.running(commands(port, place), env, place / LOGS.name, ours) as running:
        greet(running, port)
        watch(running)


def say(words: str) -> None:
    print(f"  [{time.monotonic() - STARTED:5.1f} s] {words}", flush=True)


def refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            sys.exit(f"Port {port} is in use. Choose another one: make demo PORT={port + 1}")


def environment(server: postgres.Server, place: Path, port: int) -> dict[str, str]:
    broker = place / "broker"
    for folder in ("queue", "processed", "control"):
        (broker / folder).mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DATABASE_URL": server.url(postgres.APPLICATION),
        "BASE_URL": f"http://{HOST}:{port}",
        "BROKER_DIR": str(broker),
        "MEDIA_ROOT": str(place / "media"),
        "REDIS_URL": "",
    }


def prepare(server: postgres.Server, env: dict[str, str]) -> None:
    """Migrate as the owner of the tables; fill them as the role that the service works with. Once for each version."""
    version = fingerprint(MIGRATIONS, *RIGHTS)
    if remembered(server) == version:
        say("Database is up to date, as it was left")
        return
    manage("prepare_database", "-v0", env=env | {"MIGRATE_DATABASE_URL": server.url(postgres.OWNER)})
    say("Database is up to date")
    if list(ROOT.glob("*/management/commands/seed_demo.py")):
        manage("seed_demo", env=env)
        say("Sample county is there")
    remember(server, version)


def manage(*words: str, env: dict[str, str]) -> None:
    finished = subprocess.run(
        [PYTHON, "manage.py", *words],
        cwd=ROOT,
        env=env,
        check=False,
        preexec_fn=dies_with_parent(),
        start_new_session=True,  # Ctrl-C is for us, who end it
    )
    if finished.returncode:
        sys.exit(f"manage.py {words[0]} failed")


def commands(port: int, place: Path) -> dict[str, list[str]]:
    celery = [str(PROGRAMS / "celery"), "-A", "config"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    shape = ["--workers", "2", "--threads", "4", "--preload"]
    return {
        "web": [str(PROGRAMS / "gunicorn"), "config.wsgi", "-b", f"{HOST}:{port}", *shape],
        "worker": [*celery, "worker", "-l", "INFO", "-c", "2", *quiet],
        "beat": [*celery, "beat", "-l", "INFO", "-s", str(place / "beat-schedule"), "--pidfile="],
    }


def greet(running: Services, port: int) -> None:
    address = f"http://{HOST}:{port}"
    if not wait_until(lambda: running.fallen() != "" or is_ready(address), seconds=60, every=0.1) or running.fallen():
        sys.exit(f"{running.fallen() or 'web'} did not start: see the logs in .state")
    say(f"Ready. Open {address}/  (Ctrl-C stops everything)")


def is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health/ready", timeout=5) as answer:  # noqa: S310 -- our own address
            return bool(json.load(answer)["status"] == "ready")
    except (OSError, urllib.error.URLError):
        return False


def watch(running: Services) -> None:
    """Until Ctrl-C; a service that goes on dying ends the demo."""
    while True:
        if name := running.fallen():
            if not running.start_again(name):
                sys.exit(f"{name} stopped by itself again and again: see its log in .state")
            say(f"{name} stopped by itself and was started again: its log in .state says why")
        time.sleep(0.5)


if __name__ == "__main__":
    main()
