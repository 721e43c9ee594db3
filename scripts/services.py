"""The processes of the demo: started together, each started again when it dies, stopped together."""

import contextlib
import os
import signal
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scripts.places import ROOT
from scripts.processes import dies_with_parent, end
from scripts.turn import Turn

Child = subprocess.Popen[bytes]
PATIENCE = 3  # deaths of one service within a minute


@dataclass
class Services:
    """`commands` by name; each writes to its own file in `logs`. `ours` is the lock that they share."""

    commands: dict[str, list[str]]
    env: dict[str, str]
    logs: Path
    ours: Turn
    children: dict[str, Child] = field(default_factory=dict)
    deaths: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def start(self, name: str) -> None:
        with (self.logs / f"{name}.log").open("ab" if name in self.children else "wb") as output:
            self.children[name] = subprocess.Popen(
                self.commands[name],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=[self.ours.number],
                preexec_fn=dies_with_parent(),
                start_new_session=True,  # Ctrl-C is for us, who stop them in order
            )

    def fallen(self) -> str:
        """The name of one that has stopped by itself; empty when all run."""
        return next((name for name, child in self.children.items() if child.poll() is not None), "")

    def start_again(self, name: str) -> bool:
        """Begin a fallen service anew. False, and nothing begun, when it dies for the third time within a minute."""
        now = time.monotonic()
        self.deaths[name] = [at for at in self.deaths[name] if now - at < 60] + [now]
        if len(self.deaths[name]) >= PATIENCE:
            return False
        leave_nothing_of(self.children[name])
        self.start(name)
        return True

    def stop(self) -> None:
        """Ask all at once, then wait for each; nothing of a group that does not listen is left."""
        for child in self.children.values():
            child.send_signal(signal.SIGTERM)
        for child in self.children.values():
            end(child, signal.SIGTERM, patience=10)
            leave_nothing_of(child)


@contextlib.contextmanager
def running(commands: dict[str, list[str]], env: dict[str, str], logs: Path, ours: Turn) -> Iterator[Services]:
    """All of them, until the block ends."""
    logs.mkdir(parents=True, exist_ok=True)
    services = Services(commands, env, logs, ours)
    try:
        for name in commands:
            services.start(name)
        yield services
    finally:
        services.stop()


def leave_nothing_of(child: Child) -> None:
    """End what a process that has gone left in its group: its own children, who would hold the port or the queue."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
