"""Step 3: the chair plans and runs a meeting; members answer, follow and read; the next meeting seals its minutes."""

from tests.journeys.story.meeting_after import after
from tests.journeys.story.meeting_before import before
from tests.journeys.story.meeting_live import live
from tests.journeys.story.stage import Stage


def meet(stage: Stage) -> None:
    before(stage)
    live(stage)
    after(stage)
