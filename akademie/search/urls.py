"""Addresses of search."""

from django.urls import path

from akademie.search.views import public

app_name = "search"
urlpatterns = [
    path("suche/", public.search, name="search"),
    path("suche/vorschlaege/", public.suggestions, name="suggestions"),
]
