"""Addresses of moderation."""

from django.urls import path

from akademie.moderation.views import measures, office, public

app_name = "moderation"
urlpatterns = [
    path("inhalt-melden/", public.report_content, name="report_content"),
    path("inhalt-melden/danke/", public.reported, name="reported"),
    path("geschaeftsstelle/meldungen/", office.reports, name="reports"),
    path("geschaeftsstelle/meldungen/<int:pk>/", office.report, name="report"),
    path("geschaeftsstelle/meldungen/<int:pk>/absender-loeschen/", office.forget_reporter, name="forget_reporter"),
    path("geschaeftsstelle/massnahmen/", measures.in_force, name="measures"),
    path("geschaeftsstelle/massnahmen/ausblenden/", measures.hide, name="hide"),
    path("geschaeftsstelle/massnahmen/ausgeblendet/<int:pk>/", measures.show_again, name="show_again"),
    path("geschaeftsstelle/massnahmen/sperren/", measures.lock, name="lock"),
    path("geschaeftsstelle/massnahmen/gesperrt/<int:pk>/", measures.unlock, name="unlock"),
]
