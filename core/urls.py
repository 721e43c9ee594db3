"""Doors of the ground floor."""

from django.conf import settings
from django.urls import path

from core.views import health, verify

app_name = "core"
urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("verify/", verify.ask, name="verify"),
    path("verify/<slug:code>/", verify.verified, name="verified"),
]

if settings.DEBUG:
    from core.views.styleguide import styleguide

    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))
