"""Addresses of the practice cases."""

from django.urls import path

from akademie.practices.views import public

app_name = "practices"
urlpatterns = [
    path("praxis/", public.case_list, name="case_list"),
    path("praxis/karte/", public.case_map, name="case_map"),
    path("praxis/karte/orte.json", public.case_points, name="case_points"),
    path("praxis/<slug:slug>/", public.case, name="case"),
]
