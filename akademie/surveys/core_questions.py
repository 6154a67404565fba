"""The four questions that every evaluation asks, so that results add up over all events and formats.

They ask what a host can act on and what lasts: benefit for the work and recommendation (comparable figures), what
people will use (transfer is what an academy is for), what to do differently (the next run). Their keys never change; a
changed question gets a new key, because its answers do not add up with the old ones.
"""

from collections.abc import Callable
from typing import Any

from akademie.questionnaires import actions
from akademie.questionnaires.models import Kind, Version

SLUG = "auswertung"
TITLE = "Auswertung einer Veranstaltung"
PURPOSE = "Wir möchten wissen, was Ihnen genutzt hat und was wir besser machen können."
NO_NAMES = "Nennen Sie keine Namen, auch nicht Ihren eigenen."
QUESTIONS: list[dict[str, Any]] = [
    {
        "key": "nutzen", "kind": Kind.SCALE, "required": True, "minimum": 1, "maximum": 5,
        "label": "Wie sehr nutzt Ihnen die Teilnahme für Ihre Arbeit?",
        "help": "Denken Sie an das, was Sie in den nächsten Monaten tun oder entscheiden.",
        "options": ["gar nicht", "sehr"],
    },
    {
        "key": "empfehlen", "kind": Kind.SCALE, "required": True, "minimum": 1, "maximum": 5,
        "label": "Würden Sie anderen in Ihrer Lage empfehlen, dabei zu sein?",
        "help": "Zum Beispiel einer Kollegin aus einer anderen kleinen Stadt.",
        "options": ["auf keinen Fall", "auf jeden Fall"],
    },
    {
        "key": "anwenden", "kind": Kind.SHORT, "limit": 300,
        "label": "Was werden Sie als Nächstes anwenden?",
        "help": f"Ein Satz genügt. {NO_NAMES}",
        "example": "Wir laden die Eigentümer der leeren Läden zu einem Rundgang ein.",
    },
    {
        "key": "verbessern", "kind": Kind.LONG, "limit": 1000,
        "label": "Was sollten wir beim nächsten Mal anders machen?",
        "help": NO_NAMES,
        "example": "Mehr Zeit für die Gruppen, dafür ein Vortrag weniger.",
    },
]  # fmt: skip


def load_for_start(say: Callable[[str], None]) -> None:
    """Load them as reference data."""
    load()


def load() -> Version:
    """Bring the questions into the database; return the version that is asked now. Repeatable."""
    return actions.load_questionnaire(SLUG, title=TITLE, purpose=PURPOSE, questions=QUESTIONS)
