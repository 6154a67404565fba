"""What the portal tells Wagtail: the name of what it writes into the log."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    actions.register_action("portal.look_as", "Ansehen als", "Die Akademie als diese Person angesehen")
