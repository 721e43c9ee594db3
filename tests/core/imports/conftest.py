"""The made-up importer, for as long as a test needs it."""

import pytest

from core.imports import base
from tests.core.imports.files import Districts


@pytest.fixture
def made_up(monkeypatch) -> Districts:
    importer = Districts()
    monkeypatch.setitem(base.IMPORTERS, "made-up", importer)
    return importer
