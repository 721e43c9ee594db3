"""Doors of the top floor."""

from tests.actors import (
    ADMIN,
    BOARD,
    BUSINESS,
    CHAIR,
    COLLEAGUE,
    DATA_PROTECTION,
    HEAD,
    OFFICER,
    SENCO,
)
from tests.doors.door import HIDDEN, OPEN, Door, row
from tests.factories.dashboards import FrozenFigureFactory

OF_NORTH = (SENCO, HEAD, BUSINESS, COLLEAGUE, CHAIR, BOARD, OFFICER, ADMIN, DATA_PROTECTION)
NORTH = row(HIDDEN, **dict.fromkeys(OF_NORTH, OPEN))


def _north(_world):
    return {"level": "community", "slug": "north"}


DOORS = [
    Door("dashboards:places", get=row(OPEN)),
    Door("dashboards:place", get=NORTH, args=_north),
    Door("dashboards:indicator", get=NORTH, args=lambda world: {**_north(world), "indicator": "ehc-plans"}),
    Door("dashboards:frozen", get=NORTH, args=lambda world: {"pk": FrozenFigureFactory(community=world.north).pk}),
]
ELSEWHERE: dict[str, str] = {}
