"""Two hundred damaged copies of each real file: every one is answered in words, none is half loaded."""

import io
import re
import uuid
import zipfile
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
State = ImportRun.State
pytestmark = pytest.mark.slow


@pytest.fixture
def county(db):
    return CountyFactory(name="Kent", la_code="886", sub_icb_code="91Q")


@pytest.fixture
def admin(county):
    return AppointmentFactory(person=UserFactory(), role=Role.ADMINISTRATOR, county=county).person


@pytest.mark.parametrize("kind", ["districts", "schools", "school-districts", "school-links", "trusts"])
def test_damaged_copies_of_a_register(kind, admin):
    if kind != "districts":
        load("schools", ORDER["schools"], admin)
    if kind in ("districts", "school-districts"):
        load("districts", ORDER["districts"], admin)
    load(kind, ORDER[kind], admin)
    _all_answered(admin, kind, (DATA / ORDER[kind]).read_bytes(), ".csv", TEXT)


def test_damaged_copies_of_the_networks(admin):
    _all_answered(admin, "networks", _smaller((DATA / ORDER["networks"]).read_bytes()), ".xlsx", PACKED)


def test_damaged_copies_of_our_own_list(admin):
    load("schools", ORDER["schools"], admin)
    AreaFactory(name="East")
    header = "Community,Area,School,Kind,Starts on,Ends on,PCN codes\r\n"
    lines = [
        f"Community {number % 40},East,{school.urn},full,01-09-2020,,\r\n"
        for number, school in enumerate(School.objects.filter(status="open")[:400])
    ]
    _all_answered(admin, "communities", (header + "".join(lines)).encode(), ".csv", TEXT)


def _all_answered(admin, kind: str, content: bytes, suffix: str, mutations) -> None:
    """Upload each copy through the page; whatever can be loaded is loaded and taken back again."""
    client, before, ends = sign_in(admin), tables_hash(), set()
    for seed in range(COPIES):
        random = Random(f"{kind}-{seed}")
        mutation = mutations[seed % len(mutations)]
        copy = mutation(content, random)
        state = _answered(client, admin, kind, SimpleUploadedFile(f"copy{suffix}", copy))
        assert state in (None, State.REFUSED, State.READY, State.UNDONE), (mutation.__name__, seed, state)
        assert tables_hash() == before, (mutation.__name__, seed)
        ends.add(state)
    assert len(ends) > 1


def _answered(client, admin, kind: str, file: SimpleUploadedFile) -> str | None:
    """How the copy ended; None when it was refused at the door."""
    address = reverse("core:import-upload", kwargs={"kind": kind})
    response = client.post(address, {"key": str(uuid.uuid4()), "file": file})
    if response.status_code == 422:
        return None
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
