"""The files a new county loads: as they are published in `tests/data`, and two lists of its own."""

import csv
import io
from pathlib import Path

from tests.journeys.hands import File

DATA = Path(__file__).parents[2] / "data"
EAST = ("Ashford", "Canterbury", "Dover", "Folkestone and Hythe", "Swale", "Thanet")
COMMUNITY, SCHOOL = "Ashford North", "Goat Lees Primary School"
CHAIRS_SCHOOL = "Water Meadows Primary School"  # in another community; its trust has a school in this one
COLLEAGUES_SCHOOL, THIRD_SCHOOL = "Victoria Road Primary School", "Repton Manor Primary School"
HEADER = "Community,Area,School,Kind,Starts on,Ends on,PCN codes"
MEMBERS = {
    ("Ashford North", "East", "U50767"): (136251, 118369, 137806, 141329, 141881, 136379),
    ("Canterbury South", "East", "U84081"): (138579, 118867, 118884, 148500),
    ("Maidstone Green", "West", ""): (118297, 118302, 141025),
}


def published(name: str) -> File:
    """A file of `tests/data`."""
    return str(DATA / name)


def districts() -> File:
    """The districts as the Office for National Statistics lists them, with a column for our areas."""
    with (DATA / "kent_districts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["Area"] = "East" if row["LAD24NM"] in EAST else "West"
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return _csv("districts-and-areas.csv", text.getvalue())


def communities() -> File:
    """Three communities of real schools, two of them aligned with a primary care network."""
    return _csv("communities.csv", _members())


def faulty_communities() -> File:
    """The same with a day that is none, a number that no school has, and a kind that is none."""
    wrong = _members().replace("118369,full,01-09-2025", "118369,full,31-09-2025").replace("137806", "999999")
    return _csv("communities-faulty.csv", wrong.replace("148500,full", "148500,guest"))


def _members() -> str:
    lines = [
        f"{name},{area},{urn},full,01-09-2025,,{networks}"
        for (name, area, networks), schools in MEMBERS.items()
        for urn in schools
    ]
    return "\r\n".join([HEADER, *lines, ""])


def _csv(name: str, text: str) -> File:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
