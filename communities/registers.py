"""The registers as plain values: what stands in each table, keyed as the published files key it, never by our own numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from communities.models import (
    Area,
    Community,
    CommunityMembership,
    CommunityPCN,
    District,
    Practice,
    PracticeLink,
    PrimaryCareNetwork,
    School,
    SchoolLink,
    SchoolTrust,
    Trust,
)

Values = dict[str, Any]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Register:
    """One table. `key` and `columns` are fields; `links` says by which field of the other table a foreign key is known.

    `latest` orders rows that share a key: only the last of them is spoken about.
    """

    model: type[Model]
    key: tuple[str, ...]
    columns: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    latest: str = "pk"

    def path(self, name: str) -> str:
        """The lookup that gives a field as its natural value."""
        return f"{name}__{self.links[name]}" if name in self.links else name


# In the order in which they are written: what others point at first.
REGISTERS: dict[str, Register] = {
    "area": Register(Area, ("name",)),
    "district": Register(District, ("code",), ("name", "area"), {"area": "name"}),
    "school": Register(
        School,
        ("urn",),
        (
            *("la_code", "establishment_number", "name", "kind", "phase", "status", "opened_on", "closed_on"),
            *("street", "town", "postcode", "easting", "northing", "roll", "district"),
        ),
        {"district": "code"},
    ),
    "school_link": Register(
        SchoolLink, ("school", "linked_urn", "kind"), ("linked_name", "established_on"), {"school": "urn"}
    ),
    "trust": Register(Trust, ("uid",), ("name", "kind")),
    "school_trust": Register(
        SchoolTrust,
        ("school", "trust"),
        ("starts_on", "ends_on"),
        {"school": "urn", "trust": "uid"},
        latest="starts_on",
    ),
    "network": Register(PrimaryCareNetwork, ("code",), ("name", "sub_icb_code", "opened_on", "closed_on")),
    "practice": Register(Practice, ("code",), ("name",)),
    "practice_link": Register(
        PracticeLink, ("practice", "pcn", "starts_on"), ("ends_on",), {"practice": "code", "pcn": "code"}
    ),
    "community": Register(Community, ("name",), ("area", "opened_on"), {"area": "name"}),
    "membership": Register(
        CommunityMembership,
        ("community", "school", "starts_on"),
        ("kind", "ends_on"),
        {"community": "name", "school": "urn"},
    ),
    "community_network": Register(
        CommunityPCN,
        ("community", "pcn"),
        ("starts_on", "ends_on"),
        {"community": "name", "pcn": "code"},
        latest="starts_on",
    ),
}


def key_of(*parts: Any) -> str:
    """A key as one text, as "118229|135465|Successor"."""
    return "|".join(plain(part) if isinstance(part, date) else str(part) for part in parts)


def plain(value: Any) -> Any:
    """A value as JSON keeps it: days as ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def current(names: Iterable[str]) -> dict[Key, Values]:
    """What stands in these registers, by (register, key)."""
    return {(name, key): values for name in names for key, (_pk, values) in rows(name).items()}


def rows(name: str) -> dict[str, tuple[int, Values]]:
    """key: (primary key, values) of one register, in one query."""
    register = REGISTERS[name]
    key_paths = [register.path(part) for part in register.key]
    paths = {column: register.path(column) for column in register.columns}
    wanted = dict.fromkeys(["pk", *key_paths, *paths.values()])
    found = register.model._default_manager.order_by(register.latest).values(*wanted)
    return {
        key_of(*(row[path] for path in key_paths)): (
            row["pk"],
            {column: plain(row[path]) for column, path in paths.items()},
        )
        for row in found
    }
