"""Which of one's posts one acts in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from accounts.http import UserRequest
from communities.forms.people import ChooseActing
from communities.middleware import SESSION_KEY
from communities.services import acting


@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: UserRequest) -> HttpResponse:
    """Choose among today's posts. Sessions elsewhere go on as they are; the next one begins with this choice."""
    now_acting = request.acting.pk if request.acting else None
    sent = request.POST if request.method == "POST" else None
    form = ChooseActing(sent, posts=request.posts, initial={"post": now_acting})
    if form.is_valid():
        post = form.cleaned_data["post"]
        acting.switch(post=post, by=request.user, now=timezone.now())
        request.session[SESSION_KEY] = post.pk
        messages.success(request, f"You are now acting as {post.title}")
        return redirect(_onwards(request))
    context = {"form": form, "next": _onwards(request)}
    return render(request, "communities/acting.html", context, status=422 if form.errors else 200)


def _onwards(request: UserRequest) -> str:
    """Where the person came from, as long as it is our own."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else "/"
