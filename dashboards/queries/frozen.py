"""Figures that were put on an agenda, as they were shown."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from communities import queries
from dashboards.models import FrozenFigure
from dashboards.queries.figures import Measure


def as_shown(measure: Measure) -> dict[str, Any]:
    """The table of an indicator as the page shows it: words, levels, periods and source."""
    indicator = measure.indicator
    return {
        "name": indicator.name,
        "meaning": indicator.meaning,
        "source": indicator.source,
        "licence": indicator.licence,
        "rows": [
            {
                "place": line.place.name,
                "level": line.place.level_word,
                "figures": [{"period": shown.period, "words": shown.words} for shown in line.figures],
                "travel": line.travel,
            }
            for line in measure.lines
        ],
    }


def frozen_for(person: User) -> "QuerySet[FrozenFigure]":
    """Frozen figures of communities the person may know of."""
    return FrozenFigure.objects.filter(community__in=queries.communities_for(person)).select_related(
        "community", "taken_by", "indicator"
    )
