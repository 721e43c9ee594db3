"""Doors of funding: the money half and the requests half."""

from tests.doors import funding_money, funding_requests
from tests.doors.door import Door

HALVES = (funding_money, funding_requests)
DOORS: list[Door] = [door for half in HALVES for door in half.DOORS]
ELSEWHERE: dict[str, str] = {prefix: why for half in HALVES for prefix, why in half.ELSEWHERE.items()}
