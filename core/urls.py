"""Doors of the ground floor."""

from django.conf import settings
from django.urls import path

from core.views import health, look, pages, verify

app_name = "core"
urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("help/", pages.help_and_contact, name="help"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("cookies/", pages.cookies, name="cookies"),
    path("look.css", look.theme, name="theme"),
    path("logo.png", look.logo, name="logo"),
    path("stay/", pages.stay, name="stay"),
    path("verify/", verify.ask, name="verify"),
    path("verify/<slug:code>/", verify.verified, name="verified"),
]

if settings.DEBUG:
    from core.views.styleguide import styleguide

    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))
