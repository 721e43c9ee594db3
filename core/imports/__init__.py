"""Files the county loads: read safely, compared with what is there, checked by a person, loaded whole, taken back whole.

Apps register one class for each kind of file; docs/imports.md says how.
"""

from core.imports.base import (
    CannotUndo,
    Change,
    Importer,
    Record,
    importer,
    with_kind,
)
from core.imports.tables import Column, Row, Sheet, Table, Unreadable

__all__ = [
    "CannotUndo",
    "Change",
    "Column",
    "Importer",
    "Record",
    "Row",
    "Sheet",
    "Table",
    "Unreadable",
    "importer",
    "with_kind",
]
