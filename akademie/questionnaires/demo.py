"""Two questionnaires of the demo: a published one for registrations, and a draft with one question of every kind."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction

from akademie.questionnaires.actions import create_questionnaire, freeze
from akademie.questionnaires.models import AnswerSet, Kind, Operator, Questionnaire

PURPOSE = "Damit wir Räume, Essen und Unterlagen planen können."
REGISTRATION: list[dict[str, Any]] = [
    {
        "key": "vor-ort", "kind": Kind.CHOICE, "label": "Wie nehmen Sie teil?", "required": True,
        "options": ["vor Ort", "online"], "wozu": "Wir stellen Stühle und schicken den Zugang.",
    },
    {
        "key": "essen", "kind": Kind.SEVERAL, "label": "Was sollen wir beim Essen beachten?", "kept_days": 7,
        "options": ["vegetarisch", "vegan", "ohne Schweinefleisch", "ohne Gluten"], "depends_on": "vor-ort",
        "operator": Operator.IS, "values": ["vor Ort"], "wozu": "Wir bestellen das Essen.",
    },
    {
        "key": "unterstuetzung", "kind": Kind.SHORT, "label": "Brauchen Sie Unterstützung, um teilzunehmen?",
        "example": "Gebärdensprache, Platz für einen Rollstuhl", "kept_days": 7, "limit": 200,
        "wozu": "Wir richten ein, was Sie brauchen.",
    },
    {
        "key": "frage", "kind": Kind.LONG, "label": "Welche Frage bringen Sie mit?",
        "limit": 500, "limit_is_hard": False, "help": "Eine genügt.",
        "example": "Wie haben Sie Eigentümer überzeugt, leere Läden zu öffnen?",
        "wozu": "Die Moderation sortiert die Fragen vorher.",
    },
]  # fmt: skip
WORKSHOP: list[dict[str, Any]] = [
    {
        "kind": Kind.SHORT, "label": "In einem Satz: Worum geht es bei Ihnen?", "required": True, "limit": 150,
        "example": "Acht leere Läden in der Hauptstraße, drei Eigentümer, kein Geld.",
        "wozu": "Wir bilden Gruppen mit ähnlichen Fragen.",
    },
    {
        "kind": Kind.NUMBER, "label": "Wie viele Läden stehen bei Ihnen leer?", "minimum": 0, "maximum": 500,
        "wozu": "Wir vergleichen die Städte.",
    },
    {"kind": Kind.DATE, "label": "Seit wann?", "help": "Ungefähr genügt.", "wozu": "Wir vergleichen die Städte."},
    {
        "kind": Kind.TABLE, "label": "Was haben Sie schon versucht?", "columns": ["Was", "Ergebnis"], "maximum": 3,
        "wozu": "Sie erzählen sich gegenseitig davon.",
    },
    {
        "kind": Kind.SCALE, "label": "Wie sehr drängt es?", "minimum": 1, "maximum": 5,
        "options": ["kann warten", "brennt"], "wozu": "Was am meisten drängt, kommt zuerst dran.",
    },
    {"kind": Kind.FILE, "label": "Haben Sie einen Plan oder ein Bild?", "wozu": "Wir hängen es am Tag selbst auf."},
]  # fmt: skip
BOTH = (
    ("Anmeldung: Standardfragen (Demo)", REGISTRATION, True),
    ("Werkstatt: Was bringen Sie mit? (Demo)", WORKSHOP, False),
)  # fmt: skip


def version() -> str:
    """Return what the demo is made from."""
    return hashlib.sha256(repr((BOTH, PURPOSE)).encode()).hexdigest()


@transaction.atomic
def load(say: Callable[[str], None]) -> None:
    """Make both, where they are missing; what somebody has changed stays."""
    for title, questions, is_published in BOTH:
        if Questionnaire.objects.filter(title=title).exists():
            continue
        made = create_questionnaire(title=title, purpose=PURPOSE, questions=questions)
        if is_published:
            freeze(made.versions.get())
    say("Zwei Fragebögen stehen bereit.")


def what_it_leaves() -> list[str]:
    """Return what would go, one line each."""
    titles = _all().order_by("title").values_list("title", flat=True)
    return [f"Fragebogen „{title}“" for title in titles]


@transaction.atomic
def remove() -> None:
    """Take both away, with answers to them."""
    AnswerSet.objects.filter(version__questionnaire__in=_all()).delete()
    _all().delete()


def _all() -> Any:
    return Questionnaire.objects.filter(title__in=[title for title, _, _ in BOTH])
