"""Names for what the office does with addresses, in the log of the back office."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_deeds(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    actions.register_action("notifications.good_again", "Gelten lassen", "Wieder gelten lassen")
    actions.register_action("notifications.blocked", "Sperren", "Gesperrt")
    actions.register_action("notifications.corrected", "Ersetzen", "Durch eine neue Adresse ersetzt")
