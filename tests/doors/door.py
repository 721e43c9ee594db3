"""One door: an address, and what each kind of person finds behind it by GET and by POST."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.actors import DEACTIVATED, EVERYBODY, HALF_WAY, VISITOR
from tests.world import World

OPEN = "open"  # 200, or a redirect inside the product after POST, or 422 with a form's errors
LOGIN = "login"  # sent to sign in
FACTOR = "factor"  # sent to set up or pass the second factor
CLOSED = "closed"  # 403 with a sentence
HIDDEN = "hidden"  # 404: it is not for you to know that it exists
NO_METHOD = "no method"  # 405
Row = dict[str, str]


def row(default: str, **exceptions: str) -> Row:
    """What everybody finds, and who finds something else. Visitors and the deactivated are sent to sign in, half-way
    people to their second factor, unless said otherwise."""
    base = dict.fromkeys(EVERYBODY, default)
    if default not in (NO_METHOD,):
        base |= {VISITOR: LOGIN, DEACTIVATED: LOGIN, HALF_WAY: FACTOR}
    unknown = exceptions.keys() - set(EVERYBODY)
    assert not unknown, f"no such actor: {unknown}"
    return base | exceptions


def everybody(outcome: str) -> Row:
    """The same for all, signed in or not."""
    return dict.fromkeys(EVERYBODY, outcome)


@dataclass(frozen=True)
class Door:
    """`args` gives the address's arguments (and may make the rows it needs); `body` gives what POST sends, valid enough
    to pass the form, so that only permission decides. A door without `post` answers 405 to POST (`get=None` likewise).
    """

    name: str
    get: Row | None = None
    post: Row | None = None
    args: Callable[[World], dict[str, Any]] = field(default=lambda _world: {})
    body: Callable[[World], dict[str, Any]] = field(default=lambda _world: {})
