"""The registers of Wealdshire as files in the published forms, loaded through the importers of the product."""

import csv
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from accounts.models import User
from core.imports.services import run_to_end
from dashboards.sample.county import AREAS, COMMUNITIES, DISTRICTS, NETWORKS, SampleSchool, schools

Line = list[object]
GIAS = [
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)", "EstablishmentStatus (code)", "EstablishmentStatus (name)", "CloseDate",
    "PhaseOfEducation (code)", "PhaseOfEducation (name)", "NumberOfPupils", "UKPRN", "LastChangedDate", "Street", "Locality",
    "Address3", "Town", "County (name)", "Postcode", "Easting", "Northing", "RSCRegion (name)", "Country (name)",
]  # fmt: skip
GROUPS = [
    "URN", "Group UID", "Group ID", "Group Name", "Companies House Number", "Group Type (code)", "Group Type", "Closed Date",
    "Open date", "Incorporated on (open date)", "Group Status (code)", "Group Status", "Joined date", "EstablishmentName",
]  # fmt: skip
CENSUS = ["URN", "LA", "ESTAB", "SCHOOLTYPE", "NOR", "TSENELSE", "TSENELK"]
MEMBERS = ["Community", "Area", "URN", "Kind", "Starts on", "Ends on", "PCN"]
ENGLAND = {  # pupils on roll, EHC plans and SEN support, as the Department for Education published them
    "2018-2019": [
        ["NAT", "", "PRI", "State-funded primary", 4_727_089, 74_404, 595_708],
        ["NAT", "", "SEC", "State-funded secondary", 3_327_970, 55_233, 358_555],
        ["NAT", "", "SPE", "State-funded special school", 121_738, 122_268, 2_014],
    ],
    "2023-2024": [
        ["NAT", "", "PRI", "State-funded primary", 4_614_990, 136_642, 651_458],
        ["NAT", "", "SEC", "State-funded secondary", 3_669_933, 99_825, 471_677],
        ["NAT", "", "SPE", "State-funded special school", 160_420, 159_278, 1_084],
    ],
}
ICB = "99Z"


def load_registers(admin: User, now: datetime) -> None:
    """Districts, schools, trusts, networks and communities, in the order in which a new county would load them."""
    rows = schools()
    with tempfile.TemporaryDirectory() as folder:
        places = Path(folder)
        _csv(places / "districts.csv", ["LAD24CD", "LAD24NM", "Area"], _districts())
        _csv(places / "schools.csv", GIAS, map(_gias, rows), encoding="cp1252")
        _csv(places / "school_districts.csv", ["URN", "LAD24CD"], ([row.urn, DISTRICTS[row.district]] for row in rows))
        _csv(places / "trusts.csv", GROUPS, (_group(row) for row in rows if row.trust))
        _networks(places / "networks.xlsx")
        _csv(
            places / "communities.csv",
            MEMBERS,
            _members(rows),
        )
        for kind, name in (
            ("districts", "districts.csv"), ("schools", "schools.csv"), ("school-districts", "school_districts.csv"),
            ("trusts", "trusts.csv"), ("networks", "networks.xlsx"), ("communities", "communities.csv"),
        ):  # fmt: skip
            run_to_end(kind=kind, path=places / name, by=admin, now=now)


def load_figures(admin: User, now: datetime) -> None:
    """The school census of two years, with England's lines as they are published."""
    with tempfile.TemporaryDirectory() as folder:
        for year, growth in (("2018-2019", 0.62), ("2023-2024", 1.0)):
            path = Path(folder) / f"{year}_wealdshire_census.csv"
            _csv(path, CENSUS, [*_census(growth), *ENGLAND[year]])
            run_to_end(kind="school-census", path=path, by=admin, now=now)


def _csv(path: Path, header: list[str], lines: Iterable[Line], *, encoding: str = "utf-8") -> None:
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(lines)


def _districts() -> Iterable[Line]:
    return ([DISTRICTS[name], name, area] for area, names in AREAS.items() for name in names)


def _gias(school: SampleSchool) -> Line:
    kind = ("28", "Academy sponsor led") if school.trust else ("1", "Community school")
    status = {"Open": "1", "Closed": "2", "Open, but proposed to close": "3"}[school.status]
    phase = "4" if school.phase == "Secondary" else "2"
    closed = "31-08-2025" if school.status == "Closed" else ""
    place = school.urn - 990_000
    return [
        school.urn, "999", "Wealdshire", school.number, school.name, *kind, status, school.status, closed, phase,
        school.phase, school.roll, "", "01-09-2026", f"{place} School Lane", "", "", school.district, "Wealdshire",
        f"ZZ{place % 9 + 1} {place % 9}AA", 500_000 + place * 310, 140_000 + place * 170, "", "",
    ]  # fmt: skip


def _group(school: SampleSchool) -> Line:
    uid = 99_001 + len(school.trust)
    return [
        school.urn, uid, f"TR{uid}", school.trust, "", "6", "Multi-academy trust", "", "2016-09-01", "", "OPEN", "Open",
        "2018-09-01", school.name,
    ]  # fmt: skip


def _networks(path: Path) -> None:
    book = Workbook(write_only=True)
    details, partners = book.create_sheet("PCNDetails"), book.create_sheet("PCN Core Partner Details")
    details.append(["PCN Code", "PCN Name", "Current Sub ICB Loc Code", "Sub ICB Location", "Open Date", "Close Date"])
    partners.append([
        "Partner\nOrganisation\nCode", "Partner\nName", "Practice\nParent\nSub ICB Loc Code", "PCN Code", "PCN Name",
        "PCN Parent\nSub ICB Loc Code", "Practice to PCN\nRelationship\nStart Date", "Practice to PCN\nRelationship\nEnd Date",
    ])  # fmt: skip
    for number, name in enumerate(NETWORKS, start=1):
        code = f"U9900{number}"
        details.append([code, f"{name.upper()} PCN", ICB, "NHS WEALDSHIRE ICB", "20190701", ""])
        for practice in range(2):
            partners.append(
                [f"G99{number}{practice:02d}", f"{name} surgery {practice + 1}", ICB, code, name, ICB, "20190701", None]
            )
    book.save(path)


def _members(rows: list[SampleSchool]) -> Iterable[Line]:
    """One line a school; one school moved last year, and closed schools left."""
    area_of = {district: area for area, names in AREAS.items() for district in names}
    for row in rows:
        number = list(COMMUNITIES).index(row.community)
        networks = f"U9900{number + 1} U9900{number + 3}"
        area, until = area_of[row.district], "31-08-2025" if row.status == "Closed" else ""
        if row.urn == 990_012:
            yield ["Fernhurst", "East", row.urn, "full", "01-09-2024", "31-08-2025", ""]
            yield [row.community, area, row.urn, "full", "01-09-2025", "", networks]
        else:
            yield [row.community, area, row.urn, "full", "01-09-2024", until, networks]


def _census(growth: float) -> Iterable[Line]:
    for row in schools():
        plans, support, roll = round(row.plans * growth), round(row.support * (growth + 1) / 2), row.roll
        roll -= 0 if growth == 1 else row.urn % 9
        yield [row.urn, "999", row.number, f"State-funded {row.phase.lower()}", roll, plans, support]
