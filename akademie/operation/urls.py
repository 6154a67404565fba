"""Addresses of operation."""

from django.urls import path

from akademie.operation.views import mails, office

app_name = "operation"
urlpatterns = [
    path("geschaeftsstelle/betrieb/", office.overview, name="overview"),
    path("geschaeftsstelle/betrieb/mails/", mails.mails, name="mails"),
    path("geschaeftsstelle/betrieb/mails/<int:pk>/senden/", mails.send_again, name="send_again"),
    path("demo/mails/", mails.demo_mails, name="demo_mails"),
]
