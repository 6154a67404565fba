"""Addresses of the practice cases."""

from django.urls import path

from akademie.practices.views import public

app_name = "practices"
urlpatterns = [
    path("praxis/", public.case_list, name="case_list"),
    path("praxis/<slug:slug>/", public.case, name="case"),
]
