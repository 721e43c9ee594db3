"""Figures that a test finds on its way, shown together at the end of the run: one line of JSON for each test.

A plugin of its own, so that it also gathers what was found in other processes (pytest -n).
"""

import json

import pytest

FIGURES = "figures"


@pytest.fixture
def record_figures(record_property):
    """Call it with what was counted."""

    def record(**figures: object) -> None:
        record_property(FIGURES, figures)

    return record


def pytest_terminal_summary(terminalreporter) -> None:
    found = {
        report.nodeid: figures
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, figures in getattr(report, "user_properties", ())
        if name == FIGURES
    }
    if found:
        terminalreporter.section("figures")
    for nodeid, figures in sorted(found.items()):
        terminalreporter.write_line(f"{nodeid.rpartition('/')[2]} {json.dumps(figures)}")
