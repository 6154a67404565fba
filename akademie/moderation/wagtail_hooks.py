"""What moderation tells Wagtail: the name of what it writes into the log."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    actions.register_action("moderation.decide", "Über eine Meldung entscheiden", "Über die Meldung entschieden")
    actions.register_action(
        "moderation.forget_reporter", "Name und Adresse löschen", "Name und Adresse der Meldung gelöscht"
    )
    for action in (
        ("moderation.hide", "Inhalt ausblenden", "Inhalt ausgeblendet"),
        ("moderation.show", "Inhalt wieder zeigen", "Inhalt wieder gezeigt"),
        ("moderation.lock", "Konto sperren", "Konto gesperrt"),
        ("moderation.unlock", "Sperre aufheben", "Sperre aufgehoben"),
    ):
        actions.register_action(*action)
