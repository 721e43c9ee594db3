"""The request as our views know it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class UserRequest(HttpRequest):
    """A signed-in request (LoginRequiredMiddleware saw to that)."""

    user: User
    htmx: HtmxDetails
