"""Addresses of notifications."""

from django.urls import path

from akademie.notifications.views import office, participant, public

app_name = "notifications"
OFFICE = "geschaeftsstelle/unzustellbar/"
urlpatterns = [
    path("aus-der-mail/<str:token>/", public.mail_link, name="mail_link"),
    path("abbestellen/<str:token>/", public.unsubscribe, name="unsubscribe"),
    path("konto/benachrichtigungen/", participant.choices, name="choices"),
    path(OFFICE, office.silent_addresses, name="silent_addresses"),
    path(f"{OFFICE}<int:pk>/", office.silent_address, name="silent_address"),
    path(f"{OFFICE}<int:pk>/<str:verb>/", office.decide_address, name="decide_address"),
]
