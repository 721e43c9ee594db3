"""What was typed reaches the edition of the minutes it was meant for, on the page and on paper."""

import pytest

from core import documents
from funding.models import Answer, Recommendation
from funding.services import recommending
from meetings.models import Meeting, Minutes
from meetings.queries import editions
from meetings.services import minutes
from tests.actors import BOARD, CHAIR, COLLEAGUE, SENCO
from tests.factories.meetings import AgendaItemFactory, EscalationFactory
from tests.factories.meetings_live import ItemSchoolFactory, MinutesNoteFactory, SuspensionFactory
from tests.funding import made

pytestmark = pytest.mark.django_db
WORDS = (
    "board notes", "board outcome", "members notes", "members outcome", "restricted notes", "restricted outcome",
    "matter of a school", "set conditions", "one disagreed", "sent up", "lunch was late",
)  # fmt: skip


@pytest.fixture
def held(world, actors) -> Minutes:
    """Minutes of a meeting in which something was typed in every kind of item."""
    request = made.submitted(world, actors)
    item = made.on_agenda(request)
    ItemSchoolFactory(item=item, school=world.hartwell)
    recommending.recommend(
        request_id=request.pk, how=Recommendation.How.CONSENSUS, answer=Answer.ADVICE, conditions="set conditions",
        dissent="one disagreed", by=actors[CHAIR].user, now=made.now(),
    )  # fmt: skip
    for audience in ("board", "members", "restricted"):
        AgendaItemFactory(
            meeting=item.meeting, audience=audience, notes=f"{audience} notes", outcome=f"{audience} outcome",
            outcome_kind="information",
        )  # fmt: skip
    about = AgendaItemFactory(meeting=item.meeting, audience="board", notes="matter of a school")
    ItemSchoolFactory(item=about, school=world.oakfield)
    EscalationFactory(community=world.north, item=item, title="sent up", text="A word to the board")
    by = actors[CHAIR].user
    SuspensionFactory(
        meeting=item.meeting, reason="lunch was late", resumed_at=made.now(), suspended_by=by, resumed_by=by
    )
    return minutes.draft(item.meeting, now=made.now())


def _read(minutes, edition) -> set[str]:
    html = documents.printable(editions.paper(minutes, edition))
    return {words for words in WORDS if words in html}


def test_the_board_reads_what_was_meant_for_it(held):
    assert _read(held, editions.BOARD) == {"board notes", "board outcome", "sent up"}


def test_members_read_no_words_about_a_school_they_were_not_there_to_hear(held):
    hidden = {"restricted notes", "matter of a school", "set conditions", "one disagreed"}

    assert _read(held, editions.MEMBERS) == set(WORDS) - hidden


def test_who_was_there_reads_everything(held):
    assert _read(held, editions.FULL) == set(WORDS)


def test_each_reader_has_their_edition(held, actors):
    found = {
        who: editions.edition_for(actors[who].user, held.meeting, runs=who == CHAIR) for who in (CHAIR, SENCO, BOARD)
    }

    assert found == {CHAIR: editions.FULL, SENCO: editions.MEMBERS, BOARD: editions.BOARD}


def test_the_board_reads_no_note_about_an_error(held, actors):
    MinutesNoteFactory(minutes=held, text="Oakfield’s pupil was meant.")
    Meeting.objects.filter(pk=held.meeting.pk).update(
        state="closed", closed_at=made.now(), closed_by=actors[CHAIR].user
    )
    minutes.circulate(minutes_id=held.pk, by=actors[CHAIR].user, now=made.now())
    page = f"{held.meeting.get_absolute_url()}minutes/"

    readers = (CHAIR, COLLEAGUE, BOARD)
    assert [who for who in readers if "pupil was meant" in actors[who].client.get(page).content.decode()] == [
        CHAIR, COLLEAGUE,
    ]  # fmt: skip
