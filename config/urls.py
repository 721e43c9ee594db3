"""Every door of the house. Addresses read like sentences; each app keeps its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("core.urls")),
    path("", include("accounts.urls")),
    path("", include("communities.urls")),
    path("", include("meetings.urls")),
    path("", include("provision.urls")),
    path("", include("funding.urls")),
    path("", include("dashboards.urls")),
]

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
handler429 = "core.views.errors.too_many"  # allauth's name for its own limits
handler500 = "core.views.errors.server_error"
