"""Step 6: the board reads the week's digest, writes a bulletin, and sees who has acknowledged it."""

from datetime import date, timedelta

from django.utils import timezone

from core.formats import long_date
from tests.journeys.story.meeting_before import plan
from tests.journeys.story.stage import Stage

LATER = "Autumn training"


def tell(stage: Stage) -> None:
    """What the next meeting of each community will talk about."""
    stage.facts["bulletin"] = "Attendance plans"
    write(stage, stage.facts["bulletin"], "Please look at attendance plans before the spring.")


def answer(stage: Stage) -> None:
    read(stage)
    answer_matter(stage)
    write(stage, LATER, "Say who will come.")
    stands_on_the_agenda(stage)
    acknowledge(stage)
    sees_who_has(stage)


def read(stage: Stage) -> None:
    member = stage.person("board")
    stage.look(member.go("/"), "home-board")
    stage.look(member.go(f"/board/{stage.facts['area'].slug}/"), "board")
    member.page.locator("a[href*='/digests/']").first.wait_for()
    stage.look(member.go("/account/notices/").sees("digest"), "notices-board")


def read_digest(stage: Stage, on: date) -> None:
    """That of the week of this day, in which one request was approved and a departure explained."""
    monday, member = on - timedelta(days=on.weekday()), stage.person("board")
    member.go(f"/board/{stage.facts['area'].slug}/")
    stage.look(member, "board-after-meeting")
    member.press(f"{long_date(monday)} to {long_date(monday + timedelta(days=6))}").sees("never told")
    member.sees("£1,000.00").sees("£118,850.00").misses(stage.facts["words"])
    stage.look(member, "digest")


def answer_matter(stage: Stage) -> None:
    """What the community sent up is answered, and the chair reads the answer."""
    member, title = stage.person("board"), stage.facts["matter"]
    stage.look(member.go("/board/escalations/"), "matters").press(title)
    member.press("Send answer").sees("Write an answer or choose a bulletin")
    stage.look(member, "matter-error")
    member.fill("What does the board answer?", "A second audiologist begins in June.").press("Send answer")
    stage.look(member.sees("Answer sent to the chair"), "matter-answered")
    stage.worker()
    chair = stage.person("chair").go("/account/notices/")
    stage.look(chair, "notices-chair").press(f"The board has answered {stage.facts['community'].name}")
    stage.look(chair.sees("A second audiologist begins in June."), "matter-chair")


def write(stage: Stage, title: str, text: str) -> None:
    member = stage.person("board").go("/board/bulletins/").press("Write a bulletin")
    member.fill("Title", title).fill("What should communities know or do?", text)
    member.choose(f"Every community in {stage.facts['area'].name}")
    member.fill_date("Acknowledge by", timezone.localdate() + timedelta(days=50))
    stage.look(member, "bulletin-write").press("Keep draft").sees("Nobody sees it until you publish it")
    stage.look(member, "bulletin-draft").press("Publish bulletin").sees("The chairs have been told")
    stage.worker()
    stage.look(member.sees("Not yet"), "bulletin-out")


def stands_on_the_agenda(stage: Stage) -> None:
    chair = stage.person("chair")
    plan(stage, chair, stage.facts["third"])
    stage.look(chair.sees(LATER), "agenda-bulletin")


def acknowledge(stage: Stage) -> None:
    chair = stage.person("chair").go("/meetings/bulletins/")
    stage.look(chair, "bulletins-chair")
    chair.press(f"Acknowledge “{LATER}” for {stage.facts['community'].name}").choose("Not yet")
    stage.look(chair, "acknowledge").press("Acknowledge").sees("Acknowledged for")


def sees_who_has(stage: Stage) -> None:
    member, chair = stage.person("board"), stage.people["chair"].name
    stage.look(member.go("/board/bulletins/").press(LATER).sees(chair), "noted")
