"""Addresses of operation."""

from django.urls import path

from akademie.operation.views import office

app_name = "operation"
urlpatterns = [
    path("geschaeftsstelle/betrieb/", office.overview, name="overview"),
]
