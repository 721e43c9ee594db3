"""Doors about the person: invitation, account, notices, and sign-in itself (allauth)."""

from django.urls import include, path

from accounts.views import account, invitation, notices

own = [
    path("invitation/<str:token>/", invitation.accept, name="invitation"),
    path("invitation/<str:token>/not-me/", invitation.not_me, name="invitation-not-me"),
    path("account/", account.hub, name="hub"),
    path("account/notices/", notices.notices, name="notices"),
    path("account/notices/read/", notices.mark_all_read, name="notices-read"),
    path("account/notices/<int:pk>/open/", notices.open_notice, name="notice-open"),
    path("account/notices/<int:pk>/read/", notices.mark_read, name="notice-read"),
    path("account/preferences/", account.choose_email, name="preferences"),
    path("account/second-factor/", account.prove, name="second-factor"),
    path("account/sessions/<int:pk>/end/", account.end_session, name="session-end"),
    # Stands before allauth's own page at this address: people do not add addresses to themselves.
    path("account/email/", account.email_address, name="email-address"),
]

urlpatterns = [
    path("", include((own, "accounts"))),
    path("account/", include("allauth.urls")),
]
