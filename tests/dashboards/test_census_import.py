"""The real school census loads whole, adds up to the published totals, and can be taken back."""

import random
from collections import Counter
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from communities.models import County
from core.imports import services, working
from core.models import ImportRow, ImportRun
from dashboards.models import Figure
from tests.actors import ADMIN
from tests.factories.communities import SchoolFactory

CENSUS = Path(__file__).parent.parent / "data" / "census"
NEW = CENSUS / "2023-2024_england_census_kent.csv"
OLD = CENSUS / "2018-2019_england_census_kent.csv"


@pytest.fixture
def kent(world):
    County.objects.update(la_code="886")
    return world


@pytest.fixture
def load(kent, actors):
    def one(path):
        return services.run_to_end(kind="school-census", path=path, by=actors[ADMIN].user, now=timezone.now())

    return one


def _county(slug, period):
    figure = Figure.objects.get(indicator__slug=slug, level="county", period=period)
    return figure.count, figure.out_of, figure.schools


def test_the_real_census_adds_up_to_the_published_totals(load):
    load(NEW)
    load(OLD)

    assert _county("roll", "2023-24") == (271_166, None, 688)
    assert _county("ehc-plans", "2023-24") == (14_579, 271_166, 688)
    assert _county("sen-support", "2023-24") == (34_112, 271_166, 688)
    assert _county("roll", "2018-19") == (251_599, None, 656)
    england = Figure.objects.get(indicator__slug="ehc-plans", level="england", period="2018-19")
    assert (england.count, england.out_of) == (74_404 + 55_233 + 122_268, 4_727_089 + 3_327_970 + 121_738)


def test_the_same_file_again_says_no_changes(load):
    load(NEW)
    before = Figure.objects.filter(level__in=["school", "england"]).count()

    again = load(NEW)

    assert (again.counts.get("added", 0), again.counts.get("changed", 0), again.counts["same"]) == (0, 0, before)
    assert Figure.objects.filter(level__in=["school", "england"]).count() == before


def test_a_census_can_be_taken_back_whole(load, actors):
    load(OLD)
    before = sorted(Figure.objects.values_list("level", "period", "urn", "indicator__slug", "count", "out_of"), key=str)
    run = load(NEW)

    services.undo(run_id=run.pk, by=actors[ADMIN].user, now=timezone.now())

    after = sorted(Figure.objects.values_list("level", "period", "urn", "indicator__slug", "count", "out_of"), key=str)
    assert after == before


def _read(actors, content: bytes, name: str) -> ImportRun:
    run = services.upload(
        kind="school-census", file=ContentFile(content, name=name), name=name, by=actors[ADMIN].user, now=timezone.now()
    )
    working.read(run.pk)
    run.refresh_from_db()
    return run


def test_a_file_without_its_year_is_refused_with_a_sentence(kent, actors):
    run = _read(actors, NEW.read_bytes(), "census.csv")

    assert run.state == ImportRun.State.REFUSED
    assert "does not begin with a school year" in run.sentence


def test_a_part_greater_than_the_roll_is_a_fault_beside_its_cell(kent, actors):
    run = _read(actors, b"URN,LA,NOR,TSENELSE,TSENELK\n118229,886,20,21,3\n", "2023-2024_england_census.csv")

    faults = [fault for row in ImportRow.objects.filter(run=run, change="faulty") for fault in row.faults]
    assert [fault["sentence"] for fault in faults] == ["TSENELSE is 21, more than the 20 pupils on roll."]


def test_a_marker_is_kept_and_never_becomes_nought(load, tmp_path, kent):
    school = SchoolFactory(urn=118229)
    path = tmp_path / "2023-2024_england_census.csv"
    path.write_text("URN,LA,NOR,TSENELSE,TSENELK\n118229,886,120,SUPP,7\n")

    load(path)

    figure = Figure.objects.get(indicator__slug="ehc-plans", level="school")
    assert (figure.school, figure.count, figure.out_of, figure.marker) == (school, None, None, "SUPP")


def _mutated(content: bytes, seed: int) -> bytes:
    """One of the things that happen to files on their way."""
    chance = random.Random(seed)
    lines = content.split(b"\n")
    place = chance.randrange(1, len(lines) - 1)
    cells = lines[place].split(b",")
    ways = [
        lambda: content[: chance.randrange(len(content))],
        lambda: content.decode("utf-8-sig").encode("utf-16"),
        lambda: content.replace(b",", b";"),
        lambda: content.replace(b"URN", b"Number", 1),
        lambda: b"\n".join([*lines[:place], lines[place] + b",,,extra", *lines[place:]]),
        lambda: b"\n".join([*lines[:place], b",".join(cells[:3]), *lines[place:]]),
        lambda: b"\n".join([*lines[:place], lines[place], *lines[place:]]),
        lambda: b"\n".join([*lines[:place], b"\x00" + lines[place], *lines[place + 1 :]]),
        lambda: b"\n".join([*lines[:place], b",".join([*cells[:4], b"1e999999", *cells[5:]]), *lines[place + 1 :]]),
        lambda: b"\n".join([*lines[:place], b",".join([b"=HYPERLINK(1)", *cells[1:]]), *lines[place + 1 :]]),
        lambda: b"\n".join(
            [*lines[:place], b",".join([cells[0], *cells[1:4], b"-5", *cells[5:]]), *lines[place + 1 :]]
        ),
        lambda: bytes(chance.randrange(256) for _ in range(500)) + content,
        lambda: content[:2000] + b'"' + content[2000:],
        lambda: b"",
    ]
    return ways[seed % len(ways)]()


@pytest.mark.slow
@pytest.mark.parametrize("path", [NEW, OLD])
def test_mutated_files_are_read_whole_or_refused_and_never_loaded_in_part(path, kent, actors, record_figures):
    content, ends = b"\n".join(path.read_bytes().split(b"\n")[:120]), Counter()
    for seed in range(200):
        try:
            run = _read(actors, _mutated(content, seed), path.name)
        except services.UploadRefused:
            ends["refused at the door"] += 1
            continue
        ends[run.state] += 1
        assert run.state in (ImportRun.State.READY, ImportRun.State.REFUSED), (seed, run.state, run.sentence)
        assert not Figure.objects.exists()
    record_figures(file=path.name, copies=ends.total(), partly_loaded=Figure.objects.count(), ends=dict(ends))
