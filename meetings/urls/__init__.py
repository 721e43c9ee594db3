"""Addresses of meetings: planning, and the running meeting with its minutes, each in its own list."""

from meetings.urls.live import urlpatterns as live
from meetings.urls.planning import urlpatterns as planning

app_name = "meetings"
urlpatterns = [*planning, *live]
