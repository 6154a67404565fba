"""Addresses of files."""

from django.conf import settings
from django.urls import path

from akademie.files.views import public

app_name = "files"
urlpatterns = [path(f"{settings.MEDIA_URL.lstrip('/')}<str:folder>/<str:name>", public.picture, name="picture")]
