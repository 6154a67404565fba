"""Addresses of terms."""

from django.urls import path

from akademie.terms.views import public

app_name = "terms"
urlpatterns = [
    path("fachwoerter/", public.term_list, name="term_list"),
    path("fachwoerter/<str:slug>/", public.term, name="term"),
]
