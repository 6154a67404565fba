"""Questionnaires for tests."""

from typing import Any

from akademie.questionnaires import actions
from akademie.questionnaires.models import Kind, Version

EVERY_KIND: list[dict[str, Any]] = [
    {"key": "name", "kind": Kind.SHORT, "label": "Wie heißt Ihre Stadt?", "required": True, "limit": 20},
    {"key": "text", "kind": Kind.LONG, "label": "Was ist das Problem?", "limit": 10, "limit_is_hard": False},
    {"key": "auto", "kind": Kind.CHOICE, "label": "Kommen Sie mit dem Auto?", "options": ["Ja", "Nein"]},
    {
        "key": "platz", "kind": Kind.SHORT, "label": "Welches Kennzeichen?", "required": True, "depends_on": "auto",
        "operator": "is", "values": ["Ja"],
    },
    {"key": "essen", "kind": Kind.SEVERAL, "label": "Was essen Sie?", "options": ["Fisch", "Käse", "Obst"],
     "maximum": 2, "kept_days": 7},
    {"key": "zahl", "kind": Kind.NUMBER, "label": "Wie viele kommen?", "minimum": 1, "maximum": 500},
    {"key": "tag", "kind": Kind.DATE, "label": "Seit wann?"},
    {"key": "tabelle", "kind": Kind.TABLE, "label": "Was kostet es?", "columns": ["2026", "2027"], "rows": ["Miete"]},
    {"key": "datei", "kind": Kind.FILE, "label": "Ihr Konzept"},
    {"key": "skala", "kind": Kind.SCALE, "label": "Wie war es?", "options": ["schlecht", "gut"]},
]  # fmt: skip


def make_version(*questions: dict[str, Any], title: str = "Anmeldung") -> Version:
    """Return a published version with these questions, with one of every kind if none are named."""
    draft = actions.create_questionnaire(
        title=title, purpose="Zum Planen", questions=questions or EVERY_KIND
    ).versions.get()
    return actions.freeze(draft)


def sent(**answers: Any) -> dict[str, Any]:
    """Return answers as a browser sends them."""
    return {f"antwort-{key}": value for key, value in answers.items()}
