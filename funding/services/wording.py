"""Answer a question about a word: nobody's name, or write the key instead, everywhere in the request."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from communities.naming import replace
from core.verdicts import require
from funding.models import FundingRequest
from funding.permissions import requests as permissions
from funding.queries.wording import REQUEST_TEXTS
from funding.services import life, sections
from provision.queries import support as support_queries
from provision.services import support


@transaction.atomic
def not_a_pupil(*, request_id: int, words: list[str], by: User, now: datetime) -> FundingRequest:
    """Remember that these words point to nobody, so that they are not asked about again. Raises Refused."""
    request = life.locked(request_id)
    require(permissions.may_write(by, request))
    request.not_pupils = sorted({*request.not_pupils, *(word.casefold()[:60] for word in words)})
    request.save(update_fields=["not_pupils"])
    return request


@transaction.atomic
def replace_everywhere(*, request_id: int, word: str, instead: str, by: User, now: datetime) -> FundingRequest:
    """Write other words for a word in every text of the request. The word itself is kept nowhere. Raises Refused."""
    request = life.locked(request_id)
    sections.opened(request, "names", seen=None, by=by, now=now)
    for name in REQUEST_TEXTS:
        setattr(request, name, _fit(request, name, replace(getattr(request, name), word, instead)))
    request.save(update_fields=REQUEST_TEXTS)
    for line in request.costs.all():
        line.what = _fit(line, "what", replace(line.what, word, instead))
        line.save(update_fields=["what"])
    for outcome in request.outcomes.all():
        outcome.different = _fit(outcome, "different", replace(outcome.different, word, instead))
        outcome.known_by = _fit(outcome, "known_by", replace(outcome.known_by, word, instead))
        outcome.save(update_fields=["different", "known_by"])
    for paper in request.attachments.all():
        paper.name = _fit(paper, "name", replace(paper.name, word, instead))
        paper.save(update_fields=["name"])
    for entry in support_queries.of_request(request.reference):
        words = {
            name: _fit(entry, name, replace(getattr(entry, name), word, instead))
            for name in ("what", "note", "by_whom")
        }
        support.reword(entry_id=entry.pk, words=words, by=by, now=now)
    for section in request.sections.exclude(typed={}):
        section.typed = _in_typed(section.typed, word, instead)
        section.save(update_fields=["typed"])
    return request


def _in_typed(typed: dict[str, object], word: str, instead: str) -> dict[str, object]:
    return {name: replace(value, word, instead) if isinstance(value, str) else value for name, value in typed.items()}


def _fit(row: object, name: str, text: str) -> str:
    """Not longer than the column: a key may be longer than the name it replaces."""
    most = row._meta.get_field(name).max_length  # type: ignore[attr-defined]
    return text[:most] if most else text
