"""Reads for the pages of imports. A person sees the runs of the kinds they may load, and no others."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.imports import base
from core.imports.base import Importer
from core.models import ImportRow, ImportRun
from core.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Kind:
    """An importer and the newest run of it that was loaded."""

    importer: Importer
    last: ImportRun | None


def may_load_anything(person: Any) -> Verdict:
    """Yes when the person may load some kind; otherwise the reason of the first."""
    verdicts = [importer.may(person) for importer in base.everything()]
    return next((verdict for verdict in verdicts if verdict), verdicts[0])


def kinds_for(person: Any) -> list[Kind]:
    """What the person may load, with the last time it was."""
    importers = [importer for importer in base.everything() if importer.may(person)]
    loaded = ImportRun.objects.filter(state=ImportRun.State.DONE, kind__in=[found.kind for found in importers])
    newest = {run.kind: run for run in loaded.order_by("kind", "-finished_at").distinct("kind")}
    return [Kind(importer, newest.get(importer.kind)) for importer in importers]


def runs_for(person: Any, *, kind: str | None = None) -> "QuerySet[ImportRun]":
    """Runs the person may see, newest first."""
    kinds = [importer.kind for importer in base.everything() if importer.may(person)]
    found = ImportRun.objects.filter(kind__in=kinds).select_related("uploaded_by")
    return found.filter(kind=kind) if kind else found


def run_of(person: Any, kind: str, run_id: int) -> ImportRun | None:
    """One run with the people who dealt with it; None when it is not there for this person."""
    people = ("uploaded_by", "confirmed_by", "undone_by", "discarded_by")
    return runs_for(person, kind=kind).select_related(*people).filter(pk=run_id).first()


def rows_of(run: ImportRun, change: str) -> "QuerySet[ImportRow]":
    """The rows with one kind of change, in the order of the file."""
    return run.rows.filter(change=change).order_by("position")


def faulty_rows(run: ImportRun) -> "QuerySet[ImportRow]":
    """Every line with faults."""
    return rows_of(run, ImportRow.Change.FAULTY)
