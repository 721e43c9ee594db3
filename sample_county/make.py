"""Write Wealdshire's files anew: `python -m sample_county.make`. The same seed gives the same county."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from openpyxl import Workbook

from sample_county import FOLDER

MADE = Random(999)  # noqa: S311 -- a made-up county, no secret
AREAS = {"Aldermoor": "Weald", "Brackenford": "Weald", "Copsley": "Coast", "Dunmarsh": "Coast"}
DISTRICTS = {name: f"E0799900{number}" for number, name in enumerate(AREAS, start=1)}
TOWNS = {
    "Aldermoor": ("Aldermoor", "Hartwell", "Little Hartwell", "Nettlecombe Cross"),
    "Brackenford": ("Brackenford", "Oakfield", "Thornwick", "Upper Sallow"),
    "Copsley": ("Copsley", "Marlpit", "Fennel Green", "Ravensey"),
    "Dunmarsh": ("Dunmarsh", "Quay St Agnes", "Saltholme", "Winterstoke Bay"),
}
PRIMARIES = (
    "{town} Primary School", "{town} Church of England Primary School", "St {saint}’s Catholic Primary School, {town}",
    "{town} Infant School", "{town} Junior School", "{road} Primary School", "{hill} Primary School",
    "{writer} Road Primary School", "St {other}’s Church of England Primary School", "{tree} Community Primary School",
    "{water} Primary Academy",
)  # fmt: skip
WORDS = {
    "Aldermoor": ("Anne", "Swithin", "Mill Lane", "Beacon Hill", "Brontë", "Orchard", "Riverside"),
    "Brackenford": ("Teresa", "Botolph", "Forge Lane", "Windmill Hill", "Austen", "Oak Tree", "Weir"),
    "Copsley": ("Joseph", "Mildred", "Chalk Lane", "Holly Bank", "Gaskell", "Hazel Wood", "Lakeside"),
    "Dunmarsh": ("Peter", "Wilfrid", "Rope Walk", "Lookout Hill", "Conrad", "Tamarisk", "Harbourside"),
}
OTHERS = (
    ("{town} High School", "Secondary", "Academy converter"),
    ("The {town} Academy", "Secondary", "Academy sponsor led"),
    ("{town} House School", "Not applicable", "Community special school"),
)
ODD = {
    "Aldermoor": ("Aldermoor Nursery School", "Nursery", "Local authority nursery school"),
    "Brackenford": ("Brackenford Alternative Provision Centre", "Not applicable", "Pupil referral unit"),
    "Copsley": ("Copsley All-through School", "All-through", "Academy converter"),
    "Dunmarsh": ("Dunmarsh Alternative Provision Centre", "Not applicable", "Pupil referral unit"),
}
# Two that closed and one that is to open.
LAST = (
    ("Thornwick Junior and Infant School", "Brackenford", "Thornwick", "2", "31-08-2020"),
    ("Saltholme Point Primary School", "Dunmarsh", "Saltholme", "2", "31-08-2022"),
    ("Ravensey Free School", "Copsley", "Ravensey", "4", ""),
)
COMMUNITIES = {
    "Aldermoor North": ("Aldermoor", 0, 2), "Aldermoor South": ("Aldermoor", 1, 2), "Brackenford": ("Brackenford", 0, 1),
    "Copsley Vale": ("Copsley", 0, 1), "Dunmarsh Harbour": ("Dunmarsh", 0, 2), "Dunmarsh Villages": ("Dunmarsh", 1, 2),
}  # fmt: skip
GIAS = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)", "EstablishmentStatus (code)", "EstablishmentStatus (name)", "OpenDate", "CloseDate",
    "PhaseOfEducation (code)", "PhaseOfEducation (name)", "NumberOfPupils", "UKPRN", "LastChangedDate", "Street", "Locality",
    "Address3", "Town", "County (name)", "Postcode", "DistrictAdministrative (code)", "DistrictAdministrative (name)",
    "Easting", "Northing", "Country (name)",
)  # fmt: skip
TYPES = {
    "Community school": "01", "Voluntary aided school": "02", "Voluntary controlled school": "03", "Academy converter": "34",
    "Academy sponsor led": "28", "Community special school": "07", "Pupil referral unit": "14",
    "Local authority nursery school": "15",
}  # fmt: skip
PHASES = {"Not applicable": "0", "Nursery": "1", "Primary": "2", "Secondary": "4", "All-through": "7"}
STATUSES = {"1": "Open", "2": "Closed", "3": "Open, but proposed to close", "4": "Proposed to open"}
CENSUS = (
    "URN", "LA", "ESTAB", "SCHOOLTYPE", "NOR", "NORG", "NORB", "PNORG", "PNORB", "TSENELSE", "PSENELSE", "TSENELK",
    "PSENELK", "NUMEAL", "NUMENGFL", "NUMUNCFL", "PNUMEAL", "PNUMENGFL", "PNUMUNCFL", "NUMFSM", "NUMFSMEVER", "PNUMFSMEVER",
)  # fmt: skip
# As published by the Department for Education for the whole of England: pupils, plans and support by kind of school.
ENGLAND = {
    "2018-2019": {
        "PRI": (4_727_089, 74_404, 595_708),
        "SEC": (3_327_970, 55_233, 358_555),
        "SPE": (121_738, 122_268, 2_014),
    },
    "2023-2024": {
        "PRI": (4_614_990, 136_642, 651_458),
        "SEC": (3_669_933, 99_825, 471_677),
        "SPE": (160_420, 159_278, 1_084),
    },
}


@dataclass
class School:
    urn: int
    number: int
    name: str
    district: str
    town: str
    phase: str
    kind: str
    roll: int
    status: str = "1"
    opened: str = ""
    closed: str = ""

    @property
    def sort(self) -> str:
        return "special" if "special" in self.kind or "referral" in self.kind else "mainstream"


def county() -> list[School]:
    """Sixty schools that are open, two that closed, one that is to close and one that is to open."""
    made: list[School] = []
    for district, towns in TOWNS.items():
        keys = ("saint", "other", "road", "hill", "writer", "tree", "water")
        words = dict(zip(keys, WORDS[district], strict=True))
        for number, pattern in enumerate(PRIMARIES):
            kind = "Voluntary aided school" if "Catholic" in pattern else "Community school"
            kind = "Academy converter" if "Academy" in pattern else kind
            name = pattern.format(town=towns[number % 4], **words)
            made.append(_school(made, name, district, towns[number % 4], "Primary", kind, MADE.randrange(88, 430)))
        for number, (pattern, phase, kind) in enumerate((*OTHERS, ODD[district])):
            roll = {"Secondary": 1_050, "All-through": 1_300, "Nursery": 84}.get(phase, 120) + MADE.randrange(-20, 60)
            made.append(_school(made, pattern.format(town=towns[number]), district, towns[number], phase, kind, roll))
    made[6].status = "3"
    made[20].opened = "01-09-2020"
    for name, district, town, status, closed in LAST:
        school = _school(made, name, district, town, "Primary", "Community school", 0)
        school.status, school.closed = status, closed
        made.append(school)
    return made


def _school(made: list[School], name: str, district: str, town: str, phase: str, kind: str, roll: int) -> School:
    if any(school.name == name for school in made):
        name = f"{name}, {town}"
    number = len(made) + 1
    return School(990_000 + number, 2_000 + number, name, district, town, phase, kind, roll)


def write(name: str, header: Sequence[str], lines: Iterable[Sequence[object]], *, encoding: str = "utf-8") -> None:
    with (FOLDER / name).open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([header, *lines])


def schools_file(schools: list[School]) -> None:
    lines = [
        (
            school.urn, "999", "Wealdshire", school.number, school.name, TYPES[school.kind], school.kind, school.status,
            STATUSES[school.status], school.opened, school.closed, PHASES[school.phase], school.phase, school.roll or "", "",
            "02-11-2026", f"{MADE.randrange(1, 90)} {MADE.choice(('Mill Lane', 'School Road', 'Church Street'))}", "", "",
            school.town, "Wealdshire", f"ZZ{1 + list(AREAS).index(school.district)} {school.urn % 9 + 1}AA",
            DISTRICTS[school.district], school.district, 660_000 + MADE.randrange(30_000), 250_000 + MADE.randrange(30_000), "",
        )
        for school in schools
    ]  # fmt: skip
    with (FOLDER / "edubasealldata20261102.csv").open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_NONNUMERIC).writerows([GIAS, *lines])


def trusts_file(schools: list[School]) -> None:
    header = (
        "URN",
        "Group UID",
        "Group ID",
        "Group Name",
        "Group Type",
        "Closed Date",
        "Joined date",
        "EstablishmentName",
    )
    academies = [school for school in schools if "Academy" in school.kind and school.status == "1"]
    primaries = [school for school in schools if school.kind == "Community school" and school.status == "1"]
    groups = (
        ("99001", "Downs Learning Trust", "Multi-academy trust", academies[:5], "2017-09-01"),
        ("99002", "Saltmarsh Schools Trust", "Multi-academy trust", academies[5:9], "2019-04-01"),
        ("99003", "Copsley All-through School", "Single-academy trust", academies[9:10], "2014-02-01"),
        ("99004", "Two Valleys Federation", "Federation", primaries[2:4], "2021-09-01"),
    )
    lines = [
        (school.urn, uid, f"TR{uid}", name, kind, "", joined, school.name)
        for uid, name, kind, members, joined in groups
        for school in members
    ]
    write("alllinksdata20261102.csv", header, lines)


def links_file(schools: list[School]) -> None:
    old, new = schools[-3], schools[20]
    write(
        "links_edubasealldata20261102.csv",
        ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"),
        [
            (old.urn, new.urn, new.name, "Successor", "01-09-2020"),
            (new.urn, old.urn, old.name, "Predecessor", "01-09-2020"),
        ],
    )


def communities_file(schools: list[School]) -> None:
    lines: list[Sequence[object]] = []
    networks = {"Aldermoor": "U99001", "Brackenford": "U99002 U99003", "Copsley": "U99004", "Dunmarsh": "U99005 U99006"}
    for name, (district, turn, of) in COMMUNITIES.items():
        local = [school for school in schools if school.district == district and school.status in "13" and school.roll]
        main = [school for school in local if school.sort == "mainstream"][turn::of]
        helping = [school for school in local if school.sort == "special"][turn::of]
        for school in main:
            lines.append((name, AREAS[district], school.urn, school.name, "full", "01-09-2025", "", networks[district]))
        for school in helping:
            lines.append((name, AREAS[district], school.urn, school.name, "provider", "01-09-2025", "", ""))
    moved = next(line for line in lines if line[0] == "Aldermoor South")
    lines[lines.index(moved)] = (*moved[:6], "31-08-2026", moved[7])
    lines.append(("Aldermoor North", *moved[1:5], "01-09-2026", "", ""))
    header = ("Community", "Area", "School", "School name", "Kind", "Starts on", "Ends on", "PCN codes")
    write("communities.csv", header, lines, encoding="utf-8-sig")


def networks_file() -> None:
    book = Workbook()
    first, second = book.active, book.create_sheet("PCN Core Partner Details")
    first.title = "PCNDetails"
    first.append(["PCN Code", "PCN Name", "Current Sub ICB Loc Code", "Sub ICB Location", "Open Date", "Close Date"])
    second.append([
        "Partner\nOrganisation\nCode", "Partner\nName", "Practice\nParent\nSub ICB Loc Code",
        "Practice\nParent\nSub ICB Loc Name", "PCN Code", "PCN Name", "PCN Parent\nSub ICB Loc Code",
        "PCN Parent\nSub ICB Loc Name", "Practice to PCN\nRelationship\nStart Date",
        "Practice to PCN\nRelationship\nEnd Date",
    ])  # fmt: skip
    names = (
        "ALDERMOOR",
        "BRACKENFORD TOWN",
        "BRACKENFORD RURAL",
        "COPSLEY",
        "DUNMARSH",
        "SALTHOLME & BAY",
        "OLD HARBOUR",
        "ELSEWHERE",
    )
    for number, name in enumerate(names, start=1):
        code, place = f"U9900{number}", ("98Z" if name == "ELSEWHERE" else "99Z")
        area = f"NHS MADE-UP ICB - {place}"
        closed = "20240331" if name == "OLD HARBOUR" else ""
        first.append([code, f"{name} PCN", place, area, "20191001", closed])
        for practice in range(3):
            partner = f"G99{number}0{practice}"
            title = f"{name} SURGERY {practice + 1}"
            second.append([partner, title, place, area, code, f"{name} PCN", place, area, "20191001", closed or None])
    book.save(FOLDER / "ePCN.xlsx")


def census_file(year: str, schools: list[School], *, growth: float, plans: float, fractions: bool) -> None:
    def share(part: int, whole: int) -> str:
        return f"{part / whole:.4f}" if fractions else f"{100 * part / whole:.1f}"

    lines = []
    for school in schools:
        roll = max(12, round((school.roll or 96) * growth))
        special = school.sort == "special"
        ehc = round(roll * (0.97 if special else plans * MADE.uniform(0.4, 1.8)))
        support = 0 if special else round(roll * MADE.uniform(0.09, 0.19))
        girls, eal, free = (
            round(roll * 0.49),
            round(roll * MADE.uniform(0.02, 0.2)),
            round(roll * MADE.uniform(0.08, 0.4)),
        )
        kind = "Special school" if special else f"State-funded {school.phase.lower()}"
        lines.append((
            school.urn, "999", school.number, kind, roll, girls, roll - girls, share(girls, roll), share(roll - girls, roll),
            ehc, share(ehc, roll), support, share(support, roll), eal, roll - eal, 0, share(eal, roll),
            share(roll - eal, roll), "0", free, free, share(free, roll),
        ))  # fmt: skip
    for kind, (roll, ehc, support) in ENGLAND[year].items():
        known = {"ESTAB": kind, "URN": "NAT", "NOR": roll, "TSENELSE": ehc, "TSENELK": support}
        lines.append(tuple(known.get(name, "" if name in ("LA", "SCHOOLTYPE") else "NA") for name in CENSUS))
    write(f"{year}_england_census.csv", CENSUS, lines, encoding="utf-8" if fractions else "utf-8-sig")


def main() -> None:
    schools = county()
    lines = [(code, name, AREAS[name]) for name, code in DISTRICTS.items()]
    write("districts.csv", ("District code", "District name", "Area"), lines)
    schools_file(schools)
    links_file(schools)
    trusts_file(schools)
    networks_file()
    communities_file(schools)
    then = [school for school in schools if not school.opened and school.status != "4"]
    now = [school for school in schools if school.status in "13"]
    census_file("2018-2019", then, growth=0.97, plans=0.018, fractions=False)
    census_file("2023-2024", now, growth=1.0, plans=0.036, fractions=True)


if __name__ == "__main__":
    main()
