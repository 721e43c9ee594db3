"""Bulletins: who they are for, who has taken note, which are still to be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from communities import powers
from communities.models import Area, Community
from communities.queries import held
from core.prepared import prepared
from meetings.models import Acknowledgement, Bulletin, Meeting


def key_of(bulletin: Bulletin) -> str:
    """The name a bulletin has on agendas."""
    return f"meetings.bulletin:{bulletin.pk}"


def possible_audience(area: Area | None) -> "QuerySet[Community]":
    """Communities a board may write to: those of its area that are open; all for the county."""
    found = Community.objects.filter(closed_on=None).order_by("name")
    return found.filter(area=area) if area else found


def audience_of(bulletin: Bulletin) -> "QuerySet[Community]":
    """The communities a bulletin is for."""
    if bulletin.to_all:
        return possible_audience(bulletin.area)
    return bulletin.communities.order_by("name")


def for_communities(pks: set[int]) -> Q:
    """Condition: the bulletin is for one of these communities."""
    areas = Community.objects.filter(pk__in=pks).values("area_id")
    return (Q(to_all=True) & (Q(area=None) | Q(area_id__in=areas))) | Q(to_all=False, communities__in=pks)


def written_by_board(person: User) -> "QuerySet[Bulletin]":
    """Bulletins of the boards on which the person sits, drafts too; county-wide ones for the administrator."""
    mine = Q(area_id__in=held(person, "moderate_area", "communities.area"))
    if powers.holds_anywhere(person, "administer_county"):
        mine |= Q(area=None)
    return (
        Bulletin.objects.filter(mine)
        .select_related("area", "published_by", "written_by")
        .annotate(acknowledged=Count("acknowledgements", distinct=True))
        .order_by("-written_at")
    )


def read_by(person: User) -> "QuerySet[Bulletin]":
    """Published bulletins the person may read as a member or chair of a community; withdrawn ones stay readable."""
    pks = held(person, "attend_meetings", "communities.community")
    return (
        Bulletin.objects.filter(for_communities(pks), published_at__isnull=False)
        .select_related("area", "published_by")
        .order_by("-published_at")
        .distinct()
    )


def visible_to(person: User) -> "QuerySet[Bulletin]":
    """What the person may open: as its writer or as its reader."""
    pks = set(written_by_board(person).values_list("pk", flat=True)) | set(read_by(person).values_list("pk", flat=True))
    return Bulletin.objects.filter(pk__in=pks).select_related("area", "published_by", "written_by", "withdrawn_by")


def to_tell(community: Community) -> "QuerySet[Bulletin]":
    """Out, for this community, and not yet told to its members at a meeting; the most urgent first."""
    told = Acknowledgement.objects.filter(bulletin=OuterRef("pk"), community=community, told_at_meeting__isnull=False)
    return (
        Bulletin.objects.filter(for_communities({community.pk}), published_at__isnull=False, withdrawn_at=None)
        .exclude(Exists(told))
        .order_by("due_on", "pk")
        .distinct()
    )


def unacknowledged_by(community: Community) -> "QuerySet[Bulletin]":
    """Out, for this community, and its chair has not taken note; the most urgent first."""
    noted = Acknowledgement.objects.filter(bulletin=OuterRef("pk"), community=community)
    return (
        Bulletin.objects.filter(for_communities({community.pk}), published_at__isnull=False, withdrawn_at=None)
        .exclude(Exists(noted))
        .order_by("due_on", "pk")
        .distinct()
    )


def to_acknowledge(person: User, *, on: date) -> list[tuple[Bulletin, Community, bool]]:
    """What the person, as a chair, has not acknowledged yet: bulletin, community, and whether the day has passed."""
    chaired = list(Community.objects.filter(pk__in=held(person, "run_meetings", "communities.community")))
    noted = Prefetch("acknowledgements", Acknowledgement.objects.filter(community__in=chaired))
    rows = (
        Bulletin.objects.filter(for_communities({c.pk for c in chaired}), published_at__isnull=False, withdrawn_at=None)
        .distinct()
        .prefetch_related(noted, "communities")
        .order_by("due_on")
    )
    return [
        (bulletin, community, bulletin.due_on < on)
        for bulletin in rows
        for community in chaired
        if _is_for(bulletin, community)
        and community.pk not in {a.community_id for a in bulletin.acknowledgements.all()}
    ]


def _is_for(bulletin: Bulletin, community: Community) -> bool:
    if bulletin.to_all:
        return bulletin.area_id in (None, community.area_id)
    return community.pk in {named.pk for named in bulletin.communities.all()}


def boards_of(person: User) -> "QuerySet[Area]":
    """The boards on which the person sits."""
    return Area.objects.filter(pk__in=held(person, "moderate_area", "communities.area"))


def audience_sizes(rows: Iterable[Bulletin]) -> dict[int, int]:
    """How many communities each bulletin is for. Three queries, however many bulletins."""
    rows = list(rows)
    in_area = dict(possible_audience(None).order_by().values_list("area_id").annotate(count=Count("pk")))
    named = dict(
        Bulletin.communities.through.objects.filter(bulletin__in=rows)
        .values_list("bulletin_id")
        .annotate(count=Count("pk"))
    )
    everywhere = sum(in_area.values())
    return {row.pk: _size(row, in_area, named, everywhere) for row in rows}


def _size(row: Bulletin, in_area: dict[int, int], named: dict[int, int], everywhere: int) -> int:
    if not row.to_all:
        return named.get(row.pk, 0)
    return in_area.get(row.area_id, 0) if row.area_id else everywhere


@dataclass(frozen=True, slots=True)
class Noted:
    """A community a bulletin is for, with its chair's acknowledgement or None."""

    community: Community
    note: Acknowledgement | None


def who_has_noted(bulletin: Bulletin) -> list[Noted]:
    """Every community of the audience; those that have not taken note first. Two queries."""
    notes = {
        note.community_id: note
        for note in bulletin.acknowledgements.select_related("acknowledged_by", "told_at_meeting__community")
    }
    rows = [Noted(community, notes.get(community.pk)) for community in audience_of(bulletin)]
    return sorted(rows, key=lambda row: (row.note is not None, row.community.name))


@dataclass(frozen=True, slots=True)
class Standing:
    """A bulletin that is out: for how many communities of an area it is, and which have not taken note."""

    bulletin: Bulletin
    audience: int
    missing: list[Community]

    @property
    def noted(self) -> int:
        return self.audience - len(self.missing)


def standing_in(area: Area, communities: Iterable[Community], *, most: int = 10) -> list[Standing]:
    """The newest bulletins out for these `communities`, all of the area. One query, however many."""
    rows = (_standing(row, communities) for row in _out_in(area, most=most))
    return [one for one in rows if one.audience]


@prepared
def _out_in(area: Area, *, most: int) -> "QuerySet[Bulletin]":
    named = Bulletin.communities.through.objects.filter(bulletin=OuterRef("pk")).values("community_id")
    noted = Acknowledgement.objects.filter(bulletin=OuterRef("pk")).values("community_id")
    mine = Q(area=area) | Q(area=None)
    return (
        Bulletin.objects.filter(mine, published_at__isnull=False, withdrawn_at=None)
        .annotate(named=ArraySubquery(named), noted=ArraySubquery(noted))
        .order_by("-published_at")[:most]
    )


def _standing(bulletin: Any, communities: Iterable[Community]) -> Standing:
    audience = [one for one in communities if bulletin.to_all or one.pk in bulletin.named]
    return Standing(bulletin, len(audience), [one for one in audience if one.pk not in bulletin.noted])


def out_for(community: Community) -> "QuerySet[Bulletin]":
    """Bulletins of the community's own board that are out, the newest first."""
    rows = Bulletin.objects.filter(area=community.area_id, published_at__isnull=False, withdrawn_at=None)
    return rows.order_by("-published_at")


def held_meetings(community: Community) -> "QuerySet[Meeting]":
    """The latest meetings at which members can have heard something: running or closed."""
    states = [Meeting.State.RUNNING, Meeting.State.SUSPENDED, Meeting.State.CLOSED]
    return community.meetings.filter(state__in=states).order_by("-on")[:5]
