"""The demonstration's one-click sign-in: made-up people only, and only on the machine itself."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.queries.people import who_may_sign_in
from accounts.services import sign_in
from communities import queries
from communities.middleware import SESSION_KEY
from communities.queries import demonstration
from core.checks import LOOPBACK

HERE = {"127.0.0.1", "::1"}


@login_not_required
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """People one may try, a few of each role; a search finds the others."""
    _stay_at_home(request)
    words = request.GET.get("q", "").strip()[:80]
    groups = demonstration.posts_by_role(words, on=timezone.localdate(), most=6)
    return render(request, "communities/demo.html", {"groups": groups, "words": words})


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Become this person, acting in the post that was pressed."""
    _stay_at_home(request)
    person = get_object_or_404(who_may_sign_in(), pk=pk)
    logout(request)
    answer = sign_in.as_demonstration(request, person)
    posts = queries.posts_of(person, on=timezone.localdate())
    request.session[SESSION_KEY] = next((post.pk for post in posts if str(post.pk) == request.POST.get("post")), None)
    return answer


def _stay_at_home(request: HttpRequest) -> None:
    """Not found unless this is a demonstration, asked for on the machine itself under its own name."""
    host = split_domain_port(request.get_host())[0]
    if not settings.DEMO or host not in LOOPBACK or request.META.get("REMOTE_ADDR") not in HERE:
        raise Http404
