"""Addresses of the portal."""

from django.urls import path

from akademie.portal.views import guide, public

app_name = "portal"
urlpatterns = [
    path("", public.start, name="start"),
    path("wegweiser/", guide.guide, name="guide"),
    path("wegweiser/code.svg", guide.code, name="code"),
    path("wegweiser/so-geht-es/", guide.explained, name="explained"),
]
