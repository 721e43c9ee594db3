"""Doors of the ground floor."""

from django.conf import settings
from django.urls import path

from core.views import health, imports, look, pages, verify, wellknown

app_name = "core"
urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("robots.txt", wellknown.robots, name="robots"),
    path(".well-known/security.txt", wellknown.security_txt, name="security-txt"),
    path("security/", wellknown.report, name="security"),
    path("help/", pages.help_and_contact, name="help"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("cookies/", pages.cookies, name="cookies"),
    path("look.css", look.theme, name="theme"),
    path("logo.png", look.logo, name="logo"),
    path("stay/", pages.stay, name="stay"),
    path("verify/", verify.ask, name="verify"),
    path("verify/<slug:code>/", verify.verified, name="verified"),
    path("county/imports/", imports.imports, name="import-list"),
    path("county/imports/<slug:kind>/", imports.upload, name="import-upload"),
    path("county/imports/<slug:kind>/template.csv", imports.template, name="import-template"),
    path("county/imports/<slug:kind>/<int:run>/", imports.run, name="import-run"),
    path("county/imports/<slug:kind>/<int:run>/confirm/", imports.confirm, name="import-confirm"),
    path("county/imports/<slug:kind>/<int:run>/compare-again/", imports.again, name="import-again"),
    path("county/imports/<slug:kind>/<int:run>/discard/", imports.discard, name="import-discard"),
    path("county/imports/<slug:kind>/<int:run>/undo/", imports.undo, name="import-undo"),
    path("county/imports/<slug:kind>/<int:run>/faults.csv", imports.faults, name="import-faults"),
]

if settings.DEBUG:
    from core.views.styleguide import styleguide

    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))
