"""Add figures up for every place between a school and the county."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from communities.models import CommunityMembership, School
from dashboards.models import Figure

ADDED_UP = (Figure.Level.COMMUNITY, Figure.Level.DISTRICT, Figure.Level.COUNTY)
Place = tuple[str, int | None]  # (level, primary key of the community or district, None for the county)


@transaction.atomic
def roll_up(*, on: date) -> int:
    """Add school figures up for every community (its full members on `on`), district and the county. Returns how many.

    Figures of earlier periods are added up over today's schools too, so that a line compares like with like.
    """
    places = _places_by_urn(on)
    sums: dict[tuple[int, str, Place], list[Figure]] = defaultdict(list)
    for figure in Figure.objects.filter(level=Figure.Level.SCHOOL).iterator(chunk_size=5_000):
        for place in places.get(figure.urn or 0, [(Figure.Level.COUNTY, None)]):
            sums[(figure.indicator_id, figure.period, place)].append(figure)
    Figure.objects.filter(level__in=ADDED_UP).delete()
    made = [_sum(indicator, period, place, figures) for (indicator, period, place), figures in sums.items()]
    Figure.objects.bulk_create(made, batch_size=2_000)
    return len(made)


def _places_by_urn(on: date) -> dict[int, list[Place]]:
    members = CommunityMembership.objects.live_on(on).filter(kind=CommunityMembership.Kind.FULL)
    community_of = dict(members.values_list("school_id", "community_id"))
    places: dict[int, list[Place]] = {}
    for pk, urn, district_id in School.objects.values_list("pk", "urn", "district_id"):
        found: list[Place] = [(Figure.Level.COUNTY, None)]
        if district_id:
            found.append((Figure.Level.DISTRICT, district_id))
        if pk in community_of:
            found.append((Figure.Level.COMMUNITY, community_of[pk]))
        places[urn] = found
    return places


def _sum(indicator: int, period: str, place: Place, figures: Iterable[Figure]) -> Figure:
    """A school without a figure counts as missing, and so does its roll: a share is of the schools that answered."""
    figures = list(figures)
    known = [figure for figure in figures if figure.count is not None]
    level, pk = place
    wholes = [figure.out_of for figure in known if figure.out_of is not None]
    return Figure(
        indicator_id=indicator,
        period=period,
        level=level,
        community_id=pk if level == Figure.Level.COMMUNITY else None,
        district_id=pk if level == Figure.Level.DISTRICT else None,
        count=sum(figure.count or 0 for figure in known) if known else None,
        out_of=sum(wholes) if wholes else None,
        marker="" if known else "NA",
        schools=len(figures),
        missing=len(figures) - len(known),
    )
