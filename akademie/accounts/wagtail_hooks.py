"""What accounts tells Wagtail: the names of what it writes into the log."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    actions.register_action("accounts.role", "Rolle vergeben", "Rolle vergeben")
    actions.register_action("accounts.block", "Sperren", "Gesperrt")
    actions.register_action("accounts.unblock", "Wieder zulassen", "Wieder zugelassen")
