"""The meeting as it happens: who is here, interests, minutes, outcomes, an action, the recommendation and the decision."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from meetings.models import AgendaItem, Meeting
from tests.journeys.person import Person
from tests.journeys.story.stage import Stage, moment


def live(stage: Stage) -> None:
    stage.at(moment(stage.facts["first"]))
    chair, address = stage.person("chair"), stage.facts["meeting"]
    start(stage, chair, address)
    attendance(stage, chair)
    interests(stage, chair, address)
    minutes(stage, chair, address)
    action(stage, chair)
    matter(stage, chair)
    earlier_action(stage, chair)
    conflict(stage, chair, address)
    recommend(stage, chair, address)
    decide(stage, chair)
    follow(stage, address)
    wall(stage, chair, address)
    close(stage, chair, address)


def item(stage: Stage, **about: object) -> AgendaItem:
    found = Meeting.objects.get(community=stage.facts["community"], on=stage.facts["first"])
    return found.items.exclude(position=None).filter(**about).get()


def open_item(person: Person, address: str, one: AgendaItem) -> Person:
    person.go(f"{address}live/items/{one.pk}/").press("Open this item")
    person.page.get_by_text(f"Item {one.position}, open now").first.wait_for()
    return person


def saved(person: Person, form: str, button: str) -> None:
    """Typed words save themselves; without scripts there is a button."""
    if not person.manner.javascript:
        person.press(button)
    expect(person.page.locator(f"#{form} [data-save-status]")).to_have_text(re.compile("^Saved"))


def start(stage: Stage, chair: Person, address: str) -> None:
    stage.look(chair.go("/"), "home-chair")
    stage.look(chair.go(f"{address}live/"), "live-start").press("Start the meeting").sees("No item is open")
    stage.look(chair, "live-started")


def attendance(stage: Stage, chair: Person) -> None:
    stage.look(chair.press("Record who is here").sees("Who is here"), "live-register-empty")
    chair.press("All expected have arrived").sees(f"Change times of {stage.people['senco'].name}")
    for name in (stage.people["third"].name, stage.people["relative"].name):
        chair.press(f"Arrived now: {name}").sees(f"Change times of {name}")
    stage.look(chair, "live-register")


def interests(stage: Stage, chair: Person, address: str) -> None:
    """The school's own people were found by the product; the chair adds one who says so."""
    one = item(stage, source_key__startswith="funding.request:")
    chair.go(f"{address}items/{one.pk}/interests/").sees(stage.people["senco"].name)
    name = stage.people["relative"].name
    chair.select("Who has the interest? (optional)", name)
    chair.fill("What is the interest? (optional)", "My sister works there.")
    stage.look(chair, "interests").press("Declare this interest").sees(name)
    stage.look(chair, "interests-declared")


def minutes(stage: Stage, chair: Person, address: str) -> None:
    open_item(chair, address, item(stage, kind="welcome"))
    stage.look(chair, "live-item")
    chair.fill("Minutes of this item", "The chair welcomed everybody.")
    saved(chair, "notes-form", "Save the minutes")
    chair.select("How did it end?", "For information").fill("Outcome in words", "Noted.")
    saved(chair, "outcome-form", "Save the outcome")
    stage.look(chair, "live-typed")


def action(stage: Stage, chair: Person) -> None:
    due = stage.facts["first"] + timedelta(days=63)
    chair.press("Agree an action").fill("What will be done?", "Share the attendance plan")
    chair.select("Who does it?", stage.people["colleague"].name).fill_date("By when?", due)
    stage.look(chair, "live-action-form").press("Agree this action").sees("Share the attendance plan")
    stage.look(chair, "live-action")
    stage.facts["action"] = {"title": "Share the attendance plan", "due_on": due}


def matter(stage: Stage, chair: Person) -> None:
    """What the community cannot settle by itself goes up to the board."""
    title = stage.facts["matter"] = "More hearing support"
    chair.press("Tell the board").choose("A request to the board").fill("In a few words", title)
    chair.fill("What should the board know?", "Three schools wait for an audiologist.")
    stage.look(chair, "tell-board").press("Send to the board").sees(title)
    stage.worker()
    stage.look(chair, "live-told-board")


def earlier_action(stage: Stage, chair: Person) -> None:
    """What was open before is taken first: it is done."""
    stage.look(chair.go("/actions/"), "actions-chair").press(stage.facts["earlier_action"]).press("It is done")
    chair.fill("What shows that it is done?", "The room opens on Monday.").press("It is done")
    stage.look(chair.sees("The room opens on Monday."), "action-chair")


def conflict(stage: Stage, chair: Person, address: str) -> None:
    """The minute taker typed in the same item while the chair did: both texts are shown, and none is lost."""
    one, taker = item(stage, kind="balance"), stage.person("colleague")
    chair.go(f"{address}live/minute-takers/").select("Who takes the minutes?", stage.people["colleague"].name)
    stage.look(chair, "minute-takers").press("Ask them to take the minutes").sees("Asked")
    open_item(chair, address, one)
    taker.go(f"{address}live/").sees("You take the minutes.")
    chair.fill("Minutes of this item", "The chair’s words.")
    saved(chair, "notes-form", "Save the minutes")
    taker.fill("Minutes of this item", "The minute taker’s words.")
    if not taker.manner.javascript:
        taker.press("Save the minutes")
    stage.look(taker.sees("Somebody else saved the notes first"), "clash")
    taker.press("Save what I chose").sees("Saved. Both texts stay in the history.")
    one.refresh_from_db()
    assert one.notes == "The chair’s words.\n\nThe minute taker’s words."


def recommend(stage: Stage, chair: Person, address: str) -> None:
    one = item(stage, source_key__startswith="funding.request:")
    open_item(chair, address, one).sees("Please leave:")
    stage.look(chair, "live-request").press("Open the paper of this item").press("Record the recommendation")
    stage.look(chair.sees("How was it reached?"), "recommend").choose("Counted vote").fill("For", "1").fill(
        "Against", "0"
    )
    chair.fill("Abstained", "1").fill("Recused", "1").fill("Not present", "3").choose("Support in part")
    chair.fill("How much?", "1100").fill("Conditions (optional)", "Look back after two terms.")
    chair.fill("Did somebody see it differently? (optional)", "One school would wait for the review.")
    stage.look(chair, "recommend-filled").press("Record the recommendation").sees("Recommendation recorded")
    stage.look(chair, "recommended")


def decide(stage: Stage, chair: Person) -> None:
    """In part, and less than the community recommended: that needs a reason that rests on a Principle."""
    chair.go(f"/requests/{stage.facts['request']}/decide/").choose("Approve in part").fill("How much?", "1000")
    stage.look(chair, "decide").press("Continue").sees("There is a problem")
    stage.look(chair, "decide-why")
    chair.fill("Why do you depart from the community’s recommendation?", "We keep room for the summer.")
    chair.choose("1. We look at the greatest need first, whichever school it is in.").press("Continue")
    stage.look(chair.sees("Check your decision"), "decide-check").press(
        f"Approve £1,000 for {stage.facts['school']}"
    ).sees("is decided")
    stage.look(chair, "decided")


def follow(stage: Stage, address: str) -> None:
    """A member reads along; whoever has an interest is asked to leave, and reads nothing of the item."""
    member, out, words = stage.person("colleague"), stage.person("senco"), stage.facts["words"]
    stage.look(member.go(f"{address}follow/").sees("This page follows the chair."), "follow")
    out.go(f"{address}follow/").sees("Please leave the room").misses(words)
    stage.look(out, "follow-out")


def wall(stage: Stage, chair: Person, address: str) -> None:
    """What others see on a screen holds no pupil key and nothing that was typed."""
    words = stage.facts["words"]
    stage.look(chair.go(f"{address}screen/").sees("Item"), "wall").misses(words).misses(stage.facts["school"])
    chair.go(address).press("Share my screen").sees("You are sharing your screen")
    chair.go(f"/requests/{stage.facts['request']}/").misses(words)
    stage.look(chair, "sharing-request")
    stage.look(chair.go(f"{address}live/").misses(words), "sharing-live")
    stage.look(chair.press("Stop sharing mode").sees("It is on."), "sharing").press("Show everything")
    chair.sees("Everything is shown until")


def close(stage: Stage, chair: Person, address: str) -> None:
    chair.go(f"{address}live/").press("Close the meeting").sees("Still open")
    stage.look(chair, "close").press("Close the meeting").sees("There is a problem")
    stage.look(chair, "close-error").choose("Close all the same").press("Close the meeting")
    chair.sees("The meeting is closed")
    stage.worker()
    stage.look(chair, "minutes-draft")
