"""Addresses of formats."""

from django.urls import path

from akademie.formats.views import print as paper
from akademie.formats.views import public

app_name = "formats"
urlpatterns = [
    path("formate/", public.index, name="index"),
    path("formate/tabelle/", public.table, name="table"),
    path("formate/tabelle.csv", public.table_csv, name="table_csv"),
    path("formate/<slug:slug>/", public.profile, name="profile"),
    path("formate/<slug:slug>/steckbrief.pdf", paper.steckbrief, name="steckbrief"),
    path("formate/<slug:slug>/steckbrief.docx", paper.steckbrief_docx, name="steckbrief_docx"),
    path("formate/<slug:slug>/starten/", public.start, name="start"),
]
