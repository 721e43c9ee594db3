"""The pages that are measured, each opened by the person whose page it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scripts.benching.cast import Cast

LEAST, LEAST_DISTRICT = 0.35, 0.25


@dataclass(frozen=True)
class Page:
    """`who` names a member of the cast; `least` is the smallest ratio at the size of the demo."""

    who: str
    address: "Callable[[Cast], str]"
    headers: Mapping[str, str] = field(default_factory=dict)
    least: float = LEAST


def at(address: str) -> "Callable[[Cast], str]":
    """An address that is the same in every county."""
    return lambda _cast: address


HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_X_POLL": "1"}
PAGES: dict[str, Page] = {
    "home: chair": Page("chair", at("/")),
    "home: SENCO": Page("senco", at("/")),
    "home: headteacher": Page("headteacher", at("/")),
    "home: business manager": Page("business_manager", at("/")),
    "home: PRG professional": Page("professional", at("/")),
    "home: board member": Page("board_member", at("/")),
    "home: HNF officer": Page("officer", at("/")),
    "home: county administrator": Page("administrator", at("/")),
    "home: data protection officer": Page("data_protection", at("/")),
    "agenda": Page("headteacher", lambda cast: cast.meeting),
    "agenda: chair": Page("chair", lambda cast: cast.meeting),
    "live meeting": Page("chair", lambda cast: f"{cast.meeting}live/"),
    "member poll": Page("headteacher", lambda cast: f"{cast.meeting}follow/", HTMX),
    "request": Page("chair", lambda cast: cast.request),
    "decide": Page("chair", lambda cast: f"{cast.request}decide/"),
    "requests list": Page("chair", at("/requests/")),
    "requests list: SENCO": Page("senco", at("/requests/")),
    "ledger": Page("chair", lambda cast: cast.ledger),
    "report queue": Page("officer", at("/money/reports/")),
    "board": Page("board_member", lambda cast: cast.board),
    "district dashboard": Page("board_member", lambda cast: cast.district, least=LEAST_DISTRICT),
    "money: HNF officer": Page("officer", at("/money/")),
    "communities: county administrator": Page("administrator", at("/county/communities/")),
    "schools: county administrator": Page("administrator", at("/county/schools/")),
    "people: county administrator": Page("administrator", at("/county/people/")),
}
