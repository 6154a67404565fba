"""Organisations in the back office, and the names of what people writes into the log."""

from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry

from akademie.people.models import Organisation

LOGGED = (
    ("people.confirmed", "Zugehörigkeit bestätigen", "Zugehörigkeit bestätigt"),
    ("people.declined", "Zugehörigkeit nicht bestätigen", "Zugehörigkeit nicht bestätigt"),
    ("people.change", "Funktion ändern", "Funktion geändert"),
    ("people.end", "Zugehörigkeit beenden", "Zugehörigkeit beendet"),
    ("people.offer", "Zur Übernahme einer Stelle einladen", "Zur Übernahme der Stelle eingeladen"),
    ("people.withdraw_offer", "Einladung zurückziehen", "Einladung zurückgezogen"),
    ("people.hand_over", "Stelle übergeben", "Stelle übergeben"),
    ("people.report_contact", "Nachricht melden", "Nachricht gemeldet"),
)


class OrganisationDeleteView(DeleteView):
    """Deletes an organisation that nobody belongs to."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete it, or say why that does not go."""
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, "Zu dieser Organisation gehören Menschen, auch frühere. Sie bleibt.")
            return redirect("organisations:index")


class OrganisationViewSet(ModelViewSet):
    """Organisations: named by people when they join, put right by the office."""

    model = Organisation
    name = "organisations"
    url_prefix = "organisationen"
    icon = "group"
    menu_label = "Organisationen"
    menu_order = 130
    add_to_admin_menu = True
    copy_view_enabled = False
    delete_view_class = OrganisationDeleteView
    form_fields = ["name", "kind"]
    list_display = ["name", Column("kind", label="Art", accessor="get_kind_display", sort_key="kind")]
    list_filter = ["kind"]
    search_fields = ["name"]
    search_backend_name = None
    ordering = ["name", "pk"]
    list_per_page = 50


@hooks.register("register_admin_viewset")
def register_organisations() -> ModelViewSet:
    """Give the list its addresses and its place in the menu."""
    return OrganisationViewSet()


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    for key, label, message in LOGGED:
        actions.register_action(key, label, message)
