"""Two counties, page by page and turn by turn: what slows the machine for a while slows the same page in both."""

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from statistics import median
from typing import IO, Any, cast

from scripts.places import PYTHON, ROOT
from scripts.processes import dies_with_parent

Pairs = list[tuple[float, float]]
Env = dict[str, str]


def measure(counties: Mapping[str, Env], names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The figures of each page in each county."""
    with ExitStack() as stack:
        children = {size: stack.enter_context(_measuring(env)) for size, env in counties.items()}
        turns = [*children, *reversed(children)]
        return {name: figures_of([(size, _ask(children[size], name)) for size in turns]) for name in names}


def ratio_of(pairs: Pairs) -> float:
    """Requests per second over those of the empty page: the seconds the other way round."""
    return median(nothing for _took, nothing in pairs) / median(took for took, _nothing in pairs)


def figures_of(turns: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """Of each county, from all its turns: the ratio, how many queries a request makes, and its milliseconds."""
    pairs: dict[str, Pairs] = defaultdict(list)
    queries: dict[str, int] = defaultdict(int)
    for size, timings in turns:
        pairs[size] += timings["pairs"]
        queries[size] = max(queries[size], timings["queries"])
    return {
        size: {
            "ratio": round(ratio_of(timed), 3),
            "queries": queries[size],
            "ms": round(1000 * median(took for took, _nothing in timed), 1),
        }
        for size, timed in pairs.items()
    }


def _measuring(env: Env) -> "subprocess.Popen[str]":
    """A process that measures the pages it is told, until nobody tells it any more."""
    command, pipe = [PYTHON, "-m", "scripts.benching", "measure"], subprocess.PIPE
    return subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe, text=True, bufsize=1, preexec_fn=dies_with_parent()
    )


def _ask(child: "subprocess.Popen[str]", name: str) -> dict[str, Any]:
    """The timings of one page. Raises SystemExit when the child has ended: it has said why."""
    asked, answers = cast("tuple[IO[str], IO[str]]", (child.stdin, child.stdout))
    asked.write(f"{name}\n")
    for line in answers:
        if line.startswith('{"pairs"'):
            timings: dict[str, Any] = json.loads(line)
            return timings
    raise SystemExit(f"{name} was not measured")
