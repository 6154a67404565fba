"""Addresses of the library."""

from django.urls import path, re_path

from akademie.library.views import public

app_name = "library"
urlpatterns = [
    path("bibliothek/", public.item_list, name="item_list"),
    path("bibliothek/<slug:slug>/", public.item, name="item"),
    re_path(
        r"^bibliothek/(?P<slug>[-a-zA-Z0-9_]+)\.(?P<ending>bib|ris|csl\.json)$", public.citation_file,
        name="citation_file",
    ),
]  # fmt: skip
