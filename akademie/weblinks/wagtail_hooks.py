"""What the link check tells Wagtail: the names of what it writes into the log."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

ACTIONS = (
    ("weblinks.confirmed", "Link bestätigen", "Link als richtig bestätigt"),
    ("weblinks.replaced", "Link ersetzen", "Link überall ersetzt"),
)


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    for action in ACTIONS:
        actions.register_action(*action)
