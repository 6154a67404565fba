"""The texts of an event: the format's templates with the event's own values, or what its host has made of them.

A text keeps its placeholders until it is shown or sent, so that a new date is right everywhere at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from akademie.events.models import Event
from akademie.formats import queries as formats
from akademie.formats import texts
from akademie.formats.models import FormatProfile
from akademie.formats.words import Mode, TemplateKind

ANSWER_BEFORE = timedelta(days=7)  # what {{frist}} says: so long before the event


@dataclass(frozen=True)
class Prepared:
    """A text as it stands: with placeholders to edit, filled in to read."""

    kind: TemplateKind
    subject: str
    text: str
    shown: texts.Text
    is_own: bool  # changed by the host


def values_of(event: Event) -> dict[str, str]:
    """Return what an event says for the placeholders; what it does not know is empty."""
    begins, ends = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    first, last = date_format(begins, "l, j. F Y"), date_format(ends, "l, j. F Y")
    page = settings.SITE_URL + event.get_absolute_url()
    survey = event.evaluation
    return {
        "titel": event.title,
        "satz": event.summary,
        "datum": first if first == last else f"{first}, bis {last}",
        "uhrzeit": f"{begins:%H:%M} bis {ends:%H:%M} Uhr",
        "ende": f"{ends:%H:%M} Uhr",
        "ort": where(event),
        "veranstalter": event.host,
        "ansprechperson": event.contact_name or event.host,
        "kontakt": event.contact_email or event.contact_phone,
        "anmeldung": page,
        "frist": date_format(begins - ANSWER_BEFORE, "j. F Y"),
        "seite": page,
        "grund": event.cancel_reason,
        "auswertung": settings.SITE_URL + survey.get_absolute_url() if survey else "",
    }


def example_of(profile: FormatProfile) -> dict[str, str] | None:
    """Return what the next public event of a format says, for the preview of its templates; None while there is none.

    The address of its evaluation is for those who were there.
    """
    event = Event.objects.public().upcoming().filter(format=profile, cancelled_at=None).order_by("starts_at").first()
    return values_of(event) | {"auswertung": ""} if event else None


def where(event: Event) -> str:
    """Return where people meet, as a letter says it: "online", "Rathaus, Perleberg und online"."""
    if event.mode == Mode.DIGITAL:
        return "online"
    town = event.town.name if event.town and event.town.name not in event.place else ""
    there = ", ".join(filter(None, (event.place, town)))
    return f"{there} und online" if event.mode == Mode.HYBRID else there


def all_of(event: Event) -> list[Prepared]:
    """Return all texts of an event in their order; a constant number of queries."""
    profile = _format_of(event)
    own = {row.kind: (row.subject, row.text) for row in event.texts.all()}
    usual = texts.templates_of(profile, lineage=formats.lineage(profile) if event.format else ())
    values, facts = values_of(event), _facts_of(event)
    found = []
    for kind in TemplateKind:
        subject, text = own.get(kind) or usual[kind]
        shown = texts.filled(kind, subject, text, values, facts)
        found.append(Prepared(kind, subject, text, shown, kind in own))
    return found


def one_of(event: Event, kind: TemplateKind) -> Prepared:
    """Return one text of an event."""
    return next(one for one in all_of(event) if one.kind == kind)


def _format_of(event: Event) -> FormatProfile:
    """Return the format; for an event without one a format that says nothing."""
    return event.format or FormatProfile(name=event.kind.name)


def _facts_of(event: Event) -> dict[str, str]:
    """Return what the format says, with the programme of the event in the place of its steps."""
    return texts.facts_of(_format_of(event)) | {"ablauf": texts.in_lines(event.agenda.order_by("position"))}


def placeholders(event: Event) -> Iterable[tuple[str, str, str]]:
    """Return each placeholder, what it means, and what stands there now."""
    values = values_of(event) | _facts_of(event)
    return [(one.mark, one.meaning, values.get(one.name, "")) for one in texts.PLACEHOLDERS.values()]
