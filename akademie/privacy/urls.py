"""Addresses of privacy."""

from django.urls import path

from akademie.privacy.views import log, office, participant, public

app_name = "privacy"
urlpatterns = [
    path("konto/meine-daten/", participant.my_data, name="my_data"),
    path("konto/meine-daten/<str:word>.zip", participant.download, name="download"),
    path("konto/loeschen/", participant.erase_account, name="erase_account"),
    path("datenschutz/meine-daten/", public.ask_for_link, name="ask_for_link"),
    path("datenschutz/meine-daten/unterwegs/", public.link_sent, name="link_sent"),
    path("datenschutz/meine-daten/geloescht/", public.erased, name="erased"),
    path("datenschutz/meine-daten/archiv/<str:token>/", public.archive, name="archive"),
    path("datenschutz/meine-daten/<str:token>/", public.by_address, name="by_address"),
    path("datenschutz/meine-daten/<str:token>/bestellen/", public.order, name="order_by_address"),
    path("datenschutz/meine-daten/<str:token>/loeschen/", public.erase, name="erase_address"),
    path("geschaeftsstelle/datenschutz/", office.retention, name="retention"),
    path("geschaeftsstelle/datenschutz/fristen/<str:key>/", office.rule, name="rule"),
    path("geschaeftsstelle/datenschutz/fristen/<str:key>/archiv/", office.note_offer, name="note_offer"),
    path("geschaeftsstelle/datenschutz/aufbewahrt/", office.holds, name="holds"),
    path("geschaeftsstelle/datenschutz/aufbewahrt/<int:pk>/beenden/", office.lift, name="lift"),
    path("geschaeftsstelle/datenschutz/aufbewahren/<str:kind>/<str:key>/", office.hold, name="hold"),
    path("geschaeftsstelle/datenschutz/verzeichnis/", office.register, name="register"),
    path("geschaeftsstelle/datenschutz/verzeichnis.csv", office.register_file, name="register_file"),
    path("geschaeftsstelle/datenschutz/personen/<int:pk>/loeschen/", office.erase_person, name="erase_person"),
    path("geschaeftsstelle/protokoll/", log.entries, name="log"),
    path("geschaeftsstelle/protokoll.csv", log.file, name="log_file"),
]
