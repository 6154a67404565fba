"""Addresses of easy. They come before those of pictures, which lie in the same place."""

from django.conf import settings
from django.urls import path, re_path

from akademie.easy.models import FOLDER
from akademie.easy.views import public

app_name = "easy"
folder = f"{settings.MEDIA_URL.lstrip('/')}{FOLDER}/"
urlpatterns = [
    re_path(rf"^{folder}(?P<name>[0-9a-f]{{32}}\.(?:webm|mp4))$", public.film, name="film"),
    path(f"{folder}<int:pk>/untertitel.vtt", public.captions, name="captions"),
]
