"""Step 6: the board reads the week's digest, writes a bulletin, and sees who has acknowledged it."""

from datetime import timedelta

from django.utils import timezone

from tests.journeys.story.meeting_before import plan
from tests.journeys.story.stage import Stage


def board(stage: Stage) -> None:
    read(stage)
    write(stage)
    stands_on_the_agenda(stage)
    acknowledge(stage)
    stage.look(stage.person("board").go("/board/bulletins/").press("Autumn training").sees("Chair Person"), "noted")


def read(stage: Stage) -> None:
    member = stage.person("board")
    stage.look(member.go("/"), "home-board")
    stage.look(member.go(f"/board/{stage.facts['area'].slug}/"), "board")
    member.page.locator("a[href*='/digests/']").first.wait_for()
    stage.look(member.go("/account/notices/").sees("digest"), "notices-board")


def write(stage: Stage) -> None:
    member = stage.person("board").go("/board/bulletins/").press("Write a bulletin")
    member.fill("Title", "Autumn training").fill("What should communities know or do?", "Say who will come.")
    member.choose(f"Every community in {stage.facts['area'].name}")
    member.fill_date("Acknowledge by", timezone.localdate() + timedelta(days=28))
    stage.look(member, "bulletin-write").press("Keep draft").sees("Nobody sees it until you publish it")
    stage.look(member, "bulletin-draft").press("Publish bulletin").sees("The chairs have been told")
    stage.worker()
    stage.look(member.sees("Not yet"), "bulletin-out")


def stands_on_the_agenda(stage: Stage) -> None:
    chair = stage.person("chair")
    plan(stage, chair, stage.facts["third"])
    stage.look(chair.sees("Autumn training"), "agenda-bulletin")


def acknowledge(stage: Stage) -> None:
    chair = stage.person("chair").go("/meetings/bulletins/")
    stage.look(chair, "bulletins-chair")
    chair.press(f"Acknowledge “Autumn training” for {stage.facts['community'].name}").choose("Not yet")
    stage.look(chair, "acknowledge").press("Acknowledge").sees("Acknowledged for")
