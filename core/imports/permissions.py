"""Pure questions about a run. Who may load a kind at all is the importer's own `may`."""

from core.models import ImportRow, ImportRun
from core.verdicts import YES, Verdict, no

State = ImportRun.State
WAITING = (State.UPLOADED, State.READING)
UNDER_WAY = (State.CONFIRMED, State.APPLYING)
DISCARDABLE = (State.UPLOADED, State.READY, State.REFUSED, State.OUTDATED, State.FAILED)
DIFFERENT = (ImportRow.Change.ADDED, ImportRow.Change.CHANGED, ImportRow.Change.CLOSED)


def changes_in(run: ImportRun) -> int:
    """How many things the file adds, changes or closes."""
    return sum(run.counts.get(str(change), 0) for change in DIFFERENT)


def may_confirm(run: ImportRun) -> Verdict:
    """All or nothing: one faulty line keeps the whole file out."""
    if run.state != State.READY:
        return no("Only a file that was read and waits to be checked can be loaded.")
    if faulty := run.counts.get("faulty", 0):
        lines = "1 line has" if faulty == 1 else f"{faulty:,} lines have"
        return no(f"{lines} faults. Mend the file and upload it again: a file is loaded whole or not at all.")
    if not changes_in(run):
        return no("The file holds no changes.")
    return YES


def may_undo(run: ImportRun) -> Verdict:
    """Only what was loaded can be taken back. Whether later changes stand on it is seen when it is tried."""
    if run.state == State.UNDONE:
        return no("This import was taken back already.")
    if run.state != State.DONE:
        return no("Nothing was loaded from this file, so there is nothing to take back.")
    return YES


def may_discard(run: ImportRun) -> Verdict:
    """What was loaded stays in the history."""
    if run.state in DISCARDABLE:
        return YES
    if run.state in (*WAITING, *UNDER_WAY):
        return no("The file is being worked on. Wait until that is finished.")
    return no("This file was dealt with already.")


def may_compare_again(run: ImportRun) -> Verdict:
    """After somebody changed the register, or after a fault of ours."""
    if run.state in (State.READY, State.OUTDATED, State.FAILED):
        return YES
    return no("This file cannot be compared again. Upload it once more instead.")
