"""Addresses of core."""

from django.urls import path

from akademie.core.views import public

app_name = "core"
urlpatterns = [path("bausteine/", public.gallery, name="gallery")]
