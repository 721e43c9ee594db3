"""Step 4: the chair reports what was spent, the officer asks and accepts; payments go out and come back; the books add up."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

from core.formats import exact_pounds
from tests.journeys.story.meeting_after import sound
from tests.journeys.story.stage import Stage, moment

LATER = date(2027, 3, 18)
TOTAL = Decimal("9400.00")  # what the meeting awarded, and what the council had promised before


def account_for_it(stage: Stage) -> None:
    stage.at(moment(LATER))
    report(stage)
    question(stage)
    accept(stage)
    paid(stage, schedule(stage))
    give_back(stage)
    books(stage)


def report(stage: Stage) -> None:
    community, chair = stage.facts["community"], stage.person("chair")
    stage.look(chair.go("/money/"), "money-chair")
    stage.look(chair.go(f"/money/{community.slug}/reports/"), "reports-empty").press("Start report")
    stage.look(chair.sees("This is what the books hold now."), "report-draft").press("Send to the officers")
    chair.choose("Every award in this report was decided by the Community Principles")
    stage.look(chair, "report-send").press(f"Send report of {exact_pounds(TOTAL)} for {community.name}")
    stage.look(chair.sees("Report sent to the High Needs Funding officers"), "report-sent")
    stage.worker()


def question(stage: Stage) -> None:
    """About one line; the chair answers on the same page."""
    officer, chair, name = stage.person("officer"), stage.person("chair"), stage.facts["community"].name
    stage.look(officer.go("/"), "home-officer")
    stage.look(officer.go("/money/"), "money-officer").press("Review expenditure reports")
    stage.look(officer.sees(name), "report-queue").press(name)
    stage.look(officer.sees("Ask a question"), "report-officer").press("Ask a question")
    line = officer.page.locator("select option", has_text=stage.facts["request"]).first.text_content()
    officer.select("About which line? (optional)", line.strip()).fill("What is your question?", "When does it begin?")
    stage.look(officer, "report-ask").press("Send question").sees("Question sent to the chair")
    stage.worker()
    stage.look(chair.go("/money/"), "money-chair-asked").press("Answer a question about an expenditure report")
    stage.look(chair.sees("When does it begin?"), "report-asked").press("Answer this question")
    stage.look(chair.fill("Your answer", "On 1 March."), "report-answer").press("Send answer").sees("Answer sent")


def accept(stage: Stage) -> None:
    officer, name = stage.person("officer"), stage.facts["community"].name
    officer.go("/money/reports/").press(name).sees("On 1 March.")
    officer.press(f"Accept {exact_pounds(TOTAL)} for {name}").sees("Report accepted")
    stage.look(officer, "report-accepted")
    stage.look(officer.press("Version 1").sees("This is the newest version."), "report-version")
    sound(officer, f"{officer.page.url.removeprefix(officer.base)}report.pdf")


def schedule(stage: Stage) -> list[dict[str, str]]:
    """The lines of the payment schedule, as the finance office gets them."""
    officer = stage.person("officer")
    stage.look(officer.go("/money/payments/").sees("due and not yet sent"), "schedules")
    officer.press("Make a payment schedule").sees("is ready")
    stage.look(officer, "schedule")
    book = officer.download("Keep as Excel")
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(book)).namelist()
    return list(csv.DictReader(io.StringIO(officer.download("Keep as CSV").decode("utf-8-sig"))))


def paid(stage: Stage, lines: list[dict[str, str]]) -> None:
    """The same file comes back with the day on each line that was paid."""
    officer = stage.person("officer").press("load its file with paid marks")
    stage.look(officer.sees("What you can load"), "imports-officer").press("Paid marks")
    rows = [f"{line['Reference']},{line['Amount']},18-03-2027" for line in lines if line["Reference"] != "Total"]
    text = "\r\n".join(["Reference,Amount,Paid on", *rows, ""])
    officer.upload("Choose a file", {"name": "paid.csv", "mimeType": "text/csv", "buffer": text.encode()})
    officer.press("Upload and compare")
    stage.worked(officer.sees("Reading paid.csv")).sees("Check what paid.csv would change")
    stage.look(officer, "paid-preview").press(f"Load {len(rows)} change{'s' if len(rows) > 1 else ''}")
    stage.worked(officer.sees("Loading paid.csv")).sees("paid.csv was loaded")
    stage.look(officer, "paid-loaded")


def give_back(stage: Stage) -> None:
    """What is neither paid nor sent for payment returns, and the school is thanked."""
    senco, reference = stage.person("senco"), stage.facts["request"]
    stage.look(senco.go("/money/"), "money-school").press(reference)
    stage.look(senco.sees("No longer needed?"), "award").press("End this award early")
    senco.fill("Why is it no longer needed?", "The need is met.")
    stage.look(senco, "award-end").press(f"Give back {exact_pounds(500)} from {stage.facts['school']}")
    stage.look(senco.sees("Thank you."), "award-ended")


def books(stage: Stage) -> None:
    """Every movement is there, and each column adds up to the figure above it."""
    community = stage.facts["community"]
    chair = stage.person("chair").go(f"/money/{community.slug}/2026-27/")
    stage.look(chair.sees("movements together"), "books")
    *rows, total = csv.DictReader(io.StringIO(chair.download("CSV").decode("utf-8-sig")))
    assert total["What"] == "Total"
    for column in ("Allocated", "Contingency", "Committed", "Paid", "Uncommitted"):
        assert sum(Decimal(row[column] or 0) for row in rows) == Decimal(total[column]), column
