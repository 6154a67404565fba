"""Addresses of towns."""

from django.urls import path

from akademie.towns.views import public

app_name = "towns"
urlpatterns = [
    path("staedte/", public.town_list, name="town_list"),
    path("staedte/karte/", public.town_map, name="town_map"),
    path("staedte/karte/punkte.json", public.town_points, name="town_points"),
    path("staedte/vergessen/", public.forget, name="forget"),
    path("staedte/<str:ags>/", public.profile, name="profile"),
    path("staedte/<str:ags>/merken/", public.remember, name="remember"),
]
