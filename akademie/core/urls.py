"""Addresses of core."""

from django.urls import path

from akademie.core.views import public

app_name = "core"
urlpatterns = [
    path("bausteine/", public.gallery, name="gallery"),
    path("bausteine/karte.json", public.gallery_points, name="gallery_points"),
    path("karte/laender.geojson", public.outline, name="outline"),
]
