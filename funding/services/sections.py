"""Keep what is typed on a page of a request, so that nothing is lost and nobody overwrites anybody unseen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from core import audit
from core.verdicts import require
from funding.models import FundingRequest, RequestSection
from funding.permissions import requests as permissions
from funding.services import life


@dataclass(frozen=True, slots=True)
class Seen:
    """The version of the page a person had before them, and which open page of theirs it is."""

    version: int
    tab: str = ""


class Stale(Exception):
    """Somebody else saved this page after it was opened. `section` says who and when; nothing was saved."""

    def __init__(self, section: RequestSection) -> None:
        self.section = section
        super().__init__(f"{section.saved_by.name} saved this page while you were writing.")


@transaction.atomic
def keep(
    *, request_id: int, name: str, seen: Seen | None, typed: dict[str, Any], by: User, now: datetime
) -> RequestSection:
    """Keep words as they were typed, finished or not (autosave). Raises Refused or Stale."""
    request = life.locked(request_id)
    require(permissions.may_write(by, request))
    return _step_on(request, name, seen, typed, by=by, now=now)


def opened(request: FundingRequest, name: str, *, seen: Seen | None, by: User, now: datetime) -> RequestSection:
    """A save of a whole page begins here, in the caller's transaction: permission, version, and the typed words are done with.

    `seen` None is for callers that show no page. Raises Refused or Stale.
    """
    require(permissions.may_write(by, request))
    section = _step_on(request, name, seen, {}, by=by, now=now)
    request.changed_at = now
    request.save(update_fields=["changed_at"])
    audit.record(action="funding.request_written", target=request, by=by, at=now, page=name)
    return section


@transaction.atomic
def forget_typed(*, request_id: int, name: str, by: User, now: datetime) -> None:
    """Throw unfinished words of a page away. Raises Refused."""
    request = life.locked(request_id)
    require(permissions.may_write(by, request))
    _step_on(request, name, None, {}, by=by, now=now)


def _step_on(
    request: FundingRequest, name: str, seen: Seen | None, typed: dict[str, Any], *, by: User, now: datetime
) -> RequestSection:
    """The page's next version. The request's row is locked, so two savers meet here one after the other."""
    there = RequestSection.objects.select_related("saved_by").filter(request=request, name=name).first()
    section = there or RequestSection(request=request, name=name)
    if seen is not None and section.version != seen.version and not _same_page(section, seen, by):
        raise Stale(section)
    section.version += 1
    section.typed, section.saved_at, section.saved_by = typed, now, by
    section.tab = seen.tab if seen else ""
    section.save()
    return section


def _same_page(section: RequestSection, seen: Seen, by: User) -> bool:
    """An autosave under way and the Save button of one open page do not conflict with each other."""
    return bool(seen.tab) and section.tab == seen.tab and section.saved_by_id == by.pk
