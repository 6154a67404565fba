"""What surveys tell Wagtail: the names of what they write into the log."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

ACTIONS = (
    ("surveys.reschedule", "Befragung verschieben", "Befragung verschoben"),
    ("surveys.close", "Befragung schließen", "Befragung geschlossen"),
    ("surveys.publish", "Ergebnisse veröffentlichen", "Ergebnisse veröffentlicht"),
    ("surveys.keep_back", "Ergebnisse zurücknehmen", "Ergebnisse zurückgenommen"),
)


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    for action in ACTIONS:
        actions.register_action(*action)
