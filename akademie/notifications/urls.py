"""Addresses of notifications."""

from django.urls import path

from akademie.notifications.views import public

app_name = "notifications"
urlpatterns = [
    path("aus-der-mail/<str:token>/", public.mail_link, name="mail_link"),
]
