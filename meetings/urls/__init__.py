"""Addresses of meetings: planning, and the running meeting with its minutes, each in its own list."""

from meetings.urls.live import urlpatterns as live

app_name = "meetings"
urlpatterns = [*live]
