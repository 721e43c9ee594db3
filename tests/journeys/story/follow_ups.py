"""Step 5: the worker's days: an action is followed up before, on and after its day until it is done; the weekly digest."""

from datetime import date, timedelta

from django.core import mail

from dashboards.tasks import board_digests
from meetings.models import Action
from meetings.tasks import follow_up_actions
from tests.journeys.story.stage import Stage, moment

WEEK = timedelta(days=7)
BEFORE, ON, AFTER = "An action is due in 7 days", "An action is due today", "An action is 7 days late"


def follow_up(stage: Stage) -> None:
    due = stage.facts["action"]["due_on"]
    for day, subject in ((due - WEEK, BEFORE), (due, ON), (due + WEEK, AFTER)):
        reminded(stage, day, subject)
    done(stage)
    morning(stage, due + 2 * WEEK)
    assert told(stage) == []
    digest(stage, due + 2 * WEEK)


def morning(stage: Stage, day: date) -> None:
    """What beat starts in the morning, and what the worker does with it; e-mails are those of this morning."""
    stage.worker()
    mail.outbox.clear()
    stage.at(moment(day, 7, 0))
    follow_up_actions()
    stage.worker()


def told(stage: Stage) -> list[str]:
    """Subjects of e-mails to the action's owner this morning."""
    return [letter.subject for letter in mail.outbox if stage.people["colleague"].email in letter.to]


def reminded(stage: Stage, day: date, subject: str) -> None:
    morning(stage, day)
    assert told(stage) == [f"{subject} ({stage.facts['community'].name})"]
    assert_only_references(stage)
    owner = stage.person("colleague").go("/account/notices/").sees(subject)
    stage.look(owner, f"notices-{day}")


def assert_only_references(stage: Stage) -> None:
    """An e-mail says that there is something and where; never what."""
    for letter in mail.outbox:
        assert stage.facts["action"]["title"] not in letter.body
        assert stage.facts["words"] not in letter.body
        assert "/actions/" in letter.body


def done(stage: Stage) -> None:
    """Once it is done nobody is asked again."""
    title = stage.facts["action"]["title"]
    owner = stage.person("colleague")
    stage.look(owner.go("/actions/").sees(title), "actions").press(title)
    stage.look(owner.sees("Late"), "action-late").press("It is done")
    owner.fill("What shows that it is done?", "Shared with all on Monday.")
    stage.look(owner, "action-done").press("It is done").sees("The chair has been asked to confirm")
    chair = stage.person("chair").go("/actions/?state=done").press(title)
    stage.look(chair, "action-to-confirm").press("Confirm that it is done").sees("Confirmed as done")
    assert Action.objects.get(title=title).state == "confirmed"


def digest(stage: Stage, day: date) -> None:
    """The Monday morning after this day: one digest of its week for the area, however often it is asked for."""
    monday = day - timedelta(days=day.weekday())
    stage.at(moment(monday + timedelta(days=7), 6, 0))
    stage.worker()
    mail.outbox.clear()
    for _ in range(2):
        board_digests()
        stage.worker()
    told = [letter.to for letter in mail.outbox if f"digest, week of {monday:%-d %B %Y}" in letter.subject]
    assert told.count([stage.people["board"].email]) == 1
