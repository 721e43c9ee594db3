"""Two hundred damaged copies of each real file: every one is answered in words, none is half loaded."""

import io
import re
import uuid
import zipfile
from collections import Counter
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from communities.models import Role, School
from core.imports import services, working
from core.models import ImportRun
from tests.actors import sign_in
from tests.communities.importers.mutations import PACKED, TEXT, repacked
from tests.communities.importers.test_real_files import DATA, ORDER, load, tables_hash
from tests.factories.accounts import UserFactory
from tests.factories.communities import AppointmentFactory, AreaFactory, CountyFactory

COPIES = 200
AT_THE_DOOR = "refused at the door"
State = ImportRun.State
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1_800)]


@pytest.fixture
def county(db):
    return CountyFactory(name="Kent", la_code="886", sub_icb_code="91Q")


@pytest.fixture
def admin(county):
    return AppointmentFactory(person=UserFactory(), role=Role.ADMINISTRATOR, county=county).person


@pytest.mark.parametrize("kind", ["districts", "schools", "school-districts", "school-links", "trusts"])
def test_damaged_copies_of_a_register(kind, admin, record_figures):
    if kind != "districts":
        load("schools", ORDER["schools"], admin)
    if kind in ("districts", "school-districts"):
        load("districts", ORDER["districts"], admin)
    load(kind, ORDER[kind], admin)
    figures = _answers(admin, kind, (DATA / ORDER[kind]).read_bytes(), ".csv", TEXT)
    record_figures(file=ORDER[kind], **figures)
    _assert_all_answered(figures)


def test_damaged_copies_of_the_networks(admin, record_figures):
    content = _smaller((DATA / ORDER["networks"]).read_bytes())
    figures = _answers(admin, "networks", content, ".xlsx", PACKED)
    record_figures(file=ORDER["networks"], **figures)
    _assert_all_answered(figures)


def test_damaged_copies_of_our_own_list(admin, record_figures):
    load("schools", ORDER["schools"], admin)
    AreaFactory(name="East")
    header = "Community,Area,School,Kind,Starts on,Ends on,PCN codes\r\n"
    lines = [
        f"Community {number % 40},East,{school.urn},full,01-09-2020,,\r\n"
        for number, school in enumerate(School.objects.filter(status="open")[:400])
    ]
    content = (header + "".join(lines)).encode()
    figures = _answers(admin, "communities", content, ".csv", TEXT)
    record_figures(file="our own list", **figures)
    _assert_all_answered(figures)


def _answers(admin, kind: str, content: bytes, suffix: str, mutations) -> dict[str, object]:
    """Upload each copy through the page; whatever can be loaded is loaded and taken back again. Says how they ended."""
    client, before, ends, broken, partial = sign_in(admin), tables_hash(), Counter(), [], []
    for seed in range(COPIES):
        mutation = mutations[seed % len(mutations)]
        copy = mutation(content, Random(f"{kind}-{seed}"))
        end = _answered(client, admin, kind, SimpleUploadedFile(f"copy{suffix}", copy))
        ends[end] += 1
        if end not in (AT_THE_DOOR, State.REFUSED, State.READY, State.UNDONE):
            broken.append((mutation.__name__, seed, end))
        if tables_hash() != before:
            partial.append((mutation.__name__, seed))
    return {"copies": ends.total(), "broken": broken, "partly_loaded": partial, "ends": dict(ends)}


def _assert_all_answered(figures: dict[str, object]) -> None:
    assert figures["copies"] == COPIES
    assert (figures["broken"], figures["partly_loaded"]) == ([], [])
    assert len(figures["ends"]) > 1


def _answered(client, admin, kind: str, file: SimpleUploadedFile) -> str:
    """How the copy ended: the state of its run. An answer of 500 raises."""
    address = reverse("core:import-upload", kwargs={"kind": kind})
    response = client.post(address, {"key": str(uuid.uuid4()), "file": file})
    if response.status_code == 422:
        return AT_THE_DOOR
    assert response.status_code == 302
    run = ImportRun.objects.latest("pk")
    working.read(run.pk)
    assert client.get(response.url).status_code == 200
    run.refresh_from_db()
    if run.state == State.READY and not run.counts["faulty"] and run.counts["same"] < sum(run.counts.values()):
        client.post(reverse("core:import-confirm", kwargs={"kind": kind, "run": run.pk}))
        working.apply(run.pk, now=timezone.now())
        run.refresh_from_db()
        if run.state == State.DONE:
            services.undo(run_id=run.pk, by=admin, now=timezone.now())
            run.refresh_from_db()
    return run.state


def _smaller(content: bytes) -> bytes:
    """The same workbook with its first rows only, so that two hundred copies are read in minutes."""

    def change(name: str, part: bytes) -> bytes:
        if not re.fullmatch(r"xl/worksheets/sheet\d\.xml", name):
            return part
        rows = re.findall(rb"<row .*?</row>", part, flags=re.DOTALL)
        start, end = part.index(rows[0]), part.rindex(b"</sheetData>")
        return part[:start] + b"".join(rows[:400]) + part[end:]

    return repacked(content, change)


def test_the_smaller_workbook_is_still_one(tmp_path):
    small = _smaller((DATA / ORDER["networks"]).read_bytes())

    assert zipfile.ZipFile(io.BytesIO(small)).testzip() is None
