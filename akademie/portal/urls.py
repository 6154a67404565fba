"""Addresses of the portal."""

from django.urls import path

from akademie.portal.views import calendar, guide, handbook, office, participant, public

app_name = "portal"
urlpatterns = [
    path("", public.start, name="start"),
    path("kalender/", calendar.month, name="calendar"),
    path("kalender.ics", calendar.calendar_of_all, name="calendar_file"),
    path("wegweiser/", guide.guide, name="guide"),
    path("wegweiser/code.svg", guide.code, name="code"),
    path("wegweiser/so-geht-es/", guide.explained, name="explained"),
    path("wegweiser/so-geht-es/<slug:slug>/", guide.words, name="words"),
    path("hilfe/", handbook.help_contents, name="help"),
    path("hilfe/<slug:slug>/", handbook.help_card, name="help_card"),
    path("hilfe/<slug:slug>/bild.webp", handbook.help_picture, name="help_picture"),
    path("mein-bereich/", participant.my_area, name="my_area"),
    path("mein-bereich/kalender/", participant.subscribe, name="subscribe"),
    path("mein-bereich/kalender/<str:word>.ics", participant.my_calendar, name="my_calendar"),
    path("geschaeftsstelle/", office.desk, name="desk"),
    path("geschaeftsstelle/ansehen-als/", office.look_as, name="look_as"),
    path("geschaeftsstelle/ansehen-als/ende/", office.stop_viewing, name="stop_viewing"),
    path("geschaeftsstelle/handbuch/", handbook.office_contents, name="handbook"),
    path("geschaeftsstelle/handbuch/<slug:slug>/", handbook.office_card, name="handbook_card"),
    path("geschaeftsstelle/handbuch/<slug:slug>/bild.webp", handbook.office_picture, name="handbook_picture"),
]
