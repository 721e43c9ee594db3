"""The county administrator's pages about areas, communities and memberships."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from communities import permissions
from communities.forms import places as forms
from communities.models import Community, District
from communities.queries import registers
from communities.services import membership, places
from core.pages import page_of
from core.verdicts import require

METHODS = ["GET", "HEAD", "POST"]


def _page(request: UserRequest, form: Any, *, title: str, back: str, submit: str, **more: Any) -> HttpResponse:
    context = {"form": form, "page_title": title, "back_url": back, "submit_text": submit, **more}
    return render(request, "form_page.html", context, status=422 if form.errors else 200)


def _sent(request: UserRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_safe
def areas(request: UserRequest) -> HttpResponse:
    """Areas, and which districts each holds."""
    require(permissions.may_administer(request.user))
    context = {"areas": registers.areas_with_districts(), "loose": registers.districts_without_area()}
    return render(request, "communities/areas.html", context)


@require_http_methods(METHODS)
def add_area(request: UserRequest) -> HttpResponse:
    require(permissions.may_administer(request.user))
    form = forms.AreaName(_sent(request))
    if form.is_valid():
        try:
            places.add_area(**form.cleaned_data, by=request.user, now=timezone.now())
        except places.NameTaken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, "Area added")
            return redirect("communities:areas")
    return _page(request, form, title="Add an area", back="/county/areas/", submit="Add area")


@require_http_methods(METHODS)
def place_district(request: UserRequest, code: str) -> HttpResponse:
    require(permissions.may_administer(request.user))
    district = get_object_or_404(District, code=code)
    form = forms.PlaceDistrict(_sent(request), district=district)
    if form.is_valid():
        area = form.cleaned_data["area"]
        places.place_district(
            district_id=district.pk, area_id=area.pk if area else None, by=request.user, now=timezone.now()
        )
        messages.success(request, f"{district.name} placed")
        return redirect("communities:areas")
    return _page(request, form, title=f"Place {district.name}", back="/county/areas/", submit="Save")


@require_safe
def communities(request: UserRequest) -> HttpResponse:
    require(permissions.may_administer(request.user))
    rows = registers.communities_with_chairs(on=timezone.localdate())
    page = page_of(request, rows)
    return render(request, "communities/county_communities.html", {"page": page})


@require_http_methods(METHODS)
def open_community(request: UserRequest) -> HttpResponse:
    require(permissions.may_administer(request.user))
    form = forms.NewCommunity(_sent(request))
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            opened = places.open_community(
                name=cleaned["name"], area_id=cleaned["area"].pk, opened_on=cleaned["opened_on"],
                by=request.user, now=timezone.now(),
            )  # fmt: skip
        except places.NameTaken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, f"{opened.name} opened")
            return redirect("communities:county-community", slug=opened.slug)
    return _page(request, form, title="Open a community", back="/county/communities/", submit="Open community")


@require_safe
def county_community(request: UserRequest, slug: str) -> HttpResponse:
    """One community with everything an administrator may change about it."""
    require(permissions.may_administer(request.user))
    community = get_object_or_404(registers.every_community(), slug=slug)
    today = timezone.localdate()
    context = {
        "community": community,
        "chairs": registers.chairs_of(community, on=today),
        "memberships": registers.memberships_of(community),
        "pcn_links": registers.pcn_links_of(community),
        "may_close": permissions.may_close(community),
        "today": today,
        "change_url": reverse("communities:community-change", args=[slug]),
        "join_url": reverse("communities:membership-add", args=[slug]),
        "link_url": reverse("communities:pcn-link", args=[slug]),
        "close_url": reverse("communities:community-close", args=[slug]),
    }
    return render(request, "communities/county_community.html", context)


@require_http_methods(METHODS)
def change_community(request: UserRequest, slug: str) -> HttpResponse:
    require(permissions.may_administer(request.user))
    community = get_object_or_404(Community, slug=slug)
    form = forms.CommunityFacts(_sent(request), initial={"name": community.name, "area": community.area_id})
    if form.is_valid():
        name, area = form.cleaned_data["name"], form.cleaned_data["area"]
        try:
            places.change_community(
                community_id=community.pk, name=name, area_id=area.pk, by=request.user, now=timezone.now()
            )
        except places.NameTaken as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, "Community changed")
            return redirect("communities:county-community", slug=slug)
    back = f"/county/communities/{slug}/"
    return _page(request, form, title=f"Change {community.name}", back=back, submit="Save")


@require_http_methods(METHODS)
def close_community(request: UserRequest, slug: str) -> HttpResponse:
    require(permissions.may_administer(request.user))
    community = get_object_or_404(Community, slug=slug)
    require(permissions.may_close(community))
    form = forms.OnDay(_sent(request))
    if form.is_valid():
        places.close_community(
            community_id=community.pk, on=form.cleaned_data["on"], by=request.user, now=timezone.now()
        )
        messages.success(request, f"{community.name} closed")
        return redirect("communities:county-community", slug=slug)
    back = f"/county/communities/{slug}/"
    return _page(request, form, title=f"Close {community.name}", back=back, submit="Close", submit_kind="warning")


@require_http_methods(METHODS)
def join(request: UserRequest, slug: str) -> HttpResponse:
    """A school joins the community."""
    require(permissions.may_administer(request.user))
    community = get_object_or_404(Community, slug=slug)
    form = forms.Join(_sent(request))
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            membership.join(
                community_id=community.pk, school_id=cleaned["school"].pk, kind=cleaned["kind"],
                starts_on=cleaned["starts_on"], ends_on=cleaned["ends_on"], by=request.user, now=timezone.now(),
            )  # fmt: skip
        except (membership.Overlaps, membership.ChairWorksHere) as error:
            form.add_error("school", str(error))
        else:
            messages.success(request, f"{cleaned['school'].name} added to {community.name}")
            return redirect("communities:county-community", slug=slug)
    back = f"/county/communities/{slug}/"
    return _page(request, form, title=f"Add a school to {community.name}", back=back, submit="Add school")


@require_http_methods(METHODS)
def leave(request: UserRequest, pk: int) -> HttpResponse:
    """A school leaves a community."""
    require(permissions.may_administer(request.user))
    row = get_object_or_404(registers.every_membership(), pk=pk)
    form = forms.OnDay(_sent(request), label=f"Last day in {row.community.name}")
    if form.is_valid():
        membership.leave(membership_id=pk, ends_on=form.cleaned_data["on"], by=request.user, now=timezone.now())
        messages.success(request, f"{row.school.name} leaves {row.community.name}")
        return redirect("communities:county-community", slug=row.community.slug)
    back = f"/county/communities/{row.community.slug}/"
    return _page(request, form, title=f"{row.school.name} leaves {row.community.name}", back=back, submit="Save")


@require_http_methods(METHODS)
def move(request: UserRequest, pk: int) -> HttpResponse:
    """A school moves to another community: its past stays with the old one."""
    require(permissions.may_administer(request.user))
    row = get_object_or_404(registers.every_membership(), pk=pk)
    form = forms.Move(_sent(request), leaving=row.community)
    if form.is_valid():
        to, on = form.cleaned_data["community"], form.cleaned_data["on"]
        try:
            membership.move(membership_id=pk, to_community_id=to.pk, on=on, by=request.user, now=timezone.now())
        except (membership.Overlaps, membership.ChairWorksHere) as error:
            form.add_error("community", str(error))
        else:
            messages.success(request, f"{row.school.name} moves to {to.name}")
            return redirect("communities:county-community", slug=to.slug)
    back = f"/county/communities/{row.community.slug}/"
    intro = f"Decisions taken in {row.community.name} stay there."
    return _page(request, form, title=f"Move {row.school.name}", back=back, submit="Move school", intro=intro)


@require_http_methods(METHODS)
def link_pcn(request: UserRequest, slug: str) -> HttpResponse:
    require(permissions.may_administer(request.user))
    community = get_object_or_404(Community, slug=slug)
    form = forms.LinkPCN(_sent(request))
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            membership.link_pcn(
                community_id=community.pk, pcn_id=cleaned["pcn"].pk, starts_on=cleaned["starts_on"],
                ends_on=cleaned["ends_on"], by=request.user, now=timezone.now(),
            )  # fmt: skip
        except membership.Overlaps as error:
            form.add_error("pcn", str(error))
        else:
            messages.success(request, f"{cleaned['pcn'].name} linked")
            return redirect("communities:county-community", slug=slug)
    back = f"/county/communities/{slug}/"
    return _page(request, form, title=f"Link {community.name} with a network", back=back, submit="Link")


@require_http_methods(METHODS)
def unlink_pcn(request: UserRequest, pk: int) -> HttpResponse:
    require(permissions.may_administer(request.user))
    link = get_object_or_404(registers.every_pcn_link(), pk=pk)
    form = forms.OnDay(_sent(request))
    if form.is_valid():
        membership.unlink_pcn(link_id=pk, ends_on=form.cleaned_data["on"], by=request.user, now=timezone.now())
        messages.success(request, f"Link with {link.pcn.name} ends")
        return redirect("communities:county-community", slug=link.community.slug)
    back = f"/county/communities/{link.community.slug}/"
    return _page(request, form, title=f"End the link with {link.pcn.name}", back=back, submit="End link")


@require_safe
def schools(request: UserRequest) -> HttpResponse:
    """The register of schools, searched by name, town, postcode or URN."""
    require(permissions.may_administer(request.user))
    words = request.GET.get("q", "").strip()[:80]
    page = page_of(request, registers.schools_found(words))
    return render(request, "communities/county_schools.html", {"page": page, "words": words})


@require_safe
def school(request: UserRequest, urn: int) -> HttpResponse:
    """One school: what the register says, its communities, trust and people."""
    found = get_object_or_404(registers.schools_known_to(request.user), urn=urn)
    page = registers.school_page(found, on=timezone.localdate())
    return render(
        request, "communities/school.html", {**page, "may_administer": permissions.may_administer(request.user)}
    )
