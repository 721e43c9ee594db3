"""A file on its way: each step once, each refusal with its sentence."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from communities.models import District
from core import outbox
from core.imports import CannotUndo, Unreadable, base, services, working
from core.models import AuditEntry, ImportRow, ImportRun, OutboxMessage
from core.verdicts import Refused, no
from tests.core.imports.bombs import good
from tests.core.imports.files import csv_file
from tests.factories.accounts import UserFactory
from tests.factories.communities import DistrictFactory

State = ImportRun.State
ASHFORD = "Code,Name\nE07000105,Ashford\n"
TWO = "Code,Name\nE07000105,Ashford\nE07000106,Canterbury\n"

pytestmark = pytest.mark.usefixtures("made_up")


@pytest.fixture
def by(db):
    return UserFactory()


def upload(by, content=TWO, name="districts.csv", key=None) -> ImportRun:
    file = csv_file(content, name)
    return services.upload(kind="made-up", file=file, name=name, by=by, now=timezone.now(), key=key)


def read(by, content=TWO, name="districts.csv") -> ImportRun:
    run = upload(by, content, name)
    working.read(run.pk)
    run.refresh_from_db()
    return run


def load(by, content=TWO) -> ImportRun:
    run = read(by, content)
    services.confirm(run_id=run.pk, by=by, now=timezone.now())
    working.apply(run.pk, now=timezone.now())
    run.refresh_from_db()
    return run


def test_uploading_keeps_the_file_under_a_name_of_our_own_and_promises_to_read_it(by):
    run = upload(by, name="../../etc/passwd.csv")

    assert run.state == State.UPLOADED
    assert run.file.name.startswith("imports/")
    assert "passwd" not in run.file.name
    assert OutboxMessage.objects.get(topic=services.READ).payload == {"run": run.pk}
    assert AuditEntry.objects.get(action="core.import_uploaded").details["sha256"] == run.sha256


def test_the_same_form_sent_twice_is_one_run(by):
    import uuid

    key = uuid.uuid4()

    assert upload(by, key=key).pk == upload(by, key=key).pk
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("list.pdf", b"x", "Upload a CSV file or an Excel workbook (XLSX)."),
        ("list.csv", b"%PDF-1.7", "This is not a CSV file but a PDF. Save it as CSV and upload that."),
        ("list.csv", b"PK\x03\x04xxx", "This is not a CSV file but a workbook or another packed file. Save it as CSV and upload that."),
        ("list.xlsx", b"Code,Name\n", "This is not an XLSX workbook, whatever its name says. Save it again in Excel."),
        ("list.csv", b"", "The file is empty."),
        ("list.xlsx", b"", "The file is empty."),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_at_the_door(by, name, content, sentence):
    with pytest.raises(services.UploadRefused) as refused:
        upload(by, content, name)

    assert str(refused.value) == sentence
    assert not ImportRun.objects.exists()


def test_a_file_that_is_too_large_is_refused_at_the_door(by, monkeypatch):
    monkeypatch.setattr(base.IMPORTERS["made-up"], "most_bytes", 10)

    with pytest.raises(services.UploadRefused, match="The file is larger than 0 MB"):
        upload(by)


def test_reading_shows_what_would_change_and_changes_nothing(by):
    DistrictFactory(code="E07000105", name="Ashfrod")

    run = read(by, TWO + "E07000107,\n")

    assert run.state == State.READY
    assert run.counts == {"added": 1, "changed": 1, "closed": 0, "same": 0, "faulty": 1, "left_out": 0}
    faulty, changed, added = run.rows.all()
    assert faulty.faults == [{"column": "Name", "value": "", "sentence": "Name is empty. Fill it in."}]
    assert (changed.before, changed.after) == ({"name": "Ashfrod"}, {"name": "Ashford"})
    assert (added.line, added.label, added.after) == (3, "Canterbury", {"name": "Canterbury"})
    assert District.objects.get().name == "Ashfrod"


def test_a_workbook_is_read_like_a_csv_file(by, tmp_path):
    good(tmp_path / "good.xlsx")

    run = read(by, (tmp_path / "good.xlsx").read_bytes(), "districts.xlsx")

    assert (run.state, run.counts["added"]) == (State.READY, 1)


def test_the_same_thing_twice_in_a_file_is_a_fault_on_the_second_line(by):
    run = read(by, ASHFORD + "E07000105,Ashford\n")

    assert run.rows.get(change="faulty").faults[0]["sentence"] == (
        "Ashford: line 2 says so already. Each may stand in the file once."
    )


def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(by):
    run = read(by, "Kind\nx\n")

    assert (run.state, run.sentence) == (State.REFUSED, "The file has no columns Code and Name. Columns found: Kind.")


def test_reading_twice_is_reading_once(by):
    run = read(by)
    working.read(run.pk)

    assert run.rows.count() == 2


def test_a_fault_of_ours_is_said_and_not_shown(by, monkeypatch):
    monkeypatch.setattr(base.IMPORTERS["made-up"], "read", lambda _tables: 1 / 0)

    run = read(by)

    assert (run.state, run.sentence) == (State.FAILED, working.OURS)


def test_a_faulty_line_keeps_the_whole_file_out(by):
    run = read(by, ASHFORD + ",x\n")

    with pytest.raises(Refused, match="1 line has faults"):
        services.confirm(run_id=run.pk, by=by, now=timezone.now())


def test_a_file_without_changes_cannot_be_confirmed(by):
    load(by)
    run = read(by)

    assert run.counts["same"] == 2
    with pytest.raises(Refused, match="The file holds no changes"):
        services.confirm(run_id=run.pk, by=by, now=timezone.now())


def test_confirming_twice_is_confirming_once(by):
    run = read(by)
    for _ in range(2):
        services.confirm(run_id=run.pk, by=by, now=timezone.now())

    assert OutboxMessage.objects.filter(topic=services.APPLY).count() == 1


def test_loading_makes_every_change_once_and_says_so(by):
    run = load(by)
    working.apply(run.pk, now=timezone.now())

    assert run.state == State.DONE
    assert sorted(District.objects.values_list("name", flat=True)) == ["Ashford", "Canterbury"]
    assert AuditEntry.objects.get(action="core.import_loaded").details["counts"]["added"] == 2
    assert OutboxMessage.objects.filter(topic=working.FINISHED).count() == 1


def test_the_people_concerned_are_told_once(by, django_capture_on_commit_callbacks):
    run = load(by)
    for _ in range(2):
        outbox.HANDLERS[working.FINISHED]({"run": run.pk})

    notice = by.notices.get()
    assert notice.subject == "Import finished: districts.csv"
    assert notice.text == "The file was loaded: 2 added."


def test_a_world_that_moved_stops_the_file_whole(by):
    run = read(by)
    services.confirm(run_id=run.pk, by=by, now=timezone.now())
    DistrictFactory(code="E07000105", name="Somebody was quicker")

    working.apply(run.pk, now=timezone.now())

    run.refresh_from_db()
    assert (run.state, run.sentence) == (State.OUTDATED, working.MOVED)
    assert District.objects.count() == 1


def test_comparing_again_shows_the_world_as_it_is(by):
    run = read(by)
    services.confirm(run_id=run.pk, by=by, now=timezone.now())
    DistrictFactory(code="E07000105", name="Somebody was quicker")
    working.apply(run.pk, now=timezone.now())

    services.compare_again(run_id=run.pk, by=by, now=timezone.now())
    working.read(run.pk)

    run.refresh_from_db()
    assert (run.state, run.counts["changed"], run.confirmed_at) == (State.READY, 1, None)


def test_what_was_loaded_cannot_be_compared_again(by):
    run = load(by)

    with pytest.raises(Refused, match="Upload it once more instead"):
        services.compare_again(run_id=run.pk, by=by, now=timezone.now())


def test_a_failure_while_loading_leaves_nothing_behind(by, monkeypatch):
    importer = base.IMPORTERS["made-up"]
    good_apply = importer.apply

    def half(changes, *, by, now):
        good_apply(changes[:1], by=by, now=now)
        raise ValueError("half way")

    monkeypatch.setattr(importer, "apply", half)
    run = load(by)

    assert (run.state, run.sentence) == (State.FAILED, working.OURS)
    assert not District.objects.exists()


def test_a_worker_that_dies_half_way_leaves_nothing_and_the_next_one_finishes(by, monkeypatch):
    importer = base.IMPORTERS["made-up"]
    good_apply = importer.apply
    run = read(by)
    services.confirm(run_id=run.pk, by=by, now=timezone.now())

    def die(changes, *, by, now):
        good_apply(changes[:1], by=by, now=now)
        raise SystemExit

    monkeypatch.setattr(importer, "apply", die)
    with pytest.raises(SystemExit):
        working.apply(run.pk, now=timezone.now())
    assert (ImportRun.objects.get().state, District.objects.count()) == (State.APPLYING, 0)

    monkeypatch.setattr(importer, "apply", good_apply)
    working.apply(run.pk, now=timezone.now())
    assert (ImportRun.objects.get().state, District.objects.count()) == (State.DONE, 2)


def test_a_power_that_was_lost_in_between_stops_the_file(by, monkeypatch):
    def refuse(changes, *, by, now):
        raise Refused("Only a county administrator can do this.")

    monkeypatch.setattr(base.IMPORTERS["made-up"], "apply", refuse)
    run = load(by)

    assert (run.state, run.sentence) == (State.FAILED, "Only a county administrator can do this.")


def test_a_clash_the_comparison_did_not_foresee_is_said(by, monkeypatch):
    def clash(changes, *, by, now):
        for _ in range(2):
            District.objects.create(code="X", name="X")

    monkeypatch.setattr(base.IMPORTERS["made-up"], "apply", clash)
    run = load(by)

    assert (run.state, run.sentence) == (State.OUTDATED, working.CLASH)
    assert not District.objects.exists()


def test_taking_back_restores_what_was_there(by):
    DistrictFactory(code="E07000105", name="Ashfrod")
    before = list(District.objects.order_by("pk").values())
    run = load(by)

    services.undo(run_id=run.pk, by=by, now=timezone.now())

    run.refresh_from_db()
    assert (run.state, run.undone_by) == (State.UNDONE, by)
    assert list(District.objects.order_by("pk").values()) == before


def test_taking_back_is_refused_when_something_changed_since(by):
    run = load(by)
    District.objects.filter(code="E07000105").update(name="New Ashford")

    with pytest.raises(CannotUndo, match="Ashford was changed after this import"):
        services.undo(run_id=run.pk, by=by, now=timezone.now())

    assert District.objects.count() == 2


def test_taking_back_waits_its_turn_in_words(by, monkeypatch):
    run = load(by)

    def busy():
        raise working.Busy("Another file is being loaded at this moment.", after=timedelta(seconds=3))

    monkeypatch.setattr(working, "hold", busy)
    with pytest.raises(CannotUndo, match="Try again in a minute"):
        services.undo(run_id=run.pk, by=by, now=timezone.now())


def test_taking_back_twice_is_refused(by):
    run = load(by)
    services.undo(run_id=run.pk, by=by, now=timezone.now())

    with pytest.raises(Refused, match="taken back already"):
        services.undo(run_id=run.pk, by=by, now=timezone.now())


def test_discarding_throws_file_and_preview_away(by, django_capture_on_commit_callbacks):
    run = read(by)

    with django_capture_on_commit_callbacks(execute=True):
        services.discard(run_id=run.pk, by=by, now=timezone.now())

    assert not default_storage.exists(run.file.name)
    assert not ImportRow.objects.exists()
    assert ImportRun.objects.get().state == State.DISCARDED


def test_what_was_loaded_cannot_be_discarded(by):
    run = load(by)

    with pytest.raises(Refused, match="dealt with already"):
        services.discard(run_id=run.pk, by=by, now=timezone.now())


@pytest.mark.parametrize("verb", ["confirm", "compare_again", "discard", "undo"])
def test_nothing_is_done_for_somebody_who_may_not_load_the_kind(by, monkeypatch, verb):
    run = read(by)
    monkeypatch.setattr(base.IMPORTERS["made-up"], "may", lambda _person: no("Not you."))

    with pytest.raises(Refused, match="Not you"):
        getattr(services, verb)(run_id=run.pk, by=by, now=timezone.now())


def test_running_to_the_end_loads_at_once_and_again_says_no_changes(by, tmp_path):
    (tmp_path / "list.csv").write_text(TWO)

    first = services.run_to_end(kind="made-up", path=tmp_path / "list.csv", by=by, now=timezone.now())
    second = services.run_to_end(kind="made-up", path=tmp_path / "list.csv", by=by, now=timezone.now())

    assert (first.state, second.state) == (State.DONE, State.READY)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(TWO + ",x\n", "Line 4: Code is empty"), ("Kind\nx\n", "The file has no columns Code and Name")],
)
def test_running_to_the_end_raises_the_faults(by, tmp_path, text, sentence):
    (tmp_path / "list.csv").write_text(text)

    with pytest.raises(services.NotLoaded, match=sentence):
        services.run_to_end(kind="made-up", path=tmp_path / "list.csv", by=by, now=timezone.now())


def test_an_importer_may_refuse_the_whole_file(by, monkeypatch):
    def refuse(_tables):
        raise Unreadable("Say which council this is first.")

    monkeypatch.setattr(base.IMPORTERS["made-up"], "read", refuse)

    assert read(by).sentence == "Say which council this is first."
