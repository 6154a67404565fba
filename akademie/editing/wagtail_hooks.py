"""What editing tells Wagtail: the names of what it writes into the log."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

ACTIONS = (
    ("editing.look_after", "Zuständige bestimmen", "Zuständige bestimmt"),
    ("editing.of_nobody", "Zuständige wegnehmen", "Niemand ist mehr zuständig"),
    ("editing.still_right", "Prüfen", "Geprüft: stimmt noch"),
    ("editing.must_change", "Prüfen", "Geprüft: muss geändert werden"),
    ("editing.stands_in", "Vertretung eintragen", "Vertretung eingetragen"),
    ("editing.is_back", "Vertretung beenden", "Vertretung beendet"),
)


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    for action in ACTIONS:
        actions.register_action(*action)
