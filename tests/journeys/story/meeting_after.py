"""After the meeting: minutes, letters and the balance as they were; the next meeting approves and seals."""

from tests import pdf_checks
from tests.journeys.person import WITHOUT_SCRIPTS, Person
from tests.journeys.story.board import read_digest
from tests.journeys.story.follow_ups import digest
from tests.journeys.story.meeting_before import plan, publish
from tests.journeys.story.meeting_live import close
from tests.journeys.story.stage import Stage, moment


def after(stage: Stage) -> None:
    chair, address = stage.person("chair"), stage.facts["meeting"]
    arrive(stage)
    chair.go(f"{address}minutes/").press("Send to members").sees("The minutes are sent to members")
    stage.worker()
    stage.look(chair, "minutes-sent")
    sound(chair, f"{address}minutes.pdf")
    stage.look(chair.go(f"{address}after/").sees("Share the attendance plan"), "after")
    correct(stage, chair, address)
    letter(stage)
    digest(stage, stage.facts["first"])
    read_digest(stage, stage.facts["first"])
    statement(stage, chair)
    seal(stage, chair, address)


def arrive(stage: Stage) -> None:
    """Whoever followed is led on: by the page itself, or by its link where scripts are off. The one who typed may read the
    minutes already.
    """
    for who in ("senco", "colleague"):
        follower = stage.person(who)
        if stage.manner is WITHOUT_SCRIPTS:
            follower.press("Show the latest")
        stage.look(follower.sees("What came of each item"), f"after-{who}")
    senco = stage.person("senco").press("Minutes")
    stage.look(senco.sees("The chair is still reading through these minutes."), "minutes-not-sent")


def sound(person: Person, path: str) -> None:
    """A tagged paper without a fault."""
    assert (problems := pdf_checks.problems(person.fetch(path))) == [], problems


def correct(stage: Stage, chair: Person, address: str) -> None:
    """A member proposes other words for a line, and the chair takes them."""
    member = stage.person("colleague").press("Minutes").sees("Noted.")
    stage.look(member, "minutes-member").press("Correct", near="Noted.")
    stage.look(member.fill("What should it say?", "Noted, with thanks."), "minutes-correct").press("Send to the chair")
    stage.look(member.sees("Waiting for the chair"), "minutes-correction")
    chair.go(f"{address}minutes/").press("Accept or answer").choose("Accept: the line is changed")
    stage.look(chair, "minutes-answer").press("Send my answer")
    stage.look(chair.sees("Noted, with thanks."), "minutes-corrected")


def letter(stage: Stage) -> None:
    senco, reference = stage.person("senco"), stage.facts["request"]
    stage.look(senco.go(f"/requests/{reference}/").sees("Read the decision letter"), "request-decided")
    stage.look(senco.press("Read the decision letter").sees("£1,000"), "letter")
    sound(senco, f"/requests/{reference}/letter/school.pdf")
    stage.look(senco.go(f"/requests/{reference}/letter/parents/"), "letter-parents")
    sound(senco, f"/requests/{reference}/letter/parents.pdf")


def statement(stage: Stage, chair: Person) -> None:
    """Five figures as they stood when the meeting closed."""
    chair.go(f"/money/{stage.facts['community'].slug}/").press("Meeting of 9 February 2027").sees("It does not change.")
    chair.sees("£135,000.00").sees("£6,750.00").sees("£9,400.00").sees("£118,850.00")
    stage.look(chair.sees("−£1,000.00"), "statement")
    sound(chair, f"{chair.page.url.removeprefix(chair.base)}statement.pdf")


def seal(stage: Stage, chair: Person, address: str) -> None:
    """The next meeting approves the minutes, which nobody can change from then on."""
    following = plan(stage, chair, stage.facts["second"])
    publish(stage, chair, following)
    stage.at(moment(stage.facts["second"]))
    chair.go(f"{following}live/").press("Start the meeting").sees("No item is open")
    chair.press("3. Minutes of the last meeting").press("Open this item").press("Open the paper of this item")
    stage.look(chair.sees("Approve and seal these minutes"), "minutes-to-approve")
    stage.look(chair.press("Approve and seal these minutes").sees("Approved and sealed"), "minutes-sealed")
    sound(chair, f"{address}minutes.pdf")
    close(stage, chair, following)
