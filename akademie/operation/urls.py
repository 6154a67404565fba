"""Addresses of operation."""

from django.urls import path

from akademie.operation.views import backups, mails, office, public, security, setup, visits

app_name = "operation"
urlpatterns = [
    path(".well-known/security.txt", security.security_txt, name="security_txt"),
    path("gesundheit/", public.health, name="health"),
    path("daten/nutzung/", visits.public_visits, name="public_visits"),
    path("daten/nutzung/monate.csv", visits.months_csv, name="months_csv"),
    path("daten/nutzung/seiten.csv", visits.pages_csv, name="pages_csv"),
    path("geschaeftsstelle/betrieb/", office.overview, name="overview"),
    path("geschaeftsstelle/betrieb/pruefen/", office.look, name="look"),
    path("geschaeftsstelle/betrieb/fehler/", office.errors, name="errors"),
    path("geschaeftsstelle/betrieb/fehler/<int:pk>/", office.mark_error, name="mark_error"),
    path("geschaeftsstelle/betrieb/sicherungen/", backups.backups, name="backups"),
    path("geschaeftsstelle/betrieb/sicherungen/jetzt/", backups.make_backup, name="make_backup"),
    path("geschaeftsstelle/betrieb/sicherungen/probe/", backups.drill, name="drill"),
    path("geschaeftsstelle/betrieb/sicherungen/<int:pk>/datei/", backups.download, name="download_backup"),
    path("geschaeftsstelle/betrieb/mails/", mails.mails, name="mails"),
    path("geschaeftsstelle/betrieb/mails/<int:pk>/senden/", mails.send_again, name="send_again"),
    path("geschaeftsstelle/betrieb/mails/probe/", mails.send_test_mail, name="send_test_mail"),
    path("geschaeftsstelle/betrieb/mails/probe/<str:token>/", mails.confirm_test_mail, name="confirm_test_mail"),
    path("geschaeftsstelle/betrieb/zugriffe/", visits.visits, name="visits"),
    path("geschaeftsstelle/betrieb/vor-dem-start/", setup.duties, name="duties"),
    path("geschaeftsstelle/betrieb/vor-dem-start/schluessel/", setup.confirm_secret_key, name="confirm_secret_key"),
    path("geschaeftsstelle/betrieb/demo-entfernen/", setup.remove_demo, name="remove_demo"),
    path("demo/mails/", mails.demo_mails, name="demo_mails"),
]
