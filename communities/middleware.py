"""Who this request is acting as: shown in the header, written into the audit."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from communities import queries
from communities.models import Appointment
from communities.roles import DUTY_FIRST, WANTS_SECOND_FACTOR
from core import audit

GetResponse = Callable[[HttpRequest], HttpResponse]
SESSION_KEY = "acting_as"


class Powers:
    """Puts `posts` (live appointments), `acting` (the one acted as, or None) and `wants_second_factor` on the request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.posts, request.acting = [], None  # type: ignore[attr-defined]
        request.wants_second_factor = False  # type: ignore[attr-defined]
        if request.user.is_authenticated and not request.path.startswith(("/static/", "/health/")):
            request.posts = queries.posts_of(request.user, on=timezone.localdate())  # type: ignore[attr-defined]
            request.acting = _chosen(request, request.posts)  # type: ignore[attr-defined]
            request.wants_second_factor = any(post.role in WANTS_SECOND_FACTOR for post in request.posts)  # type: ignore[attr-defined]
        token = audit.acting_as.set(request.acting.title if request.acting else "")  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            audit.acting_as.reset(token)


def _chosen(request: HttpRequest, posts: list[Appointment]) -> Appointment | None:
    """The post chosen in this session, or else the one last chosen anywhere, or else the one whose duty comes first."""
    here = request.session.get(SESSION_KEY)
    return min(
        posts, key=lambda post: (post.pk != here, -_last_chosen(post), DUTY_FIRST.index(post.role)), default=None
    )


def _last_chosen(post: Appointment) -> float:
    return post.chosen_at.timestamp() if post.chosen_at else 0
