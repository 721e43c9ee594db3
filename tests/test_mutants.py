"""The list of checks that are taken away one at a time (`make mutants`) must not rot between its runs."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

from scripts.mutants import every_mutant
from scripts.places import ROOT
from tests.test_doors import DOORS

MUTANTS = every_mutant()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.removes)
def test_each_check_is_still_there_and_guarded(mutant):
    path = Path(ROOT, mutant.file)
    without = mutant.instead(path.read_text())

    assert mutant.guards, "no door and no test would notice"
    ast.parse(without)
    assert [door for door in mutant.doors if not _is_a_door(door)] == []
    assert [name for name in mutant.tests if not _is_a_test(name)] == []


def test_there_are_thirty_over_every_app():
    apps = {mutant.file.split("/")[0] for mutant in MUTANTS}

    assert len({(mutant.file, mutant.old) for mutant in MUTANTS}) == len(MUTANTS) >= 30
    assert apps >= {"accounts", "communities", "core", "dashboards", "funding", "meetings", "provision"}


def _is_a_door(door: str) -> bool:
    name, _, method = door.partition(" ")
    return name in DOORS and getattr(DOORS[name], method, None) is not None


def _is_a_test(name: str) -> bool:
    file, _, function = name.partition("::")
    module = import_module(file.removesuffix(".py").replace("/", "."))
    return not function or hasattr(module, function.partition("[")[0])
