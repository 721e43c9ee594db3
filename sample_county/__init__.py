"""Wealdshire: a made-up county in the forms in which real registers are published."""

from pathlib import Path

FOLDER = Path(__file__).parent
# Kind of import and file, in the order in which they are loaded.
FILES: list[tuple[str, str]] = [
    ("districts", "districts.csv"),
    ("schools", "edubasealldata20261102.csv"),
    ("school-links", "links_edubasealldata20261102.csv"),
    ("trusts", "alllinksdata20261102.csv"),
    ("networks", "ePCN.xlsx"),
    ("communities", "communities.csv"),
    ("school-census", "2018-2019_england_census.csv"),
    ("school-census", "2023-2024_england_census.csv"),
]
COUNTY = {"name": "Wealdshire", "la_code": "999", "sub_icb_code": "99Z"}
