"""The only writers of runs. Nothing of a file reaches a register before a person has confirmed the whole of it."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files import File
from django.db import OperationalError, transaction

from core import audit, idempotency, outbox
from core.idempotency import KeyReused as KeyReused
from core.imports import base, permissions, preview, working
from core.imports.tables import Unreadable
from core.imports.text_files import refuse_other_kinds
from core.models import ImportRow, ImportRun
from core.verdicts import require

State = ImportRun.State
READ, APPLY = "core.import_read", "core.import_apply"


class UploadRefused(Exception):
    """The file cannot be taken at all; the message says what to upload instead."""


class NotLoaded(Exception):
    """`run_to_end` met a faulty file; the message holds its first sentences."""


@transaction.atomic
def upload(*, kind: str, file: "File[bytes]", name: str, by: Any, now: datetime, key: UUID | None = None) -> ImportRun:
    """Keep a file and promise to read it. The same form (`key`) sent twice gives the first run.

    Raises Refused or UploadRefused.
    """
    importer = base.IMPORTERS[kind]
    require(importer.may(by))
    sha256 = _checked(importer, file, name)
    claim = key and idempotency.claim(key=key, purpose=f"import:{kind}", by=by, body={"sha256": sha256})
    if claim and claim.answer:
        return ImportRun.objects.get(pk=claim.answer["run"])
    run = _store(kind, file, name, sha256, by, now)
    outbox.promise(topic=READ, key=f"{run.pk}:{now.isoformat()}", payload={"run": run.pk})
    if claim:
        claim.settle(run=run.pk)
    return run


@transaction.atomic
def confirm(*, run_id: int, by: Any, now: datetime) -> ImportRun:
    """Promise to load what the preview shows. Confirming twice is confirming once. Raises Refused."""
    run = _locked(run_id, by)
    if run.state in (*permissions.UNDER_WAY, State.DONE):
        return run
    _confirm(run, by, now)
    outbox.promise(topic=APPLY, key=f"{run.pk}:{now.isoformat()}", payload={"run": run.pk})
    return run


@transaction.atomic
def compare_again(*, run_id: int, by: Any, now: datetime) -> ImportRun:
    """Throw the preview away and read the file once more. Raises Refused."""
    run = _locked(run_id, by)
    require(permissions.may_compare_again(run))
    run.rows.all().delete()
    run.state, run.sentence, run.counts, run.digest = State.UPLOADED, "", {}, ""
    run.confirmed_by = run.confirmed_at = None
    run.progress_done = run.progress_total = 0
    run.save()
    outbox.promise(topic=READ, key=f"{run.pk}:{now.isoformat()}", payload={"run": run.pk})
    return run


@transaction.atomic
def discard(*, run_id: int, by: Any, now: datetime) -> ImportRun:
    """Throw the file and its preview away; that there was one stays in the history. Raises Refused."""
    run = _locked(run_id, by)
    require(permissions.may_discard(run))
    run.rows.all().delete()
    run.state, run.discarded_by, run.discarded_at = State.DISCARDED, by, now
    run.confirmed_by = run.confirmed_at = None
    run.save()
    audit.record(action="core.import_discarded", target=run, by=by, at=now, kind=run.kind)
    name, storage = str(run.file.name), run.file.storage
    transaction.on_commit(lambda: storage.delete(name))
    return run


def undo(*, run_id: int, by: Any, now: datetime) -> ImportRun:
    """Put everything back as it was before this file. Raises Refused, or CannotUndo when later changes stand on it or
    somebody is changing the same things this very moment.
    """
    try:
        return _undo(run_id, by, now)
    except (working.Busy, OperationalError) as error:
        raise base.CannotUndo("Something else is being changed at this moment. Try again in a minute.") from error


def run_to_end(*, kind: str, path: Path, by: Any, now: datetime) -> ImportRun:
    """Read, compare, confirm and load a file at once, for seeding. Returns the run: `ready` when there is no change.

    Raises NotLoaded with the first faults, Refused or UploadRefused.
    """
    importer = base.IMPORTERS[kind]
    require(importer.may(by))
    with path.open("rb") as opened:
        file = File(opened, name=path.name)
        run = _store(kind, file, path.name, _checked(importer, file, path.name), by, now)
    working.read(run.pk)
    run.refresh_from_db()
    if run.state != State.READY or run.counts["faulty"]:
        raise NotLoaded(_first_faults(run))
    if not permissions.changes_in(run):
        return run
    _confirm(run, by, now)
    working.apply(run.pk, now=now)
    run.refresh_from_db()
    if run.state != State.DONE:
        raise NotLoaded(run.sentence)
    return run


def _checked(importer: base.Importer, file: "File[bytes]", name: str) -> str:
    """The file's hash, when its name, size and first bytes are such as the importer takes."""
    if not name.lower().endswith(importer.accepts):
        raise UploadRefused(f"Upload {' or '.join(_kind_of_file(ending) for ending in importer.accepts)}.")
    if file.size > importer.most_bytes:
        raise UploadRefused(f"The file is larger than {importer.most_bytes // 1024**2} MB, which is the most.")
    digest, start = hashlib.sha256(), b""
    for chunk in file.chunks():
        start = start or chunk[:16]
        digest.update(chunk)
    if name.lower().endswith(".xlsx") and start and not start.startswith(b"PK"):
        raise UploadRefused("This is not an XLSX workbook, whatever its name says. Save it again in Excel.")
    if not name.lower().endswith(".xlsx") or not start:
        try:
            refuse_other_kinds(start)
        except Unreadable as error:
            raise UploadRefused(str(error)) from error
    return digest.hexdigest()


def _kind_of_file(ending: str) -> str:
    return {".csv": "a CSV file", ".xlsx": "an Excel workbook (XLSX)"}.get(ending, ending)


@transaction.atomic
def _store(kind: str, file: "File[bytes]", name: str, sha256: str, by: Any, now: datetime) -> ImportRun:
    file.seek(0)
    run = ImportRun(
        kind=kind, original_name=name[-200:], size=file.size, sha256=sha256, uploaded_by=by, uploaded_at=now
    )  # fmt: skip
    run.file.save(name, file, save=False)
    run.save()
    audit.record(action="core.import_uploaded", target=run, by=by, at=now, kind=kind, sha256=sha256)
    return run


def _locked(run_id: int, by: Any) -> ImportRun:
    run = ImportRun.objects.select_for_update().get(pk=run_id)
    require(base.IMPORTERS[run.kind].may(by))
    return run


@transaction.atomic
def _undo(run_id: int, by: Any, now: datetime) -> ImportRun:
    working.hold()
    run = _locked(run_id, by)
    require(permissions.may_undo(run))
    importer = base.IMPORTERS[run.kind]
    importer.lock()
    rows = run.rows.filter(change__in=permissions.DIFFERENT).order_by("-position")
    importer.undo(preview.changes_of(rows), by=by, now=now)
    run.state, run.undone_by, run.undone_at = State.UNDONE, by, now
    run.save(update_fields=["state", "undone_by", "undone_at"])
    audit.record(action="core.import_undone", target=run, by=by, at=now, kind=run.kind, counts=run.counts)
    return run


@transaction.atomic
def _confirm(run: ImportRun, by: Any, now: datetime) -> None:
    require(permissions.may_confirm(run))
    run.state, run.confirmed_by, run.confirmed_at = State.CONFIRMED, by, now
    run.progress_done = run.progress_total = 0
    run.save(update_fields=["state", "confirmed_by", "confirmed_at", "progress_done", "progress_total"])
    audit.record(
        action="core.import_confirmed", target=run, by=by, at=now, kind=run.kind, counts=run.counts, digest=run.digest
    )  # fmt: skip


def _first_faults(run: ImportRun) -> str:
    rows = run.rows.filter(change=ImportRow.Change.FAULTY)[:5]
    said = [f"Line {row.line}: {fault['sentence']}" for row in rows for fault in row.faults]
    return run.sentence or "\n".join(said)
