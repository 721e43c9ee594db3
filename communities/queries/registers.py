"""The registers as the county administrator reads them."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from communities import ties
from communities.models import (
    Appointment,
    Area,
    Community,
    CommunityMembership,
    CommunityPCN,
    County,
    District,
    PrinciplesVersion,
    Role,
    School,
)
from communities.queries.scope import SCOPES, communities_for, schools_for, sees_every_community
from core.models import ServiceSettings


def communities_with_chairs(*, on: date) -> "QuerySet[Community]":
    """Every community by name, with its area, the names of its chairs (`chairs`) and how many schools are full members
    (`schools_now`).
    """
    chairs = Appointment.objects.live_on(on).filter(role=Role.CHAIR, community=OuterRef("pk")).order_by("person__name")
    members = CommunityMembership.objects.live_on(on).filter(kind="full", community=OuterRef("pk"))
    counted = members.order_by().values("community").annotate(all=Count("pk")).values("all")
    return (
        Community.objects.select_related("area")
        .annotate(schools_now=Coalesce(Subquery(counted), 0), chairs=ArraySubquery(chairs.values("person__name")))
        .order_by("name")
    )


def community_by_slug(person: User, slug: str) -> Community | None:
    """A community the person may know of; None otherwise."""
    return communities_for(person).select_related("area").filter(slug=slug).first()


def memberships_of(community: Community) -> "QuerySet[CommunityMembership]":
    """Every membership the community ever had, newest first, with its school."""
    return community.memberships.select_related("school").order_by("-starts_on", "school__name")


def live_memberships(community: Community, *, on: date) -> "QuerySet[CommunityMembership]":
    """Memberships on a day by school name, each school with its live posts (`posts`)."""
    posts = Appointment.objects.live_on(on).select_related("person").order_by("role")
    return (
        community.memberships.live_on(on)
        .select_related("school")
        .prefetch_related(Prefetch("school__appointments", queryset=posts, to_attr="posts"))
        .order_by("school__name")
    )


def pcn_links_of(community: Community) -> "QuerySet[CommunityPCN]":
    """The community's links with networks, newest first."""
    return community.pcn_links.select_related("pcn").order_by("-starts_on")


def live_pcn_links(community: Community, *, on: date) -> "QuerySet[CommunityPCN]":
    """The networks the community is aligned with on a day."""
    return CommunityPCN.objects.live_on(on).filter(community=community).select_related("pcn")


def chairs_of(community: Community, *, on: date) -> "QuerySet[Appointment]":
    """The live chair posts of a community, the substantive one first."""
    posts = Appointment.objects.live_on(on).filter(community=community, role=Role.CHAIR)
    return posts.select_related("person", "community").order_by("-kind", "starts_on")


def chairs_beside(post: Appointment) -> list[Appointment]:
    """Others who chair the same community on some of the days of this chair; nobody for any other post."""
    if post.role != Role.CHAIR:
        return []
    same = Appointment.objects.filter(role=Role.CHAIR, community=post.community).exclude(person=post.person)
    return [other for other in same.select_related("person").order_by("starts_on") if ties.overlap(other, post)]


def schools_found(words: str) -> "QuerySet[School]":
    """Schools whose name, town or URN holds the words; all when there are none."""
    schools = School.objects.select_related("district").order_by("name")
    if not words:
        return schools
    found = Q(name__icontains=words) | Q(town__icontains=words) | Q(postcode__istartswith=words)
    if words.isascii() and words.isdigit():
        found |= Q(urn=int(words[:9]))
    return schools.filter(found)


def people_found(words: str, *, on: date) -> "QuerySet[User]":
    """People by name whose name or address holds the words, each with live posts (`live_posts`)."""
    posts = Appointment.objects.live_on(on).select_related(*SCOPES)
    people = User.objects.prefetch_related(Prefetch("appointments", queryset=posts, to_attr="live_posts"))
    if words:
        people = people.filter(Q(name__icontains=words) | Q(email__icontains=words))
    return people.order_by("name", "pk")


def all_posts_of(person: User) -> "QuerySet[Appointment]":
    """Every post the person ever held, newest first."""
    return Appointment.objects.filter(person=person).select_related(*SCOPES, "appointed_by").order_by("-starts_on")


def principles_in_force(*, on: date) -> PrinciplesVersion | None:
    """The published version in force on a day; None before the first."""
    published = PrinciplesVersion.objects.exclude(published_at=None).filter(starts_on__lte=on)
    return published.order_by("-starts_on", "-number").prefetch_related("principles").first()


def principles_versions() -> "QuerySet[PrinciplesVersion]":
    """Every version, newest first, with how many principles it has (`how_many`)."""
    return PrinciplesVersion.objects.annotate(how_many=Count("principles")).order_by("-number")


def areas_with_districts() -> "QuerySet[Area]":
    """Every area by name with its districts and communities."""
    return Area.objects.prefetch_related("districts", "communities")


def districts_without_area() -> "QuerySet[District]":
    """Districts that were imported and not placed yet."""
    return District.objects.filter(area=None)


def school_page(school: School, *, on: date) -> dict[str, object]:
    """What one school's page shows: memberships and posts past and present, trusts, links."""
    return {
        "school": school,
        "today": on,
        "memberships": school.memberships.select_related("community").order_by("-starts_on"),
        "posts": school.appointments.live_on(on).select_related("person").order_by("role"),
        "trusts": school.trust_links.live_on(on).select_related("trust"),
        "links": school.links.order_by("established_on"),
    }


def every_community() -> "QuerySet[Community]":
    """The register of communities, for administrators."""
    return Community.objects.select_related("area")


def every_membership() -> "QuerySet[CommunityMembership]":
    """The register of memberships, for administrators."""
    return CommunityMembership.objects.select_related("school", "community")


def every_pcn_link() -> "QuerySet[CommunityPCN]":
    """The register of links with networks, for administrators."""
    return CommunityPCN.objects.select_related("pcn", "community")


def schools_known_to(person: User) -> "QuerySet[School]":
    """Schools whose page the person may read: their own; every school for county posts."""
    schools = School.objects.all() if sees_every_community(person) else schools_for(person)
    return schools.select_related("district")


def every_post() -> "QuerySet[Appointment]":
    """The register of posts, for administrators."""
    return Appointment.objects.select_related("person", *SCOPES)


def words_now(settings: ServiceSettings) -> dict[str, object]:
    """The wording form's first values: the settings row and the county."""
    county = County.objects.first()
    fields = [field.name for field in ServiceSettings._meta.fields]
    values = {name: getattr(settings, name) for name in fields}
    names = {"county_name": "name", "la_code": "la_code", "sub_icb_code": "sub_icb_code"}
    return values | {field: getattr(county, name, "") for field, name in names.items()}


def words_of(version: PrinciplesVersion) -> dict[str, object]:
    """The Principles form's first values; an empty line between one principle and the next."""
    texts = "\n\n".join(version.principles.values_list("text", flat=True))
    return {"title": version.title, "source": version.source, "starts_on": version.starts_on, "texts": texts}


def live_full_members(community: Community, *, on: date) -> "QuerySet[CommunityMembership, int]":
    """Primary keys of the schools that are full members on a day."""
    members = CommunityMembership.objects.live_on(on).filter(community=community, kind=CommunityMembership.Kind.FULL)
    return members.values_list("school_id", flat=True)
