"""What every page has to keep to, and the sentence when it does not."""

from typing import Any

from scripts.benching.pages import PAGES

MOST_QUERIES = 12
LARGE_OVER_SMALL = 0.8
Sizes = dict[str, dict[str, Any]]


def misses(pages: dict[str, Sizes]) -> list[str]:
    """Every bound that is broken, in words."""
    return [f"{name}: {sentence}" for name, sizes in pages.items() for sentence in misses_of(sizes, PAGES[name].least)]


def misses_of(sizes: Sizes, least: float) -> list[str]:
    """What one page does not keep to."""
    small, large = sizes["small"], sizes["large"]
    most = max(small["queries"], large["queries"])
    said = []
    if small["ratio"] < least:
        said.append(f"ratio {small['ratio']} in the small county, at least {least} is asked for")
    if large["ratio"] < LARGE_OVER_SMALL * small["ratio"]:
        said.append(f"ratio falls from {small['ratio']} to {large['ratio']} in a county a hundred times as large")
    if most > MOST_QUERIES:
        said.append(f"{most} queries, at most {MOST_QUERIES} are allowed")
    if small["queries"] != large["queries"]:
        said.append(f"{small['queries']} queries in the small county and {large['queries']} in the large one")
    return said
