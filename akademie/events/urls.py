"""Addresses of events."""

from django.urls import path

from akademie.events import host_urls
from akademie.events.views import office, public

app_name = "events"
urlpatterns = [
    *host_urls.urlpatterns,
    path("geschaeftsstelle/veranstaltungen/", office.events, name="office_events"),
    path("geschaeftsstelle/veranstaltungen/arten/", office.event_types, name="types"),
    path("geschaeftsstelle/veranstaltungen/arten/<int:pk>/", office.event_type, name="type"),
    path("geschaeftsstelle/veranstaltungen/arten/<int:pk>/ordnen/", office.arrange_type, name="arrange_type"),
    path("geschaeftsstelle/veranstaltungen/<slug:slug>/", office.event, name="office_event"),
    path("geschaeftsstelle/veranstaltungen/<slug:slug>/veroeffentlichen/", office.publish, name="publish"),
    path("geschaeftsstelle/veranstaltungen/<slug:slug>/zurueckgeben/", office.give_back, name="give_back"),
    path("veranstaltungen.ics", public.calendar, name="calendar"),
    path("veranstaltungen/", public.index, name="index"),
    path("veranstaltungen/<slug:slug>.ics", public.detail_calendar, name="detail_calendar"),
    path("veranstaltungen/<slug:slug>/", public.detail, name="detail"),
]
