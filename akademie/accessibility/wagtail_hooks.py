"""What accessibility tells Wagtail: the names of what it writes into the log."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

ACTIONS = (
    ("accessibility.answer", "Barriere beantworten", "Barriere beantwortet"),
    ("accessibility.fixed", "Barriere beheben", "Barriere behoben"),
    ("accessibility.see_to", "Zuständige bestimmen", "Zuständige bestimmt"),
    ("accessibility.forget_reporter", "Adresse löschen", "Adresse der Meldung gelöscht"),
    ("accessibility.review", "Barrierefreiheit bewerten", "Barrierefreiheit bewertet"),
    ("accessibility.enter", "In die Erklärung eintragen", "In die Erklärung eingetragen"),
    ("accessibility.take_out", "Aus der Erklärung nehmen", "Aus der Erklärung genommen"),
)


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    for action in ACTIONS:
        actions.register_action(*action)
