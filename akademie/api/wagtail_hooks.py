"""Names of what keys leave in the log."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from akademie.api.actions import KEY_MADE, KEY_WITHDRAWN
from akademie.api.queries import HANDED_IN


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    actions.register_action(KEY_MADE, "Zugangsschlüssel erstellen", "Zugangsschlüssel erstellt")
    actions.register_action(KEY_WITHDRAWN, "Zugangsschlüssel zurückziehen", "Zugangsschlüssel zurückgezogen")
    actions.register_action(HANDED_IN, "Über die Schnittstelle einreichen", "Über die Schnittstelle eingereicht")
