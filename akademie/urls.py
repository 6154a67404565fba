"""All addresses, in the order of the floors; each area keeps its own German paths."""

from django.urls import include, path

urlpatterns = [
    path("", include("akademie.core.urls")),
    path("", include("akademie.formats.urls")),
    path("", include("akademie.library.urls")),
]
