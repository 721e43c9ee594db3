"""Addresses of funding: the money half and the requests half, each in its own list."""

from funding.urls.money import urlpatterns as money
from funding.urls.requests import urlpatterns as requests

app_name = "funding"
urlpatterns = [*requests, *money]
