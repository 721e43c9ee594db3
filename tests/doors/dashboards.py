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
from tests.doors.door import CLOSED, HIDDEN, OPEN, Door, row
from tests.factories.dashboards import BoardDigestFactory, FrozenFigureFactory

OF_NORTH = (SENCO, HEAD, BUSINESS, COLLEAGUE, CHAIR, BOARD, OFFICER, ADMIN, DATA_PROTECTION)
NORTH = row(HIDDEN, **dict.fromkeys(OF_NORTH, OPEN))


def _north(_world):
    return {"level": "community", "slug": "north"}


# Every county post may know of every area; only the board, officers and administrators read its pages.
WEALD = row(HIDDEN, board_member=OPEN, officer=OPEN, administrator=OPEN, data_protection=CLOSED)


def _digest(world):
    digest = BoardDigestFactory(area=world.weald)
    return {"area": "weald", "week": digest.week_starts_on}


DOORS = [
    Door("dashboards:home", get=row(OPEN)),
    Door("dashboards:county", get=row(CLOSED, administrator=OPEN, data_protection=OPEN)),
    Door("dashboards:log", get=row(CLOSED, data_protection=OPEN)),
    Door("dashboards:boards", get=row(OPEN)),
    Door("dashboards:board", get=WEALD, args=lambda _world: {"area": "weald"}),
    Door("dashboards:digest", get=WEALD, args=_digest),
    Door("dashboards:places", get=row(OPEN)),
    Door("dashboards:place", get=NORTH, args=_north),
    Door("dashboards:indicator", get=NORTH, args=lambda world: {**_north(world), "indicator": "ehc-plans"}),
    Door(
        "dashboards:discuss",
        post=row(HIDDEN, **dict.fromkeys(OF_NORTH, CLOSED)) | {CHAIR: OPEN},
        args=lambda _world: {"slug": "north", "indicator": "ehc-plans"},
    ),
    Door("dashboards:frozen", get=NORTH, args=lambda world: {"pk": FrozenFigureFactory(community=world.north).pk}),
]
ELSEWHERE: dict[str, str] = {}
