"""Take one check away at a time, and see whether the tests notice: `python -m scripts.mutants [words of the ones to try]`.

scripts/mutants.toml names each check (file, exact text, what stands instead) and the doors and tests that must fail without
it. They run in a copy of the tree, on one PostgreSQL; unharmed they must pass. Prints JSON; a survivor is a missing test.
"""

import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.places import PYTHON, ROOT
from scripts.processes import dies_with_parent, terminate_means_exit
from scripts.test import servers

DOORS = "tests/test_doors.py::test_each_door_opens_only_for_the_right_people"
LEFT_OUT = (
    ".venv",
    ".state",
    ".git",
    "node_modules",
    "media",
    "test-results",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
)
QUIET = ("-q", "-x", "-p", "no:randomly", "--no-header")
PASSED, FAILED = 0, 1
WORKERS = min(2, os.cpu_count() or 1)


class Rotten(Exception):
    """The text a mutant takes away is not in its file exactly once."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """`doors` are rows of the doors table ("meetings:agenda get"), `tests` other tests by their pytest names."""

    removes: str
    file: str
    old: str
    new: str
    doors: Sequence[str] = ()
    tests: Sequence[str] = ()

    @property
    def guards(self) -> list[str]:
        """What must fail while the check is away, as pytest calls it."""
        return [*(f"{DOORS}[{door.replace(' ', '-')}]" for door in self.doors), *self.tests]

    def instead(self, text: str) -> str:
        """The file without the check. Raises Rotten."""
        if text.count(self.old) != 1:
            raise Rotten(f"{self.file}: found {text.count(self.old)} times, not once: {self.old}")
        return text.replace(self.old, self.new)


def every_mutant() -> list[Mutant]:
    """The list as it is written."""
    rows: list[dict[str, Any]] = tomllib.loads((ROOT / "scripts/mutants.toml").read_text())["mutant"]
    return [Mutant(**row) for row in rows]


class Copy:
    """A throw-away copy of the tree with a database and a cache of its own."""

    def __init__(self, number: int, folder: Path, env: dict[str, str]) -> None:
        self.root = folder / f"tree-{number}"
        cache = env["REDIS_URL"].rpartition("/")[0]
        self.env = env | {"DATABASE_URL": f"{env['DATABASE_URL']}_{number}", "REDIS_URL": f"{cache}/{number}"}
        shutil.copytree(ROOT, self.root, ignore=shutil.ignore_patterns(*LEFT_OUT))

    def run(self, guards: Iterable[str], **more: str) -> subprocess.CompletedProcess[str]:
        """Run these tests in the copy."""
        command = [PYTHON, "-m", "pytest", *QUIET, *guards]
        return subprocess.run(
            command, cwd=self.root, env=self.env | more, capture_output=True, text=True, check=False,
            preexec_fn=dies_with_parent(),
        )  # fmt: skip

    def without(self, mutant: Mutant) -> int:
        """How pytest ends while the check is away."""
        path = self.root / mutant.file
        text, times = path.read_text(), (path.stat().st_atime, path.stat().st_mtime)
        path.write_text(mutant.instead(text))
        # Compiled files are believed by date and size: this one must never be kept, and the true one found again.
        os.utime(path, (times[0], times[1] + 60))
        try:
            return self.run(mutant.guards, PYTHONDONTWRITEBYTECODE="1").returncode
        finally:
            path.write_text(text)
            os.utime(path, times)


def main(words: list[str]) -> int:
    terminate_means_exit()
    mutants = [one for one in every_mutant() if all(word in f"{one.file} {one.removes}" for word in words)]
    started = time.monotonic()
    with servers() as env, tempfile.TemporaryDirectory(prefix="cos-mutants-") as folder:
        copies: queue.Queue[Copy] = queue.Queue()
        for number in range(WORKERS):
            copies.put(Copy(number, Path(folder), env))
        _control(copies, mutants)
        with ThreadPoolExecutor(WORKERS) as pool:
            ends = list(pool.map(lambda one: _try(copies, one), mutants))
    said = {"mutants": len(mutants), "caught": ends.count(FAILED), **_named(mutants, ends)}
    print(json.dumps(said | {"seconds": round(time.monotonic() - started)}, indent=2))
    return 0 if said["caught"] == len(mutants) else 1


def _control(copies: "queue.Queue[Copy]", mutants: list[Mutant]) -> None:
    """With every check in its place the same tests pass; otherwise anything would count as caught."""
    copy = copies.get()
    finished = copy.run(dict.fromkeys(name for one in mutants for name in one.guards))
    copies.put(copy)
    if finished.returncode != PASSED:
        raise SystemExit(f"The tests fail with every check in its place:\n{finished.stdout[-6000:]}{finished.stderr}")


def _try(copies: "queue.Queue[Copy]", mutant: Mutant) -> int:
    copy = copies.get()
    try:
        end = copy.without(mutant)
    finally:
        copies.put(copy)
    word = {PASSED: "SURVIVED", FAILED: "caught"}.get(end, f"BROKEN ({end})")
    print(f"  {word:9} {mutant.file}: {mutant.removes}", file=sys.stderr, flush=True)
    return end


def _named(mutants: list[Mutant], ends: list[int]) -> dict[str, list[str]]:
    """Those nobody noticed, and those with which nothing ran at all."""
    named = {"survived": (PASSED,), "broken": tuple(set(ends) - {PASSED, FAILED})}
    return {
        word: [f"{one.file}: {one.removes}" for one, end in zip(mutants, ends, strict=True) if end in which]
        for word, which in named.items()
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
