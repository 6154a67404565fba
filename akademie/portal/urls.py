"""Addresses of the portal."""

from django.urls import path

from akademie.portal.views import guide

app_name = "portal"
urlpatterns = [
    path("wegweiser/", guide.guide, name="guide"),
    path("wegweiser/so-geht-es/", guide.explained, name="explained"),
]
