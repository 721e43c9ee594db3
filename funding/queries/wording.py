"""Every free text of a request, so that one question about a name covers them all."""

from dataclasses import dataclass
from datetime import date

from communities import naming
from communities.queries import known_words
from funding.models import FundingRequest
from funding.queries.whole import Whole

REQUEST_TEXTS = ("title", "need", "context", "ask", "nothing_tried")
PAGES = {"title": "need", "need": "need", "context": "need", "ask": "ask", "nothing_tried": "tried"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and the page it is written on."""

    page: str
    words: str


def texts(whole: Whole) -> list[Text]:
    """All texts people typed into a request, page by page, names of documents too."""
    request = whole.request
    found = [Text(PAGES[name], getattr(request, name)) for name in REQUEST_TEXTS]
    found += [Text("ask", line.what) for line in whole.costs]
    found += [Text("outcomes", f"{line.different}\n{line.known_by}") for line in whole.outcomes]
    found += [Text("tried", f"{entry.what}\n{entry.note}\n{entry.by_whom}") for entry in whole.tried]
    found += [Text("documents", paper.name) for paper in whole.attachments]
    return [text for text in found if text.words]


def questions(whole: Whole, *, today: date) -> list[tuple[str, naming.Question]]:
    """(page, question) for each word nobody has answered, each word once."""
    let_pass = [*known(whole.request, today=today), *(pupil.key.words for pupil in whole.pupils)]
    seen: dict[str, tuple[str, naming.Question]] = {}
    for text in texts(whole):
        for question in naming.questions(text.words, known=let_pass, today=today):
            seen.setdefault(question.key, (text.page, question))
    return list(seen.values())


def known(request: FundingRequest, *, today: date) -> list[str]:
    """Words about this request that need no question: of its school, and those a person said are nobody's name."""
    return [*known_words.around(request.school, on=today), *request.not_pupils]
