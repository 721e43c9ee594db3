"""Reads. `scope` starts from a person and is what other apps use; `registers` is for the pages of this app."""

from communities.queries.scope import (
    areas_for,
    communities_for,
    community_of,
    held,
    member_schools,
    members_of,
    people_with,
    posts_of,
    schools_for,
    sees_every_community,
)

__all__ = [
    "areas_for",
    "communities_for",
    "community_of",
    "held",
    "member_schools",
    "members_of",
    "people_with",
    "posts_of",
    "schools_for",
    "sees_every_community",
]
