"""One demo a place. Its processes share a lock, so that the place is free only when the last of them has gone."""

import contextlib
import fcntl
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from scripts.processes import wait_until

PATIENCE = 60


@dataclass(frozen=True)
class Turn:
    """Ours. The file holds the number of a process that serves; nothing while it is being stopped."""

    file: IO[str]

    @property
    def number(self) -> int:
        """What a child must inherit to share the lock."""
        return self.file.fileno()

    def is_beginning(self) -> None:
        self._write(str(os.getpid()))

    def is_ending(self) -> None:
        self._write("")

    def _write(self, words: str) -> None:
        self.file.truncate(0)
        self.file.write(words)
        self.file.flush()


@contextlib.contextmanager
def taken(path: Path, say: Callable[[str], None]) -> Iterator[Turn]:
    """Wait for a demo that is still stopping; leave with a sentence when one is at work."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        if not _free(file):
            if _at_work(path.read_text()):
                sys.exit("The demo runs here already. Stop it first, or choose another port: make demo PORT=8001")
            say("The last demo is still stopping: waiting for it")
            if not wait_until(lambda: _free(file), seconds=PATIENCE):
                sys.exit("It has not stopped: see the logs in .state")
        turn = Turn(file)
        turn.is_beginning()
        try:
            yield turn
        finally:
            turn.is_ending()


def _free(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _at_work(number: str) -> bool:
    try:
        os.kill(int(number), 0)  # asks only whether it is there
    except (ValueError, ProcessLookupError):
        return False
    return True
