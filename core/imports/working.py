"""What the worker does with a run. Each step may run twice: it looks at the run's state under its lock first."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import DataError, IntegrityError, InterfaceError, OperationalError, connection, transaction

from core import audit, outbox
from core.imports import base, preview
from core.imports.tables import Table, Unreadable
from core.models import ImportRow, ImportRun
from core.verdicts import Refused

log = logging.getLogger(__name__)

ONE_AT_A_TIME = 7_202_612
FINISHED = "core.import_finished"
OURS = "Something went wrong on our side, and nothing was loaded. Try again; if it happens again, tell the help desk."
MOVED = (
    "What is held here has changed since the file was compared with it, so what you confirmed is no longer what would "
    "happen. Nothing was loaded."
)
CLASH = "The file clashes with what is held here in a way the comparison did not foresee. Nothing was loaded."
State = ImportRun.State


class Busy(outbox.NotYet):
    """Another file is being loaded: this one waits its turn."""


class Outdated(Exception):
    """The preview a person confirmed is no longer what would happen."""


def read(run_id: int) -> None:
    """Read the file and keep the preview, or the sentence why it cannot be read."""
    run = _begin(run_id, (State.UPLOADED, State.READING), State.READING)
    if run is None:
        return
    try:
        found = _read(run)
    except Unreadable as error:
        _stop(run_id, State.READING, State.REFUSED, str(error))
    except (OperationalError, InterfaceError):
        raise  # the database is away: the promise is kept later
    except Exception:
        log.exception("import %s could not be read", run_id)
        _stop(run_id, State.READING, State.FAILED, OURS)
    else:
        _keep(run_id, found)


def apply(run_id: int, *, now: datetime) -> None:
    """Load what was confirmed, whole or not at all, and tell the people concerned."""
    run = _begin(run_id, (State.CONFIRMED, State.APPLYING), State.APPLYING)
    if run is None:
        return
    try:
        importer = base.IMPORTERS[run.kind]
        with preview.opened(run, importer, tick=lambda _done, _total: None) as tables:
            _apply(run_id, importer, tables, now)
    except (Outdated, Unreadable):
        _stop(run_id, State.APPLYING, State.OUTDATED, MOVED, tell=True)
    except Refused as error:
        _stop(run_id, State.APPLYING, State.FAILED, str(error), tell=True)
    except (IntegrityError, DataError):
        log.exception("import %s clashed", run_id)
        _stop(run_id, State.APPLYING, State.OUTDATED, CLASH, tell=True)
    except (OperationalError, InterfaceError, Busy):
        raise
    except Exception:
        log.exception("import %s could not be loaded", run_id)
        _stop(run_id, State.APPLYING, State.FAILED, OURS, tell=True)


def hold() -> None:
    """Two files are never loaded or taken back at once. Raises Busy when another one holds the place now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            raise Busy("Another file is being loaded at this moment.", after=timedelta(seconds=3))


def _read(run: ImportRun) -> preview.Preview:
    importer = base.IMPORTERS[run.kind]
    with preview.opened(run, importer, tick=lambda done, total: _tick(run.pk, done, total)) as tables:
        return preview.compared(importer, tables)


@transaction.atomic
def _begin(run_id: int, states: Collection[State], to: State) -> ImportRun | None:
    run = ImportRun.objects.select_for_update().filter(pk=run_id, state__in=states).first()
    if run is not None:
        run.state = to
        run.save(update_fields=["state"])
    return run


def _tick(run_id: int, done: int, total: int) -> None:
    ImportRun.objects.filter(pk=run_id).update(progress_done=done, progress_total=total)


@transaction.atomic
def _keep(run_id: int, found: preview.Preview) -> None:
    run = ImportRun.objects.select_for_update().filter(pk=run_id, state=State.READING).first()
    if run is None:
        return  # another worker was quicker, or it was discarded
    run.rows.all().delete()
    ImportRow.objects.bulk_create(preview.rows_of(run, found), batch_size=2_000)
    run.state, run.counts, run.digest = State.READY, found.counts, found.digest
    run.progress_done = run.progress_total
    run.save(update_fields=["state", "counts", "digest", "progress_done"])


@transaction.atomic
def _apply(run_id: int, importer: base.Importer, tables: list[Table], now: datetime) -> None:
    hold()
    run = ImportRun.objects.select_for_update().filter(pk=run_id, state=State.APPLYING).first()
    if run is None:
        return
    importer.lock()
    found = preview.compared(importer, tables)
    if found.faulty or found.digest != run.digest:
        raise Outdated
    importer.apply(found.different, by=run.confirmed_by, now=now)
    run.state, run.finished_at = State.DONE, now
    run.save(update_fields=["state", "finished_at"])
    audit.record(
        action="core.import_loaded", target=run, by=run.confirmed_by, at=now,
        kind=run.kind, counts=run.counts, sha256=run.sha256,
    )  # fmt: skip
    _tell(run)


@transaction.atomic
def _stop(run_id: int, was: State, state: State, sentence: str, *, tell: bool = False) -> None:
    run = ImportRun.objects.select_for_update().filter(pk=run_id, state=was).first()
    if run is None:
        return
    run.state, run.sentence = state, sentence
    run.save(update_fields=["state", "sentence"])
    if tell:
        _tell(run)


def _tell(run: ImportRun) -> None:
    outbox.promise(topic=FINISHED, key=f"{run.pk}:{run.state}:{run.digest[:12]}", payload={"run": run.pk})
