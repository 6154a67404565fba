"""Templates to copy, placeholders and checklists: those in `data/format_texts.json` and those of a format itself.

A placeholder stands in double braces: `{{titel}}`. What it means is said once, here. Values are put in once and never
read again, so that a value with braces stays what it is.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError

from akademie.formats import words
from akademie.formats.words import Mode, TemplateKind

if TYPE_CHECKING:
    from akademie.formats.models import FormatProfile

SOURCE = settings.REFERENCE_DIR / "format_texts.json"
MARK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


@dataclass(frozen=True)
class Placeholder:
    """A gap in a template: its name, what goes there, and an example for previews."""

    name: str
    label: str
    meaning: str
    example: str = ""

    @property
    def mark(self) -> str:
        """How it stands in a text."""
        return f"{{{{{self.name}}}}}"

    @property
    def missing(self) -> str:
        """What stands there while nobody has said it."""
        return f"[{self.label} ergänzen]"


PLACEHOLDERS = {
    one.name: one
    for one in (
        Placeholder("titel", "Titel", "Titel der Veranstaltung oder des Vorhabens", "Leerstand neu nutzen"),
        Placeholder("satz", "Satz", "ein Satz, worum es geht", "Drei Städte zeigen, was aus leeren Läden wurde."),
        Placeholder("datum", "Datum", "Tag mit Wochentag", "Donnerstag, 14. Januar 2027"),
        Placeholder("uhrzeit", "Uhrzeit", "von wann bis wann", "10:00 bis 11:30 Uhr"),
        Placeholder("ende", "Ende", "Uhrzeit des Endes", "11:30 Uhr"),
        Placeholder("ort", "Ort", "Ort oder „digital“", "Rathaus, Markt 1, Musterstadt"),
        Placeholder("veranstalter", "Veranstalter", "wer einlädt: Stadt oder Organisation", "Stadt Musterstadt"),
        Placeholder("ansprechperson", "Ansprechperson", "wer Fragen beantwortet", "Anna Beck"),
        Placeholder("kontakt", "Kontakt", "E-Mail oder Telefon für Fragen", "beck@musterstadt.example"),
        Placeholder("anmeldung", "Anmeldung", "Adresse der Anmeldung", "https://akademie.example/anmeldung"),
        Placeholder("frist", "Frist", "bis wann geantwortet werden soll", "4. Januar 2027"),
        Placeholder("seite", "Adresse", "Adresse der öffentlichen Seite", "https://akademie.example/seite"),
        Placeholder("aenderung", "Änderung", "was anders ist als angekündigt", "Wir beginnen um 11 Uhr."),
        Placeholder("grund", "Grund", "warum abgesagt wird", "Die Referentin ist erkrankt."),
        Placeholder(
            "auswertung", "Adresse der Auswertung", "Adresse der vier Fragen", "https://akademie.example/fragen"
        ),
        Placeholder("format", "Format", "Name des Formats; steht von selbst da"),
        Placeholder("zweck", "Zweck", "wozu das Format gut ist; steht von selbst da"),
        Placeholder("ergebnis", "Ergebnis", "was bleibt; steht von selbst da"),
        Placeholder("zielgruppen", "Zielgruppen", "für wen; steht von selbst da"),
        Placeholder("dauer", "Dauer", "wie lange es dauert; steht von selbst da"),
        Placeholder("ablauf", "Ablauf", "die Schritte mit Minuten; steht von selbst da"),
    )
}
EXAMPLES = {one.name: one.example for one in PLACEHOLDERS.values() if one.example}


@dataclass(frozen=True)
class Text:
    """A text ready to copy or to send; gaps that nobody has filled say so."""

    kind: str
    subject: str
    body: str

    @property
    def label(self) -> str:
        """What it is."""
        return str(TemplateKind(self.kind).label)


@cache
def _shipped() -> dict[str, Any]:
    return dict(json.loads(SOURCE.read_text(encoding="utf-8")))


def check(text: str) -> None:
    """Raise ValidationError for a placeholder that nobody knows, naming those that there are."""
    strange = [name for name in MARK.findall(text) if name not in PLACEHOLDERS]
    if strange:
        known = ", ".join(one.mark for one in PLACEHOLDERS.values())
        raise ValidationError(f"Den Platzhalter „{{{{{strange[0][:40]}}}}}“ gibt es nicht. Möglich sind: {known}.")


def text_of(profile: "FormatProfile", kind: str, values: Mapping[str, str], *, lineage: tuple[str, ...] = ()) -> Text:
    """Return a template of a format with these values, keys of PLACEHOLDERS; KeyError for another key.

    A format's own template goes before the shipped one. What the profile knows (`{{ablauf}}`, `{{zweck}}`) need not be
    given; an empty or missing value becomes "[Ort ergänzen]". `lineage` as `queries.lineage` gives it, so that a
    variant has the texts of its first format.
    """
    subject, text = templates_of(profile, lineage=lineage).get(kind) or _template(_shipped()["texts"][kind])
    return filled(kind, subject, text, values, facts_of(profile))


def all_texts(profile: "FormatProfile", values: Mapping[str, str], *, lineage: tuple[str, ...] = ()) -> list[Text]:
    """Return all templates of a format with these values; two queries."""
    facts = facts_of(profile)
    found = templates_of(profile, lineage=lineage)
    return [filled(kind, *found[kind], values, facts) for kind in TemplateKind.values if kind in found]


def templates_of(profile: "FormatProfile", *, lineage: tuple[str, ...] = ()) -> dict[str, tuple[str, str]]:
    """Return subject and text of the templates of a format by kind, with their placeholders; one query."""
    shipped = _of(lineage or (profile.slug,)) or _shipped()["texts"]
    own = {row.kind: (row.subject, row.text) for row in profile.templates.all()}
    return {kind: _template(one) for kind, one in shipped.items()} | own


def _template(shipped: Mapping[str, str]) -> tuple[str, str]:
    return shipped["subject"], shipped["text"]


def filled(kind: str, subject: str, text: str, values: Mapping[str, str], facts: Mapping[str, str]) -> Text:
    """Return a text with these values and what a format knows (`facts_of`); KeyError for what is no placeholder."""
    if strange := sorted(values.keys() - PLACEHOLDERS.keys()):
        raise KeyError(strange[0])
    known = {**facts, **{name: value for name, value in values.items() if value}}
    return Text(kind, " ".join(_filled(subject, known).split()), _filled(text, known))


def _of(lineage: tuple[str, ...]) -> dict[str, Any] | None:
    return next((texts for slug in lineage if (texts := _shipped()["texts_of"].get(slug))), None)


def _filled(text: str, values: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        known = PLACEHOLDERS.get(found[1])
        if known is None:  # written before the placeholder was given up
            return found[0]
        return values.get(known.name) or known.missing

    return MARK.sub(value, text)


def facts_of(profile: "FormatProfile") -> dict[str, str]:
    """Return the values that a profile knows by itself; what it does not say is left out."""
    duration = words.duration_in_words(profile.duration_min, profile.duration_max)
    found = {
        "format": profile.name,
        "zweck": profile.purpose,
        "ergebnis": profile.result,
        "zielgruppen": words.and_list(list(profile.target_groups)),
        "dauer": "" if duration == words.NOT_DOCUMENTED else duration,
        "ablauf": in_lines(profile.steps.all()),
    }
    return {name: value for name, value in found.items() if value}


def in_lines(steps: Iterable[Any]) -> str:
    """Return steps, anything with `title` and `minutes`, as a letter lists them: one a line."""
    return "\n".join(f"- {one.title} ({one.minutes} Minuten)" if one.minutes else f"- {one.title}" for one in steps)


# -- checklists and what is coming ------------------------------------------------------------------------------------
def usual_checklist(slug: str, modes: list[str]) -> list[dict[str, Any]]:
    """Return the tasks for a format of this name and these modes, in order of their days, as values of the model."""
    shipped = _shipped()
    items = [*shipped["checklist_of"].get(slug, shipped["checklist"]), *shipped["checklist_more"].get(slug, ())]
    possible = {"", *modes} | ({Mode.DIGITAL, Mode.ON_SITE} if Mode.HYBRID in modes or not modes else set())
    found = [item for item in items if item["only_in"] in possible]
    return sorted(found, key=lambda item: item["days"])


def coming(lineage: tuple[str, ...]) -> str:
    """Return what will be possible later for a format that nobody can start yet, as one or two sentences."""
    usual = (
        "Dieses Format lässt sich hier noch nicht starten. Mit Steckbrief, Checkliste und Vorlagen gelingt es trotzdem."
    )
    return next((told for slug in lineage if (told := _shipped()["coming"].get(slug))), usual)
