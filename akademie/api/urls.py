"""Addresses for machines, and the page of open data. They come before the areas' own: /praxis/feed/ is no practice."""

from django.urls import path, re_path

from akademie.api.queries import collections
from akademie.api.views import crawlers, feeds, files, machine, office, public

app_name = "api"
urlpatterns = [
    path("api/v1/", machine.index, name="index"),
    path("api/v1/openapi.json", machine.description, name="description"),
    path("api/v1/docs", public.docs, name="docs"),
    path("api/v1/<str:kind>/", machine.records, name="records"),
    path("api/v1/<str:kind>/<str:name>/", machine.record, name="record"),
    path("api/v1/<path:rest>", machine.nothing, name="nothing"),
    path("konto/zugangsschluessel/", office.keys, name="keys"),
    path("daten/", public.data, name="data"),
    re_path(r"^daten/katalog\.(?P<ending>ttl|rdf|jsonld)$", files.catalogue_file, name="catalogue"),
    re_path(r"^daten/themen\.(?P<ending>ttl|rdf|jsonld)$", files.vocabulary_file, name="vocabulary"),
    re_path(r"^daten/(?P<kind>[a-z-]+)\.(?P<ending>csv|json|xlsx|geojson)$", files.download, name="download"),
    *(
        path(f"{one.kind.list_url[1:]}feed/", feeds.list_feed, {"kind": one.key}, name=f"feed_{one.key}")
        for one in collections().values()
        if one.has_feed
    ),
    path("staedte/feed/", feeds.town_feed, name="town_feed"),
    path("themen/<slug:slug>/feed/", feeds.topic_feed, name="topic_feed"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", crawlers.sitemap_file, name="sitemap_file"),
]
