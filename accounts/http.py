"""The request as our views know it."""

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class UserRequest(HttpRequest):
    """A signed-in request (LoginRequiredMiddleware saw to that). `posts` and `acting` are put there by communities'
    middleware: the person's live posts, and the one they act as (None without a post).
    """

    user: User
    posts: list[Any]
    acting: Any
    htmx: HtmxDetails
