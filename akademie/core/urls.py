"""Addresses of core."""

from django.urls import path

from akademie.core.views import embed, public

app_name = "core"
urlpatterns = [
    path("bausteine/", public.gallery, name="gallery"),
    path("bausteine/karte.json", public.gallery_points, name="gallery_points"),
    path("favicon.ico", public.favicon, name="favicon"),
    path("karte/laender.geojson", public.outline, name="outline"),
    path("oembed/", embed.oembed, name="oembed"),
    path("einbetten/<slug:kind>/<slug:slug>/", embed.framed, name="embedded"),
    path("<slug:kind>/<slug:slug>/einbetten/", embed.how, name="embed"),
    path("<slug:kind>/<slug:slug>/einbetten.html", embed.script_free, name="embedded_copy"),
]
