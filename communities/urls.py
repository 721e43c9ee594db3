"""Doors of the registers: my community, and the county's own pages."""

from django.urls import URLPattern

app_name = "communities"
urlpatterns: list[URLPattern] = []
