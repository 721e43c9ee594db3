"""The places of Wealdshire, as plain facts: two areas, four districts, six communities, sixty schools, eight networks."""

from dataclasses import dataclass
from random import Random

AREAS = {"East": ["Ashmere", "Fernhurst"], "West": ["Hollowdown", "Marlstone"]}
DISTRICTS = {
    name: f"E0799{number:04d}" for number, name in enumerate(["Ashmere", "Fernhurst", "Hollowdown", "Marlstone"], 1)
}
COMMUNITIES = {
    "Ashmere North": "Ashmere",
    "Ashmere South": "Ashmere",
    "Fernhurst": "Fernhurst",
    "Hollowdown": "Hollowdown",
    "Marlstone Town": "Marlstone",
    "Marlstone Villages": "Marlstone",
}
TRUSTS = ["Downland Learning Trust", "Greensand Academies Trust", "Orchard Schools Federation"]
NETWORKS = ["Ashmere Valley", "Ashmere Central", "Fernhurst", "Hollow and Down", "Marlstone Central", "Marlstone Rural",
            "Three Mills", "Weald Edge"]  # fmt: skip
FIRST = [
    "Hartwell",
    "Oakfield",
    "Millbrook",
    "Pebble",
    "Combe",
    "Thornley",
    "Wickham",
    "Larkfield",
    "Stonegate",
    "Brookside",
    "Appledown",
    "Chalkpit",
    "Dewpond",
    "Elmbridge",
    "Foxley",
    "Gorsehill",
    "Hazelmere",
    "Ivychurch",
    "Kiln",
    "Lane",
]
KINDS = ["Primary School", "Church of England Primary School", "Infant School", "Community Primary School", "Academy"]
SCHOOLS = 60


@dataclass(frozen=True, slots=True)
class SampleSchool:
    """One invented school."""

    urn: int
    number: int
    name: str
    phase: str
    status: str
    roll: int
    plans: int
    support: int
    community: str
    trust: str

    @property
    def district(self) -> str:
        return COMMUNITIES[self.community]


def schools() -> list[SampleSchool]:
    """Sixty schools, the same each time: two closed, one proposed to close, seven secondary."""
    chance = Random(2026)  # noqa: S311 -- a made-up county needs no secrets
    return [_school(number, chance) for number in range(SCHOOLS)]


def _school(number: int, chance: Random) -> SampleSchool:
    secondary = number % 9 == 4
    first = FIRST[number % len(FIRST)]
    kind = "High School" if secondary else KINDS[number % len(KINDS)]
    place = list(COMMUNITIES)[number % len(COMMUNITIES)]
    roll = chance.randrange(700, 1300) if secondary else chance.randrange(60, 430)
    return SampleSchool(
        urn=990_001 + number,
        number=(4000 if secondary else 2000) + number,
        name=f"{first} {kind}" if number < len(FIRST) else f"{first} {_point(number)} {kind}",
        phase="Secondary" if secondary else "Primary",
        status={17: "Closed", 38: "Closed", 51: "Open, but proposed to close"}.get(number, "Open"),
        roll=roll,
        plans=round(roll * chance.uniform(0.015, 0.07)),
        support=round(roll * chance.uniform(0.09, 0.21)),
        community=place,
        trust=TRUSTS[number % 3] if number % 4 == 0 else "",
    )


def _point(number: int) -> str:
    return ["Green", "Hill", "St Aldan"][number // len(FIRST) - 1]
