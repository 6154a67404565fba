"""What events tell Wagtail: the names of what they write into the log."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

ACTIONS = (
    ("events.start", "Veranstaltung anlegen", "Veranstaltung angelegt"),
    ("events.change", "Veranstaltung ändern", "Veranstaltung geändert"),
    ("events.submitted", "Veranstaltung vorlegen", "Veranstaltung vorgelegt"),
    ("events.published", "Veranstaltung veröffentlichen", "Veranstaltung veröffentlicht"),
    ("events.publish_later", "Veröffentlichung planen", "Veröffentlichung geplant"),
    ("events.given_back", "Veranstaltung zurückgeben", "Veranstaltung zurückgegeben"),
    ("events.cancelled", "Veranstaltung absagen", "Veranstaltung abgesagt"),
    ("events.type_added", "Art hinzufügen", "Art hinzugefügt"),
    ("events.type_renamed", "Art umbenennen", "Art umbenannt"),
    ("events.type_moved", "Art verschieben", "Art verschoben"),
    ("events.type_offered", "Art anbieten", "Art angeboten"),
    ("events.type_switched_off", "Art abschalten", "Art abgeschaltet"),
    ("events.type_deleted", "Art löschen", "Art gelöscht"),
    ("events.recap", "Rückblick veröffentlichen", "Rückblick veröffentlicht"),
)


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    for action in ACTIONS:
        actions.register_action(*action)
