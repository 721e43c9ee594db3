"""Before the meeting: planned on a date of the area, filled from what is open, ordered, published, answered."""

from datetime import date

from core.formats import long_date
from meetings.models import Invitation, Meeting
from tests.journeys.person import Person
from tests.journeys.story import kent
from tests.journeys.story.stage import Stage


def draft(stage: Stage) -> None:
    """An action was agreed before there were meetings here; the first of them will ask after it."""
    chair = stage.person("chair")
    earlier_action(stage, chair)
    stage.facts["meeting"] = plan(stage, chair, stage.facts["first"])


def before(stage: Stage) -> None:
    chair, address = stage.person("chair"), stage.facts["meeting"]
    local_item(stage, chair.go(address))
    order(stage, chair)
    publish(stage, chair, address)
    for who in ("colleague", "senco"):
        comes(stage, who)
    entry(stage.person("colleague"))
    sends_somebody(stage)
    stage.look(chair.go(f"{address}people/").sees("Robin Carter comes instead"), "people")


def earlier_action(stage: Stage, chair: Person) -> None:
    title = stage.facts["earlier_action"] = "Ask the library about quiet rooms"
    stage.look(chair.go("/actions/"), "actions-none").press(f"New action of {stage.facts['community'].name}")
    chair.fill("What is to be done?", title).select("Who does it?", stage.people["colleague"].name)
    chair.fill_date("By when?", stage.facts["first"])
    stage.look(chair, "action-new").press("Agree action").sees(title)


def plan(stage: Stage, chair: Person, on: date) -> str:
    """The address of the new meeting, whose draft the chair is looking at."""
    stage.look(chair.go("/meetings/"), "meetings-to-plan")
    chair.press(f"Plan the meeting of {stage.facts['community'].name} on {long_date(on)}")
    chair.fill("Where is it? (optional)", f"{kent.COLLEAGUES_SCHOOL}, the hall")
    stage.look(chair, "plan").press("Plan this meeting").sees("Its agenda is a draft")
    stage.look(chair, "agenda-draft")
    found: Meeting = Meeting.objects.get(community=stage.facts["community"], on=on)
    return found.get_absolute_url()


def local_item(stage: Stage, chair: Person) -> None:
    """What is open stands on the agenda by itself, each with its reason; the chair adds one matter of their own."""
    chair.sees(f"({stage.facts['request']})").sees("1 action is due by this meeting").sees(stage.facts["bulletin"])
    chair.press("Add an item").fill("Title", "Reading at home").fill("Why is it on the agenda? (optional)", "Asked for")
    stage.look(chair, "item-add").press("Add item").sees("Reading at home")


def order(stage: Stage, chair: Person) -> None:
    stage.look(chair.press("Change the order").sees("Save these numbers"), "order")
    items = Meeting.objects.get(community=stage.facts["community"], on=stage.facts["first"]).items
    above, last = items.get(title="Reading at home").position - 1, items.count()
    for button, place in (("Up", above), ("To the top", 1), ("To the bottom", last)):
        chair.press(f"{button} Reading at home")
        chair.page.locator(f".app-agenda li:nth-child({place})").get_by_text("Reading at home").first.wait_for()


def publish(stage: Stage, chair: Person, address: str) -> None:
    stage.look(chair.go(f"{address}ready/"), "ready")
    chair.press("Publish the agenda").sees("Everybody invited has been told")
    stage.worker()
    stage.look(chair.go(address), "agenda-published")


def comes(stage: Stage, who: str) -> None:
    person = stage.person(who).go("/meetings/")
    stage.look(person, f"meetings-{who}").press("Say whether you come").choose("Yes")
    stage.look(person, f"answer-{who}").press("Send answer").sees("Put it in my calendar")
    stage.look(person, f"agenda-{who}")


def entry(member: Person) -> None:
    """The invitation for a calendar."""
    entry = member.download("Put it in my calendar").decode()
    assert "METHOD:REQUEST" in entry
    assert "DTSTART" in entry


def sends_somebody(stage: Stage) -> None:
    head = stage.person("head").go("/meetings/").press("Say whether you come")
    head.choose("No, please give my apologies").fill("Reason for apologies (optional)", "A school trip")
    head.fill("Or the name of somebody else (optional)", "Robin Carter")
    stage.look(head, "apologies").press("Send answer").sees("Robin Carter comes instead")
    place = Invitation.objects.get(person=stage.people["head"])
    assert (place.answer, place.substitute_name) == ("no", "Robin Carter")
