"""Addresses of files."""

from django.conf import settings
from django.urls import path

from akademie.files.views import office, public

app_name = "files"
DESK = "geschaeftsstelle/medien/"
urlpatterns = [
    path(f"{settings.MEDIA_URL.lstrip('/')}<str:folder>/<str:name>", public.picture, name="picture"),
    path(DESK, office.media, name="media"),
    path(f"{DESK}loeschen/", office.delete, name="delete"),
    path(f"{DESK}bild/<int:pk>/verkleinern/", office.shrink, name="shrink"),
    path(f"{DESK}dokument/<int:pk>/geprueft/", office.mark_accessible, name="mark_accessible"),
]
