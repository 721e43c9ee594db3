"""What ties a chair to a community: a post in it refuses, a shared trust or a recent post asks for a reason.

Source: the county's founding page ("appointed from outside that community") and design 4.3.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from communities.models import Appointment, CommunityMembership, Role, SchoolTrust
from communities.models.appointment import SCHOOL_ROLES

FAR_AWAY = date(9999, 12, 31)
RECENTLY = timedelta(days=365)


def overlap(one: Appointment | CommunityMembership, other: Appointment | CommunityMembership) -> bool:
    """Whether the two share a day."""
    return one.starts_on <= (other.ends_on or FAR_AWAY) and other.starts_on <= (one.ends_on or FAR_AWAY)


def pairs(new: Appointment) -> Iterator[tuple[Appointment, Appointment]]:
    """(chair post, school post) of one person that share a day while the school is a member of the community."""
    mine = Appointment.objects.filter(person=new.person).select_related("school", "community")
    if new.role == Role.CHAIR:
        candidates = [(new, post) for post in mine.filter(role__in=SCHOOL_ROLES) if overlap(post, new)]
    elif new.role in SCHOOL_ROLES:
        candidates = [(chair, new) for chair in mine.filter(role=Role.CHAIR) if overlap(chair, new)]
    else:
        candidates = []
    for chair, school_post in candidates:
        if _member(chair, school_post):
            yield chair, school_post


def softer_ties(chair: Appointment) -> str:
    """One sentence for each softer tie, joined; empty when there is none."""
    sentences = []
    for post in _school_posts(chair):
        if post.ends_on and post.ends_on < chair.starts_on and post.ends_on >= chair.starts_on - RECENTLY:
            if _member(chair, post, on=chair.starts_on):
                sentences.append(
                    f"{chair.person.name} held a post at {post.scope.name}, a member school, "
                    f"until {post.ends_on:%-d %B %Y}."
                )
        elif overlap(post, chair):
            sentences += _shared_trusts(chair, post)
    return " ".join(dict.fromkeys(sentences))


def _school_posts(chair: Appointment) -> list[Appointment]:
    posts = Appointment.objects.filter(person=chair.person, role__in=SCHOOL_ROLES).exclude(pk=chair.pk)
    return list(posts.select_related("school"))


def _member(chair: Appointment, post: Appointment, *, on: date | None = None) -> bool:
    if post.school_id is None or chair.community_id is None:
        return False
    memberships = CommunityMembership.objects.filter(school_id=post.school_id, community_id=chair.community_id).exclude(
        kind=CommunityMembership.Kind.PROVIDER
    )
    if on:
        memberships = memberships.live_on(on)
    return any(overlap(membership, chair) and (on or overlap(membership, post)) for membership in memberships)


def _shared_trusts(chair: Appointment, post: Appointment) -> list[str]:
    on = max(chair.starts_on, post.starts_on)
    trusts = SchoolTrust.objects.live_on(on).filter(school=post.school).values("trust_id")
    members = CommunityMembership.objects.live_on(on).filter(community=chair.community).values("school_id")
    shared = SchoolTrust.objects.live_on(on).filter(trust_id__in=trusts, school_id__in=members)
    return [
        f"{link.trust.name} runs {post.scope.name}, where {chair.person.name} works, "
        f"and {link.school.name}, a member school."
        for link in shared.select_related("trust", "school").order_by("school__name")
    ]
