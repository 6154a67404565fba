"""What files tells Wagtail: the names of what it writes into the log."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    actions.register_action("files.shrink", "Verkleinern", "Bild verkleinert")
    actions.register_action("files.accessible", "Prüfen", "Geprüft: barrierefrei")
