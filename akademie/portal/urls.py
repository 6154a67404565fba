"""Addresses of the portal."""

from django.urls import path

from akademie.portal.views import guide, office, participant, public

app_name = "portal"
urlpatterns = [
    path("", public.start, name="start"),
    path("wegweiser/", guide.guide, name="guide"),
    path("wegweiser/code.svg", guide.code, name="code"),
    path("wegweiser/so-geht-es/", guide.explained, name="explained"),
    path("mein-bereich/", participant.my_area, name="my_area"),
    path("mein-bereich/kalender/", participant.subscribe, name="subscribe"),
    path("mein-bereich/kalender/<str:word>.ics", participant.my_calendar, name="my_calendar"),
    path("geschaeftsstelle/", office.desk, name="desk"),
    path("geschaeftsstelle/ansehen-als/", office.look_as, name="look_as"),
    path("geschaeftsstelle/ansehen-als/ende/", office.stop_viewing, name="stop_viewing"),
]
