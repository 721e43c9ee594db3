"""The service navigation: the same places in the same order for everyone, showing what the person's posts reach."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from communities.models import Role

SCHOOL = {Role.SENCO, Role.HEADTEACHER, Role.BUSINESS_MANAGER}
EVERYONE = set(Role)
PLACES: list[tuple[str, str, set[Role]]] = [
    ("Home", "/", EVERYONE),
    (
        "Meetings",
        "/meetings/",
        SCHOOL - {Role.BUSINESS_MANAGER} | {Role.CHAIR, Role.PROFESSIONAL, Role.BOARD_MEMBER},
    ),
    (
        "Requests",
        "/requests/",
        SCHOOL - {Role.BUSINESS_MANAGER} | {Role.CHAIR, Role.PROFESSIONAL},
    ),
    ("Actions", "/actions/", EVERYONE - {Role.BUSINESS_MANAGER, Role.DATA_PROTECTION}),
    ("Money", "/money/", SCHOOL | {Role.CHAIR, Role.OFFICER, Role.BOARD_MEMBER}),
    ("Community", "/community/", EVERYONE - {Role.DATA_PROTECTION, Role.PROFESSIONAL}),
    ("Board", "/board/", {Role.BOARD_MEMBER, Role.CHAIR, Role.ADMINISTRATOR}),
    ("County", "/county/", {Role.ADMINISTRATOR, Role.DATA_PROTECTION}),
]
BEHIND = {"/community/": ["/figures/"]}  # pages one reaches from a place


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    text: str
    href: str
    active: bool


def roles(request: HttpRequest) -> dict[str, Any]:
    """`nav`, `acting` (an appointment or None) and `posts` for every page."""
    posts = getattr(request, "posts", [])
    held = {Role(post.role) for post in posts}
    nav = [Place(text, href, _is_here(request.path, href)) for text, href, reach in PLACES if held & reach]
    if getattr(request, "half_way", False):  # nothing opens before the second step: do not offer it
        return {"nav": [], "acting": None, "posts": posts}
    if getattr(request, "user", None) and request.user.is_authenticated:
        nav.append(Place("Account", "/account/", _is_here(request.path, "/account/")))
    return {"nav": nav, "acting": getattr(request, "acting", None), "posts": posts}


def _is_here(path: str, href: str) -> bool:
    return path == href if href == "/" else path.startswith((href, *BEHIND.get(href, ())))
