"""What privacy tells Wagtail: names for the log, and where an account is deleted."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from akademie.accounts.models import User


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    actions.register_action("privacy.erase_own", "Eigenes Konto löschen", "Eigenes Konto gelöscht")
    actions.register_action("privacy.erase", "Konto löschen", "Konto gelöscht")
    actions.register_action("privacy.hold", "Aufbewahren", "Aufbewahrt")
    actions.register_action("privacy.lift", "Aufbewahrung beenden", "Aufbewahrung beendet")
    actions.register_action("privacy.offer", "Angebot an das Archiv vermerken", "Dem Archiv angeboten")


@hooks.register("before_delete_user")
def delete_whole(request: HttpRequest, user: User) -> HttpResponse:
    """Lead to the deletion that all areas take part in; the row alone would leave names and files behind."""
    return redirect("privacy:erase_person", user.pk)


@hooks.register("before_bulk_action")
def delete_one_by_one(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Refuse to delete several accounts at once: each has a preview of its own."""
    if action_type != "delete" or not any(isinstance(one, User) for one in objects):
        return None
    messages.error(request, "Bitte löschen Sie Konten einzeln. So sehen Sie vorher, was geschieht.")
    return redirect("wagtailusers_users:index")
