"""The community's own page, for everybody who may know of it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import UserRequest
from communities import permissions, queries
from communities.queries import registers


@require_safe
def mine(request: UserRequest) -> HttpResponse:
    """The communities I may know of; straight to it when there is one."""
    communities = registers.communities_with_chairs(on=timezone.localdate()).filter(
        pk__in=queries.communities_for(request.user)
    )
    if len(communities) == 1:
        return redirect("communities:community", slug=communities[0].slug)
    return render(request, "communities/mine.html", {"communities": communities})


@require_safe
def community(request: UserRequest, slug: str) -> HttpResponse:
    """Chair, schools with their people, networks."""
    found = registers.community_by_slug(request.user, slug)
    if found is None:
        raise Http404
    today = timezone.localdate()
    context = {
        "community": found,
        "chairs": registers.chairs_of(found, on=today),
        "memberships": registers.live_memberships(found, on=today),
        "pcn_links": registers.live_pcn_links(found, on=today),
        "principles": registers.principles_in_force(on=today),
        "sees_several": queries.communities_for(request.user)[1:2].exists(),
        "sees_money": permissions.may_see_balance(request.user, found),
    }
    return render(request, "communities/community.html", context)


@require_safe
def principles(request: UserRequest) -> HttpResponse:
    """The Principles in force today and every earlier version."""
    context = {
        "version": registers.principles_in_force(on=timezone.localdate()),
        "versions": registers.principles_versions().exclude(published_at=None),
    }
    return render(request, "communities/principles.html", context)
