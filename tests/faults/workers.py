"""Real Celery workers and a real beat beside a test, and how to kill the very process that is speaking to us."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def environment(**more: str) -> dict[str, str]:
    """What a worker needs to work on this test's database."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
    return {**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.faults.settings", **more}


class Worker:
    """One worker with two processes; `restart` starts it (again) in a session of its own."""

    def __init__(self, env: dict[str, str], log: Path) -> None:
        self.env, self.log, self.starts = env, log, 0
        self.restart()

    def restart(self) -> None:
        options = (
            "--concurrency=2",
            "--loglevel=WARNING",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        )
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "config", "worker", *options],
                env=self.env, cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.starts += 1

    def kill(self) -> None:
        """`kill -9` of the worker and of all its processes."""
        os.killpg(self.process.pid, signal.SIGKILL)

    def end(self) -> None:
        if not self.is_dead():
            self.kill()
        self.process.wait()

    def kill_the_one_on_port(self, port: int) -> None:
        """`kill -9` of the one process that holds the client end of this connection."""
        if pid := self._holder(port):
            os.kill(pid, signal.SIGKILL)

    def is_dead(self) -> bool:
        return self.process.poll() is not None

    def _children(self) -> list[int]:
        return [
            int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]

    def _holder(self, port: int) -> int | None:
        rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        inodes = {f"socket:[{row[9]}]" for row in rows if int(row[1].split(":")[1], 16) == port}
        for pid in self._children():
            for descriptor in Path(f"/proc/{pid}/fd").iterdir():
                if os.readlink(descriptor) in inodes:
                    return pid
        return None


class Beat:
    """The timetable, as docker/beat.sh starts it. `sent` counts what it has asked of workers so far."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self.log = folder / "beat.log"
        options = ("--loglevel=INFO", "--schedule", str(folder / "beat-schedule"), "--pidfile=")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "config", "beat", *options],
                env=env, cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def sent(self, name: str) -> int:
        return self.log.read_text().count(f"Sending due task {name} ")

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
