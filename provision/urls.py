"""Doors of provision: what schools tried, and the register of services."""

from django.urls import path

from provision.views import services, support

app_name = "provision"
urlpatterns = [
    path("support/", support.entries, name="entries"),
    path("support/<slug:slug>/add/", support.add, name="entry-add"),
    path("support/<int:pk>/change/", support.change, name="entry-change"),
    path("support/<int:pk>/remove/", support.remove, name="entry-remove"),
    path("county/services/", services.services, name="services"),
    path("county/services/add/", services.add, name="service-add"),
    path("county/services/<slug:slug>/", services.change, name="service"),
    path("county/services/<slug:slug>/close/", services.close, name="service-close"),
    path("county/services/<slug:slug>/reopen/", services.reopen, name="service-reopen"),
]
