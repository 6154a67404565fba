"""Questionnaires in the log."""

from typing import Any

from wagtail import hooks

ACTIONS = (
    ("questionnaires.create", "Fragebogen anlegen", "Fragebogen angelegt"),
    ("questionnaires.change", "Angaben ändern", "Angaben zum Fragebogen geändert"),
    ("questionnaires.edit", "Fragen ändern", "Fragen geändert"),
    ("questionnaires.begin_draft", "Neue Fassung beginnen", "Neue Fassung begonnen"),
    ("questionnaires.discard_draft", "Entwurf verwerfen", "Entwurf verworfen"),
    ("questionnaires.publish", "Fassung veröffentlichen", "Fassung veröffentlicht"),
    ("questionnaires.withdraw", "Fassung zurückziehen", "Fassung zurückgezogen"),
    ("questionnaires.withdraw_question", "Frage zurückziehen", "Frage zurückgezogen"),
    ("questionnaires.delete", "Fragebogen löschen", "Fragebogen gelöscht"),
)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what the log may say of questionnaires."""
    for action, label, message in ACTIONS:
        actions.register_action(action, label, message)
