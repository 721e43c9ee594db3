"""Step 2: a SENCO writes requests, the headteacher returns one and signs it off, another is withdrawn."""

import io
from datetime import date

import pikepdf

from funding.models import FundingRequest
from tests.journeys.hands import File
from tests.journeys.person import Person
from tests.journeys.story.stage import Stage

TITLE = "A calm start to the day"
ASK = "A trained adult for the first half hour, stepping down by Easter."
NEED = "Arrives upset most mornings and cannot settle until ten o’clock, so that the first lesson is lost."


def ask_the_community(stage: Stage) -> None:
    """An individual request from its first word to the headteacher's signature; a discussion, withdrawn."""
    senco, head = stage.person("senco"), stage.person("head")
    request = _start(stage, senco, "Money for one pupil")
    stage.facts["request"] = request.reference
    _need(stage, senco)
    _pupil(stage, senco)
    _tried(stage, senco)
    _costs(stage, senco)
    _outcomes(stage, senco)
    _agreement(stage, senco)
    _document(stage, senco)
    _send(stage, senco)
    _returned(stage, head, request)
    _mended(stage, senco, request)
    _signed(stage, head, request)
    _withdrawn(stage, senco)


def _start(stage: Stage, senco: Person, kind: str) -> FundingRequest:
    stage.look(senco.go("/requests/"), "requests")
    senco.press("Start a request")
    stage.look(senco.choose(kind), "request-start")
    senco.press("Continue").sees("New request")
    stage.look(senco, "request-tasks-empty")
    return FundingRequest.objects.latest("pk")


def _need(stage: Stage, senco: Person) -> None:
    senco.press("About the need").fill("In a few words, what is it about?", TITLE).fill("What is the need?", NEED)
    if stage.manner.javascript:
        senco.sees("Saved at")
    stage.look(senco, "request-need")
    senco.press("Save and continue")


def _pupil(stage: Stage, senco: Person) -> None:
    stage.look(senco.press("The pupil").sees("No pupil yet"), "request-pupils-empty")
    senco.press("Add a pupil").choose_first("Which two words stand for the pupil?")
    senco.select("Year group", "Year 3").choose("Communication and interaction").choose("SEN support")
    stage.look(senco, "request-pupil")
    senco.press("Add this pupil")
    stage.look(senco, "request-pupils")
    stage.facts["words"] = FundingRequest.objects.get(reference=stage.facts["request"]).pupils.get().key.words
    senco.press("Continue")


def _tried(stage: Stage, senco: Person) -> None:
    stage.look(senco.press("What we have tried"), "request-tried-empty")
    senco.press("Add what you tried").choose("Our own staff")
    senco.fill("What was done?", "A quiet arrival with the teaching assistant, and a plan with pictures.")
    senco.fill_date("From when?", date(2026, 9, 14)).fill_date("Until when?", date(2026, 12, 11))
    senco.choose("It helped in part")
    stage.look(senco, "request-tried-add")
    senco.press("Save").sees("Support recorded")
    stage.look(senco, "request-tried")
    senco.press("Continue")


def _costs(stage: Stage, senco: Person) -> None:
    senco.press("What we ask for and cost")
    senco.fill("What do you ask the community for?", ASK)
    senco.fill_date("From when would the support run?", date(2027, 2, 22)).fill_date("Until when?", date(2027, 7, 16))
    senco.fill("What is it?", "Teaching assistant, first half hour").fill("Rate an hour", "15.40")
    senco.fill("Hours a week", "2.5").fill("Weeks", "20").fill("People", "1")
    if stage.manner.javascript:
        senco.sees("£770.00")
    stage.look(senco, "request-costs")
    senco.press("Add another cost").sees("Cost 2")
    senco.fill("What is it?", "Training for two staff", near="Cost 2").fill("One sum", "430", near="Cost 2")
    stage.look(senco, "request-costs-two")
    senco.press("Save and continue")


def _outcomes(stage: Stage, senco: Person) -> None:
    senco.press("Outcomes")
    senco.fill("What will be different?", "Starts lessons with the class on four days of five.")
    senco.fill("How will you know?", "The morning record, every week.").fill_date("By when?", date(2027, 5, 28))
    stage.look(senco, "request-outcomes")
    senco.press("Save and continue")


def _agreement(stage: Stage, senco: Person) -> None:
    senco.press("Agreement").choose("Parent or carer").fill_date("On what day?", date(2027, 1, 8))
    senco.fill("Who asked them?", "The SENCO").choose("In a meeting")
    stage.look(senco, "request-agreement")
    senco.press("Save and continue")


def _document(stage: Stage, senco: Person) -> None:
    stage.look(senco.go(_address(stage)), "request-tasks-written")
    senco.press("Documents").upload("Add a document", _no_plan()).press("Add document")
    stage.look(senco.sees("This file is not what its name says."), "request-document-refused")
    senco.upload("Add a document", _plan()).press("Add document").sees("provision-plan.pdf")
    stage.look(senco, "request-documents")


def _send(stage: Stage, senco: Person) -> None:
    senco.press("Back to the request").press("Check and send").sees("£1,200")
    stage.look(senco, "request-check")
    senco.press("Send to the headteacher").sees("is with the headteacher")
    stage.look(senco, "request-sent")


def _returned(stage: Stage, head: Person, request: FundingRequest) -> None:
    stage.look(head.go("/").sees(request.reference), "head-home")
    head.go(f"/requests/{request.reference}/").press("Read and sign off")
    stage.look(head, "sign-off")
    stage.look(head.press("Return it"), "return")
    head.fill("What should change?", "Please say what the class teacher saw when the quiet arrival worked.")
    head.press("Return it").sees("is returned to its writer")
    stage.look(head, "returned")


def _mended(stage: Stage, senco: Person, request: FundingRequest) -> None:
    senco.go("/").sees(request.reference)
    stage.look(senco, "senco-home-returned")
    senco.go(f"/requests/{request.reference}/").sees("Returned by the headteacher")
    stage.look(senco, "request-tasks-returned")
    senco.press("About the need")
    _saved_elsewhere(stage, senco)
    senco.fill("What is the need?", f"{NEED} On quiet days the class teacher sees calm work.")
    if not stage.manner.javascript:
        senco.press("Save and continue")
    stage.look(senco.sees("You saved this page in another window"), "request-conflict")
    senco.press("Save and continue").go(f"/requests/{request.reference}/check/").sees("sees calm work")
    senco.press("Send to the headteacher").sees("is with the headteacher")


def _saved_elsewhere(stage: Stage, senco: Person) -> None:
    """In another tab, while the page stood open in this one: neither text may be lost."""
    tab = stage.other_tab(senco)
    tab.go(f"{_address(stage)}need/").fill("What is the need?", f"{NEED} It is calmer now.")
    tab.press("Save and continue").page.close()


def _signed(stage: Stage, head: Person, request: FundingRequest) -> None:
    button = f"Sign off and submit £1,200 for {stage.facts['school']}"
    stage.look(head.go(f"/requests/{request.reference}/sign-off/").sees(button), "sign-off-again")
    head.press(button).sees("is submitted to")
    stage.look(head, "signed")
    request.refresh_from_db()
    assert request.state == FundingRequest.State.SUBMITTED


def _withdrawn(stage: Stage, senco: Person) -> None:
    request = _start(stage, senco, "Talk it through, no money")
    senco.press("About the need").fill("In a few words, what is it about?", "School refusal in Year 6")
    senco.fill("What is the need?", "Has been in school nine days this term. We would like other eyes on it.")
    senco.press("Save and continue").go(f"/requests/{request.reference}/")
    stage.look(senco, "discussion-tasks")
    senco.press("Withdraw this request").fill("Why? (optional)", "The family has found a way that works.")
    stage.look(senco, "withdraw")
    senco.press(f"Withdraw {request.reference}").sees(f"{request.reference} is withdrawn")
    stage.look(senco, "withdrawn")
    stage.look(senco.go("/requests/"), "requests-after")


def _address(stage: Stage) -> str:
    return f"/requests/{stage.facts['request']}/"


def _plan() -> File:
    out = io.BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.save(out)
    return {"name": "provision-plan.pdf", "mimeType": "application/pdf", "buffer": out.getvalue()}


def _no_plan() -> File:
    """A program under the name of a paper."""
    return {"name": "provision-plan.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00 a program"}
