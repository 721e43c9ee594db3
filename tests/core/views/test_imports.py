"""The pages of imports: what they answer, and at which price."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.imports import services, working
from core.models import ImportRow, ImportRun
from tests.actors import ADMIN
from tests.factories.core import ImportRowFactory, ImportRunFactory

State = ImportRun.State
DISTRICTS = "District code,District name,Area\n"


@pytest.fixture
def admin(actors):
    return actors[ADMIN]


def upload(admin, text: str, name="districts.csv") -> ImportRun:
    file = SimpleUploadedFile(name, text.encode())
    run = services.upload(kind="districts", file=file, name=name, by=admin.user, now=timezone.now())
    working.read(run.pk)
    run.refresh_from_db()
    return run


def page(run: ImportRun, name: str = "import-run") -> str:
    return reverse(f"core:{name}", kwargs={"kind": run.kind, "run": run.pk})


def loaded(admin, **fields) -> ImportRun:
    now = timezone.now()
    return ImportRunFactory(
        kind="districts", state=State.DONE, uploaded_by=admin.user, confirmed_by=admin.user, confirmed_at=now,
        finished_at=now, **fields,
    )  # fmt: skip


def test_a_form_without_a_file_says_what_to_do(admin):
    response = admin.client.post("/county/imports/districts/", {})

    assert response.status_code == 422
    assert "Choose a file to upload" in response.content.decode()


def test_a_file_of_another_kind_is_refused_beside_the_field(admin):
    get = admin.client.get("/county/imports/districts/")
    body = {"key": get.context["form"]["key"].value(), "file": SimpleUploadedFile("list.exe", b"MZ")}

    response = admin.client.post("/county/imports/districts/", body)

    assert response.status_code == 422
    assert "Upload a CSV file or an Excel workbook (XLSX)." in response.content.decode()


def test_uploading_leads_to_the_file(admin):
    get = admin.client.get("/county/imports/districts/")
    body = {"key": get.context["form"]["key"].value(), "file": SimpleUploadedFile("list.csv", DISTRICTS.encode())}

    response = admin.client.post("/county/imports/districts/", body)

    assert response.url == page(ImportRun.objects.get())


def test_a_kind_nobody_knows_is_not_found(admin):
    assert admin.client.get("/county/imports/unicorns/").status_code == 404


def test_a_run_is_found_only_under_its_own_kind(admin):
    run = ImportRunFactory(kind="schools")

    assert admin.client.get(f"/county/imports/districts/{run.pk}/").status_code == 404


def test_while_the_worker_has_it_the_page_is_polled_and_then_shown_whole(admin):
    run = ImportRunFactory(kind="districts", progress_done=5, progress_total=9, state=State.READING)

    working_page = admin.client.get(page(run), headers={"HX-Request": "true"})
    ImportRun.objects.update(state=State.REFUSED, sentence="The file is empty.")
    finished = admin.client.get(page(run), headers={"HX-Request": "true"})

    assert "Lines read: 5 of 9" in working_page.content.decode()
    assert "<html" not in working_page.content.decode()
    assert finished.headers["HX-Refresh"] == "true"


def test_faults_can_be_downloaded_as_words_that_no_spreadsheet_runs(admin):
    run = upload(admin, DISTRICTS + "=HYPERLINK(1),Ashford,Weald\n")

    answer = admin.client.get(page(run, "import-faults"))

    assert answer.headers["Content-Disposition"] == f'attachment; filename="faults-in-districts-{run.pk}.csv"'
    assert "'=HYPERLINK(1)" in answer.content.decode("utf-8-sig")


def test_a_template_has_the_headings_and_a_made_up_line(admin):
    answer = admin.client.get("/county/imports/districts/template.csv").content.decode("utf-8-sig")

    assert answer.splitlines() == ["District code,District name,Area,LA code", "E07000999,Mid Weald,East,"]


def test_what_a_stranger_wrote_is_shown_as_words(admin):
    run = upload(admin, DISTRICTS + "E07000105,<script>alert(1)</script>,Weald\n", name="<b>x</b>.csv")

    body = admin.client.get(page(run)).content.decode()

    assert "<script>alert" not in body
    assert "<b>x</b>" not in body


def test_an_import_that_cannot_be_taken_back_says_what_stands_in_the_way(admin):
    run = upload(admin, DISTRICTS + "E07000105,Ashford,New area\n")
    services.confirm(run_id=run.pk, by=admin.user, now=timezone.now())
    working.apply(run.pk, now=timezone.now())
    second = upload(admin, DISTRICTS + "E07000106,Canterbury,New area\n")
    services.confirm(run_id=second.pk, by=admin.user, now=timezone.now())
    working.apply(second.pk, now=timezone.now())

    answer = admin.client.post(page(run, "import-undo"))

    assert answer.status_code == 422
    assert "Area New area is in use by now (district). Take that away first." in answer.content.decode()


def test_what_cannot_be_confirmed_is_closed_with_the_reason(admin):
    run = upload(admin, DISTRICTS + ",Ashford,Weald\n")

    answer = admin.client.post(page(run, "import-confirm"))

    assert answer.status_code == 403
    assert "1 line has faults." in answer.content.decode()


@pytest.mark.parametrize("show", ["added", "changed", "closed", "same", "faulty", "nonsense"])
def test_every_tab_is_shown(admin, show):
    run = loaded(admin, counts={"added": 1, "changed": 1, "closed": 1, "same": 1, "faulty": 1})
    for change in ImportRow.Change:
        faults = [{"column": "x", "value": "y", "sentence": "z"}] if change == "faulty" else []
        ImportRowFactory(run=run, change=change, faults=faults, before={"name": "a"}, after={"name": "2026-11-24"})

    assert admin.client.get(page(run) + f"?show={show}&page=99").status_code == 200


def count(admin, address: str) -> int:
    admin.client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert admin.client.get(address).status_code == 200
    return len(queries)


def test_pages_cost_the_same_with_one_row_and_with_a_hundred(admin):
    run = loaded(admin, counts={"added": 1})
    ImportRowFactory(run=run, after={"name": "x"})
    addresses = ["/county/imports/", "/county/imports/districts/", page(run), page(run, "import-undo")]
    few = {address: count(admin, address) for address in addresses}

    for _ in range(100):
        loaded(admin)
    ImportRowFactory.create_batch(100, run=run, after={"name": "x"})
    ImportRun.objects.filter(pk=run.pk).update(counts={"added": 101})

    assert {address: count(admin, address) for address in addresses} == few
    assert max(few.values()) <= 12, few
