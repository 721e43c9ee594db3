"""What beat starts, and when: by London's clocks, and never while they change."""

from celery import current_app
from celery.schedules import crontab
from django.conf import settings

TIMETABLE = settings.CELERY_BEAT_SCHEDULE
A_MINUTE = 60.0
WORK = {
    "core.drain_outbox": A_MINUTE,  # docs/adr/outbox.md
    "core.seal_audit": A_MINUTE,
    "meetings.follow_up_actions": crontab(hour=7, minute=0),
    "dashboards.board_digests": crontab(hour=7, minute=30),  # Mondays, and the morning after a Monday that was missed
}


def test_everything_that_must_run_runs_when_the_papers_say():
    assert {entry["task"]: entry["schedule"] for entry in TIMETABLE.values()} == WORK
    assert len(TIMETABLE) == len(WORK)
    assert settings.CELERY_TIMEZONE == "Europe/London"


def test_every_task_of_the_timetable_is_known_to_the_worker_and_asks_for_nothing():
    current_app.loader.import_default_modules()

    unknown = {entry["task"] for entry in TIMETABLE.values()} - set(current_app.tasks)

    assert unknown == set()
    assert all(set(entry) == {"task", "schedule"} for entry in TIMETABLE.values())


def test_nothing_begins_in_the_hours_that_the_clocks_skip_or_repeat():
    hours = [entry["schedule"].hour for entry in TIMETABLE.values() if isinstance(entry["schedule"], crontab)]

    assert [night & {0, 1, 2} for night in hours] == [set()] * len(hours)
