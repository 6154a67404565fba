"""What went wrong, in words that the office can read."""

import re

from django.db.models import Count, QuerySet

from akademie.operation.models import ErrorEntry, ErrorState

# Names of exceptions, with what they mean to somebody who did not write the programme.
MEANINGS = {
    "OperationalError": "Die Datenbank antwortete nicht oder war zu lange beschäftigt",
    "InterfaceError": "Die Verbindung zur Datenbank brach ab",
    "IntegrityError": "Etwas sollte gespeichert werden, was nicht zu den übrigen Daten passt",
    "DataError": "Etwas sollte gespeichert werden, was nicht in sein Feld passt",
    "ProgrammingError": "Programm und Datenbank passen nicht zusammen",
    "TemplateDoesNotExist": "Eine Vorlage fehlt",
    "TemplateSyntaxError": "Eine Vorlage ist fehlerhaft",
    "VariableDoesNotExist": "Einer Vorlage fehlt eine Angabe",
    "FileNotFoundError": "Eine Datei fehlt",
    "PermissionError": "Das Programm darf eine Datei nicht lesen oder schreiben",
    "OSError": "Eine Datei oder Verbindung machte Schwierigkeiten",
    "MemoryError": "Der Arbeitsspeicher reichte nicht",
    "TimeoutError": "Etwas dauerte zu lange",
    "ConnectionRefusedError": "Ein anderer Server nahm keine Verbindung an",
    "ConnectionResetError": "Ein anderer Server brach die Verbindung ab",
    "Unreachable": "Ein anderer Server war nicht zu erreichen",
    "TooSlow": "Ein anderer Server antwortete zu langsam",
    "NotPossible": "Eine Aufgabe ließ sich so nicht erledigen",
}
# Where an address differs from visit to visit, in both of Django's ways to write it.
HOLE = re.compile(r"<\w+(?::\w+)?>|\(\?P<\w+>(?:[^()]|\([^()]*\))*\)")
SIGNS = {ord(sign): None for sign in "^$\\"}
STATES = {"neu": ErrorState.NEW, "gesehen": ErrorState.SEEN, "behoben": ErrorState.FIXED}


def errors(state: ErrorState | None) -> QuerySet[ErrorEntry]:
    """Return the kinds of errors in this state or all, the last seen first."""
    found = ErrorEntry.objects.order_by("-last_seen_at", "-pk")
    return found.filter(state=state) if state else found


def counts() -> dict[str, int]:
    """Return how many kinds of errors there are in each state, by its German word."""
    rows = dict(ErrorEntry.objects.values_list("state").annotate(number=Count("pk")))
    return {word: rows.get(state.value, 0) for word, state in STATES.items()}


def meaning(entry: ErrorEntry) -> str:
    """Return what happened, as far as the name of the exception tells."""
    if not entry.what:
        return "Das Programm meldet ein Hindernis"
    if entry.what.startswith("SMTP"):
        return "Der Mailserver machte Schwierigkeiten"
    return MEANINGS.get(entry.what.rpartition(".")[2], "Das Programm stieß auf einen Fehler")


def place(entry: ErrorEntry) -> str:
    """Return where it happened: the address of the page with its holes, or the part of the programme."""
    if entry.place.startswith("/"):
        return f"auf der Seite {HOLE.sub('…', entry.place).translate(SIGNS)}"
    return f"im Programmteil {entry.place}" if entry.place else "an einer Stelle, die wir nicht kennen"
