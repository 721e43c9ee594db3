"""Doors of requests. Each makes the request it needs in the state it needs, through the services."""

from types import SimpleNamespace

from django.utils import timezone

from accounts.models import User
from core.uploads import Checked
from funding.models import Answer
from funding.services import attaching, releasing, submitting
from tests.actors import (
    ADMIN,
    BOARD,
    BUSINESS,
    CHAIR,
    COLLEAGUE,
    DATA_PROTECTION,
    EVERYBODY,
    HEAD,
    OFFICER,
    OTHER_BOARD,
    OUTSIDER,
    SENCO,
    STRANGER,
    VISITOR,
)
from tests.doors.door import CLOSED, HIDDEN, OPEN, Door, row
from tests.factories.provision import SupportEntryFactory
from tests.funding import made

NO_WORDS = dict.fromkeys((BUSINESS, BOARD, OTHER_BOARD, OFFICER, ADMIN, DATA_PROTECTION, STRANGER), CLOSED)
LIST = row(OPEN, **NO_WORDS)
START = row(CLOSED, **dict.fromkeys((SENCO, COLLEAGUE, OUTSIDER), OPEN))
WRITER = row(HIDDEN, **{SENCO: OPEN, HEAD: CLOSED})
SCHOOL = row(HIDDEN, **{SENCO: OPEN, HEAD: OPEN})
SIGNER = row(HIDDEN, **{SENCO: CLOSED, HEAD: OPEN})
ASKER = row(HIDDEN, **{SENCO: CLOSED, HEAD: CLOSED, CHAIR: OPEN})
IN_THE_MEETING = {SENCO: CLOSED, HEAD: CLOSED, COLLEAGUE: CLOSED, CHAIR: OPEN}
RECORDER = row(HIDDEN, **IN_THE_MEETING)
PANEL = row(HIDDEN, **{**IN_THE_MEETING, COLLEAGUE: OPEN})
PAPERS = row(HIDDEN, **{SENCO: OPEN, HEAD: OPEN, COLLEAGUE: CLOSED, CHAIR: OPEN})
LETTER = row(HIDDEN, **{SENCO: OPEN, HEAD: OPEN, CHAIR: OPEN})
DATE = {"starts_on": (5, 1, 2027), "ends_on": (20, 7, 2027), "by_when": (1, 7, 2027), "agreed_on": (2, 11, 2026)}


def people():
    """The cast, as the services' helpers want it."""
    users = {user.email: user for user in User.objects.all()}
    return {who: SimpleNamespace(user=users.get(f"{who}@example.org")) for who in EVERYBODY if who != VISITOR}


def day(name, prefix=""):
    return {f"{prefix}{name}_{box}": str(part) for box, part in enumerate(DATE[name])}


def draft(world):
    return {"reference": made.drafted(world, people(), kind="group").reference}


def pupil(world):
    request = made.drafted(world, people(), kind="group")
    return {"reference": request.reference, "pk": request.pupils.first().pk}


def entry(world):
    request = made.drafted(world, people())
    return {
        "reference": request.reference,
        "pk": SupportEntryFactory(school=world.hartwell, request_reference=request.reference).pk,
    }


def paper(request, by):
    checked = Checked(name="Plan.pdf", type="pdf", content=b"%PDF-1.4 made up")
    return attaching.attach(request_id=request.pk, paper=checked, by=by, now=timezone.now())


def draft_paper(world):
    cast = people()
    request = made.drafted(world, cast)
    return {"reference": request.reference, "pk": paper(request, cast[SENCO].user).pk}


def submitted_paper(world):
    cast = people()
    request = made.drafted(world, cast)
    pk = paper(request, cast[SENCO].user).pk
    submitting.send(request_id=request.pk, by=cast[SENCO].user, now=timezone.now())
    request = submitting.sign(request_id=request.pk, by=cast[HEAD].user, now=timezone.now())
    made.on_agenda(request)
    return {"reference": request.reference, "pk": pk}


def with_head(world):
    return {"reference": made.with_head(world, people()).reference}


def submitted(world):
    return {"reference": made.submitted(world, people()).reference}


def asked(world):
    cast = people()
    request = made.submitted(world, cast)
    submitting.ask(request_id=request.pk, question="How often?", by=cast[CHAIR].user, now=timezone.now())
    return {"reference": request.reference}


def in_meeting(world):
    request = made.submitted(world, people())
    made.on_agenda(request)
    return {"reference": request.reference}


def discussed(world):
    return {"reference": made.discussed(world, people()).reference}


def decided(world):
    cast = people()
    request = made.discussed(world, cast, answer=Answer.DECLINE)
    made.decided(request, cast, made.saying(Answer.DECLINE))
    return {"reference": request.reference}


def released(world):
    cast = people()
    request = made.discussed(world, cast, answer=Answer.DECLINE)
    decision = made.decided(request, cast, made.saying(Answer.DECLINE))
    meeting = decision.recommendation.item.meeting
    releasing.release_all(meeting=meeting, by=cast[CHAIR].user, now=timezone.now())
    made.closed(meeting, cast)
    return {"reference": request.reference, "edition": "school"}


def writes(name, body=None, args=draft):
    """A page on which the writer changes the draft."""
    return Door(f"funding:{name}", WRITER, WRITER, args, lambda _world: body or {})


SUPPORT = {"by_kind": "school", "what": "A quiet room", "outcome": "partly"}
SUPPORT |= {"starts_on_0": "14", "starts_on_1": "9", "starts_on_2": "2026"}
FACTS = {"year_group": "4", "primary_need": "semh", "sen_status": "sen-support"}
NEED = {"title": "Help", "need": "Noise is hard.", "version": "1"}
ASK = {
    "version": "1",
    "ask": "Help",
    **day("starts_on"),
    **day("ends_on"),
    "lines-TOTAL_FORMS": "1",
    "lines-INITIAL_FORMS": "0",
    "lines-0-what": "Assistant",
    "lines-0-one_sum": "100",
}
OUTCOMES = {
    "version": "1",
    "lines-TOTAL_FORMS": "1",
    "lines-INITIAL_FORMS": "0",
    "lines-0-different": "More lessons",
    "lines-0-known_by": "A record",
    **day("by_when", "lines-0-"),
}
DOORS = [
    Door("funding:requests", get=LIST),
    Door("funding:start", START, START, body=lambda world: {"school": world.hartwell.pk, "kind": "project"}),
    Door("funding:request", get=SCHOOL, args=draft),
    Door("funding:panel", get=PANEL, args=in_meeting),
    writes("kind", {"kind": "group"}),
    writes("need", NEED),
    Door("funding:pupils", get=WRITER, args=draft),
    writes("pupil-add", {**FACTS, "words": "quiet fox"}),
    writes("pupil", FACTS, pupil),
    writes("pupil-remove", None, pupil),
    writes("tried", {"why": "It is urgent."}),
    writes("tried-add", SUPPORT),
    Door("funding:tried-attach", None, WRITER, draft),
    writes("tried-entry", SUPPORT, entry),
    writes("tried-remove", None, entry),
    writes("ask", ASK),
    writes("outcomes", OUTCOMES),
    writes("agreement", {"version": "1"}),
    writes("documents"),
    Door("funding:document", get=PAPERS, args=submitted_paper),
    writes("document-remove", None, draft_paper),
    writes("names"),
    writes("check"),
    Door("funding:fetch", None, WRITER, with_head),
    Door("funding:sign-off", SIGNER, SIGNER, with_head),
    Door("funding:return", SIGNER, SIGNER, with_head, lambda _world: {"reason": "Say more."}),
    Door("funding:withdraw", SCHOOL, SCHOOL, draft),
    Door(
        "funding:copy", WRITER | {CHAIR: CLOSED}, WRITER | {CHAIR: CLOSED}, submitted, lambda _world: {"kind": "group"}
    ),
    Door("funding:question", ASKER, ASKER, submitted, lambda _world: {"question": "How often?"}),
    Door(
        "funding:answer",
        row(HIDDEN, **{SENCO: OPEN, HEAD: OPEN, CHAIR: CLOSED}),
        row(HIDDEN, **{SENCO: OPEN, HEAD: OPEN, CHAIR: CLOSED}),
        asked,
        lambda _world: {"answer": "Each day."},
    ),
    Door("funding:recommend", RECORDER, RECORDER, in_meeting, lambda _world: {"how": "consensus", "answer": "approve"}),
    Door("funding:decide", RECORDER, RECORDER, discussed, lambda _world: {"answer": "defer"}),
    Door("funding:decide-check", RECORDER, RECORDER, discussed),
    Door("funding:undo", RECORDER, RECORDER, decided, lambda _world: {"reason": "Read wrongly."}),
    Door("funding:letter", get=LETTER, args=released),
    Door("funding:letter-pdf", get=LETTER, args=released),
]
ELSEWHERE: dict[str, str] = {}
