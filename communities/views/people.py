"""The county administrator's pages about people and their posts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import UserRequest
from accounts.models import User
from accounts.queries.invitations import invitations as every_invitation
from accounts.services import invitations
from communities import permissions
from communities.forms import people as forms
from communities.models import Appointment, Role
from communities.queries import registers
from communities.services import appointments
from communities.views.county import METHODS, _page, _sent
from core.pages import page_of
from core.verdicts import require

REFUSALS = (
    appointments.NotOutside,
    appointments.NeedsReason,
    appointments.AlreadyInPost,
)


@require_safe
def people(request: UserRequest) -> HttpResponse:
    """Everybody, searched by name or address, with their posts of today."""
    require(permissions.may_administer(request.user))
    words = request.GET.get("q", "").strip()[:80]
    page = page_of(request, registers.people_found(words, on=timezone.localdate()))
    return render(request, "communities/people.html", {"page": page, "words": words})


@require_safe
def person(request: UserRequest, pk: int) -> HttpResponse:
    """One person: every post they ever held."""
    require(permissions.may_administer(request.user))
    found = get_object_or_404(User, pk=pk)
    context = {
        "person": found,
        "posts_held": registers.all_posts_of(found),
        "today": timezone.localdate(),
        "invitation": every_invitation().filter(person=found, ended_at=None).first(),
        "appoint_url": reverse("communities:appoint-role", args=[pk]),
    }
    return render(request, "communities/person.html", context)


@require_http_methods(METHODS)
def appoint_role(request: UserRequest, pk: int) -> HttpResponse:
    """First step of a new post: which role."""
    require(permissions.may_administer(request.user))
    found = get_object_or_404(User, pk=pk)
    form = forms.ChooseRole(_sent(request))
    if form.is_valid():
        return redirect("communities:appoint", pk=pk, role=form.cleaned_data["role"])
    back = f"/county/people/{pk}/"
    return _page(request, form, title=f"Give {found.name} a post", back=back, submit="Continue")


@require_http_methods(METHODS)
def appoint(request: UserRequest, pk: int, role: str) -> HttpResponse:
    """Second step: where and when; the chair rule is asked here."""
    require(permissions.may_administer(request.user))
    found = get_object_or_404(User, pk=pk)
    form = forms.PostDetails(_sent(request), role=Role(role))
    if form.is_valid():
        try:
            made = appointments.appoint(person_id=pk, post=form.post(), by=request.user, now=timezone.now())
        except REFUSALS as error:
            _put_on(form, error)
        else:
            messages.success(request, f"{found.name} is now {made.title}")
            _say_who_else_chairs(request, made)
            return redirect("communities:person", pk=pk)
    title = f"{Role(role).label}: {found.name}"
    return _page(request, form, title=title, back=f"/county/people/{pk}/appoint/", submit="Give this post")


@require_http_methods(METHODS)
def invite_role(request: UserRequest) -> HttpResponse:
    """First step of inviting somebody: which role."""
    require(permissions.may_administer(request.user))
    form = forms.ChooseRole(_sent(request))
    if form.is_valid():
        return redirect("communities:invite", role=form.cleaned_data["role"])
    return _page(request, form, title="Invite somebody", back="/county/people/", submit="Continue")


@require_http_methods(METHODS)
def invite(request: UserRequest, role: str) -> HttpResponse:
    """Second step: who, where and when; the invitation and the post are made together."""
    require(permissions.may_administer(request.user))
    form = forms.NewPerson(_sent(request), role=Role(role))
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            made = appointments.invite_and_appoint(
                name=cleaned["name"], email=cleaned["email"], post=form.post(), by=request.user, now=timezone.now()
            )
        except invitations.AlreadyHere as error:
            form.add_error("email", str(error))
        except REFUSALS as error:
            _put_on(form, error)
        else:
            messages.success(request, f"{made.person.name} is invited as {made.title}")
            _say_who_else_chairs(request, made)
            return redirect("communities:person", pk=made.person_id)
    title = f"Invite somebody as {Role(role).label}"
    return _page(request, form, title=title, back="/county/people/invite/", submit="Send invitation")


@require_http_methods(METHODS)
def end_post(request: UserRequest, pk: int) -> HttpResponse:
    """Set the last day of a post."""
    require(permissions.may_administer(request.user))
    post = get_object_or_404(registers.every_post(), pk=pk)
    form = forms.EndPost(_sent(request), initial={"ends_on": timezone.localdate()})
    if form.is_valid():
        verdict = permissions.may_end(post, ends_on=form.cleaned_data["ends_on"])
        if verdict:
            appointments.end(appointment_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data)
            messages.success(request, f"{post.person.name}: {post.title} ends")
            return redirect("communities:person", pk=post.person_id)
        form.add_error("ends_on", verdict.reason)
    back = f"/county/people/{post.person_id}/"
    title = f"End {post.person.name}’s post as {post.title}"
    return _page(request, form, title=title, back=back, submit="End post", submit_kind="warning")


def _say_who_else_chairs(request: UserRequest, post: Appointment) -> None:
    """Two chairs on one day may be meant, but are more often a post that somebody forgot to end."""
    if others := registers.chairs_beside(post):
        names = " and ".join(other.person.name for other in others)
        messages.warning(
            request,
            f"On some of these days {post.scope.name} is also chaired by {names}. End that post if it is over.",
        )


def _put_on(form: forms.PostDetails, error: Exception) -> None:
    if isinstance(error, appointments.NeedsReason):
        form.ask_for_reason(str(error))
    else:
        form.add_error("scope" if "scope" in form.fields else None, str(error))
