"""The hash that closes minutes: it covers every edition and the minutes sealed before them."""

import hashlib
from collections import defaultdict

from communities.models import Area, Community
from core import documents
from core.models import IssuedDocument
from meetings.models import Minutes
from meetings.queries import editions


def hash_of(previous: str, papers: list[IssuedDocument]) -> str:
    """64 letters over the hash before and the hashes of all editions, in the order of their names."""
    words = [previous, *(f"{paper.edition}:{paper.sha256}" for paper in sorted(papers, key=lambda one: one.edition))]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def papers_of(minutes: Minutes) -> list[IssuedDocument]:
    """All editions of one version."""
    return list(documents.of(minutes.meeting, kind=editions.KIND).filter(version=minutes.version))


def broken() -> list[Minutes]:
    """The first sealed minutes of each community and board whose words or place in the chain are not as sealed."""
    sealed = Minutes.objects.filter(state=Minutes.State.SEALED).select_related("meeting__community", "meeting__area")
    chains: dict[Community | Area, list[Minutes]] = defaultdict(list)
    for minutes in sealed.order_by("sealed_at", "pk"):
        chains[minutes.meeting.body].append(minutes)
    return [found for found in map(_first_broken, chains.values()) if found]


def _first_broken(chain: list[Minutes]) -> Minutes | None:
    previous = ""
    for minutes in chain:
        papers = papers_of(minutes)
        whole = all(documents.is_whole(paper) for paper in papers)
        if not whole or minutes.previous_hash != previous or minutes.hash != hash_of(previous, papers):
            return minutes
        previous = minutes.hash
    return None
