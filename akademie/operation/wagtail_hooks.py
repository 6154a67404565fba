"""What operation tells Wagtail: the name of what it writes into the log."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    actions.register_action("operation.download", "Sicherung herunterladen", "Sicherung heruntergeladen")
    actions.register_action("operation.confirm_key", "Schlüssel bestätigen", "Schlüssel bestätigt")
    actions.register_action("operation.remove_demo", "Demo entfernen", "Demo entfernt")
