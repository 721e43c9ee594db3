"""The council's own geography: areas, districts, and which district each school stands in."""

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from django.utils.text import slugify

from communities import registers
from communities.importers.base import RegisterImporter, refuse_bars, the_county
from communities.models import Area
from core.imports import Change, Column, Record, Row, Sheet, Table, importer
from core.imports.base import Gathered

CODE, NAME, AREA, COUNCIL = "District code", "District name", "Area", "LA code"
URN = "URN"
ONS_CODE = re.compile(r"E0[6-9]\d{6}", re.ASCII)


@importer("districts")
class Districts(RegisterImporter):
    label = "Districts and areas"
    purpose = "The districts of the county, and the area each belongs to."
    paragraphs = (
        "A short list of your own: one line for each district, with its nine-character code from the Office for National "
        "Statistics. ONS lists of districts work as they are, with a column Area added.",
        "An area that is named for the first time is added. A district without an area is kept for figures only.",
    )
    position = 10
    accepts = (".csv", ".xlsx")
    most_bytes = 10 * 1024 * 1024
    tables = ("area", "district")
    words: ClassVar = {"code": "Code", "name": "Name", "area": "Area"}
    sheets = (
        Sheet(
            (
                Column(CODE, "The ONS code", aliases=("LAD24CD", "LAD23CD", "LAD25CD"), example="E07000999"),
                Column(NAME, "As it is called here", aliases=("LAD24NM", "LAD23NM", "LAD25NM"), example="Mid Weald"),
                Column(AREA, "The area it belongs to", required=False, aliases=("Area name",), example="East"),
                Column(
                    COUNCIL,
                    "Lines of other councils are passed over",
                    required=False,
                    aliases=("upper_tier_old_la_code",),
                ),
            )
        ),
    )

    def read(self, tables: Sequence[Table]) -> Iterable[Record]:
        (table,) = tables
        found, ours = Gathered(), the_county().la_code if table.has(COUNCIL) else ""
        for row in table:
            if ours and row.text(COUNCIL) not in ("", ours):
                row.leave_out()
            else:
                _district(row, found, has_area=table.has(AREA))
        return list(found)

    def plan(self, records: list[Record]) -> Iterable[Change]:
        slugs = dict(Area.objects.values_list("slug", "name"))
        for record in records:
            if record.table != "area":
                continue
            other = slugs.setdefault(slugify(record.key), record.key)
            if other != record.key or not slugify(record.key):
                record.row.fault(
                    AREA, f"{record.key} is too much like {other or 'nothing'}. Write it the same way everywhere."
                )
        return super().plan(records)


def _refuse_code(row: Row, code: str) -> None:
    if code and not ONS_CODE.fullmatch(code):
        row.fault(CODE, f"“{code}” is no code of a district. Codes look like E07000105.")


def _district(row: Row, found: Gathered, *, has_area: bool) -> None:
    code, name = row.text(CODE, required=True, longest=9), row.text(NAME, required=True, longest=80)
    area = row.text(AREA, longest=80)
    refuse_bars(row, AREA)
    _refuse_code(row, code)
    if row.faults:
        return
    if area:
        about = Record("area", area, f"Area {area}", row, {}, {"name": area})
        found.add(about, column=AREA, repeats=True)
    values = {"name": name} | ({"area": area or None} if has_area else {})
    found.add(Record("district", code, f"{name} district", row, values, {"code": code}), column=CODE)


@importer("school-districts")
class SchoolDistricts(RegisterImporter):
    label = "Districts of schools"
    purpose = "The district each school stands in, where the register of schools does not say."
    paragraphs = (
        "Needed only when your download of schools has no column DistrictAdministrative (code). One line for each school. "
        "Load the districts first: a school that stands in a district of another county is passed over.",
    )
    position = 25
    accepts = (".csv", ".xlsx")
    most_bytes = 10 * 1024 * 1024
    tables = ("school",)
    words: ClassVar = {"district": "District"}
    sheets = (
        Sheet(
            (
                Column(URN, "The school's number", example="990001"),
                Column(CODE, "The ONS code", aliases=("LAD24CD", "LAD23CD", "LAD25CD"), example="E07000999"),
            )
        ),
    )

    def read(self, tables: Sequence[Table]) -> Iterable[Record]:
        (table,) = tables
        found, names = Gathered(), _school_names()
        districts = {key for _, key in registers.current(["district"])}
        for row in table:
            urn, code = row.number_in(URN, required=True), row.text(CODE, required=True, longest=9)
            if urn is not None and str(urn) not in names:
                row.fault(URN, f"There is no school with URN {urn}. Load the schools first.")
            _refuse_code(row, code)
            if not row.faults and code not in districts:
                row.leave_out()
            elif not row.faults:
                found.add(Record("school", str(urn), names[str(urn)], row, {"district": code}), column=URN)
        return list(found)


def _school_names() -> dict[str, str]:
    return {key: values["name"] for (_, key), values in registers.current(["school"]).items()}
