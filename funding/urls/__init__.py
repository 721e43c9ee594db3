"""Addresses of funding: the money half and the requests half, each in its own list."""

from funding.urls.money import urlpatterns as money

app_name = "funding"
urlpatterns = [*money]
