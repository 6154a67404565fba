"""Events for machines and search engines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from akademie.core.open_data import DataField, PublicData, Record, absolute, json_ld, moment
from akademie.events import queries
from akademie.events.models import Event, EventState
from akademie.formats.words import Mode
from akademie.topics.links import slugs_by_thing

STATES = {EventState.PUBLISHED.value: "findet statt", EventState.CANCELLED.value: "abgesagt"}
TOWN = (
    DataField("id", "Gemeindeschlüssel", always=True),
    DataField("name", "Name", always=True),
    DataField("state", "Land", always=True),
)
FIELDS = (
    DataField("id", "Kürzel", always=True),
    DataField("url", "Adresse", always=True, format="uri"),
    DataField("title", "Titel", always=True),
    DataField("kind", "Art", always=True),
    DataField("format", "Format", note="Kürzel"),
    DataField("topics", "Themen", many=True, note="Kürzel; zu jedem Unterthema auch das Thema"),
    DataField("summary", "Worum es geht"),
    DataField("starts_at", "Beginn", always=True, format="date-time"),
    DataField("ends_at", "Ende", always=True, format="date-time"),
    DataField("mode", "Durchführung", always=True, choices=dict(Mode.choices)),
    DataField("place", "Ort"),
    DataField("town", "Stadt", many=True, parts=TOWN),
    DataField("host", "Veranstaltet von", always=True),
    DataField("capacity", "Plätze", int),
    DataField("status", "Stand", always=True, choices=STATES),
    DataField("calendar", "Kalenderdatei", always=True, format="uri"),
    DataField("published_at", "veröffentlicht", format="date-time"),
    DataField("changed_at", "geändert", format="date-time"),
)
ATTENDANCE = {
    Mode.DIGITAL: "OnlineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
    Mode.ON_SITE: "OfflineEventAttendanceMode",
}


def record_of(event: Event, topics: tuple[str, ...]) -> Record:
    """Return an event as a record; `topics` are slugs."""
    town, url = event.town, absolute(event.get_absolute_url())
    return {
        "id": event.slug,
        "url": url,
        "title": event.title,
        "kind": event.kind.name,
        "format": event.format.slug if event.format else None,
        "topics": list(topics),
        "summary": event.summary or None,
        "starts_at": moment(timezone.localtime(event.starts_at)),
        "ends_at": moment(timezone.localtime(event.ends_at)),
        "mode": event.mode,
        "place": event.place or None,
        "town": [{"id": town.pk, "name": town.name, "state": town.state}] if town else [],
        "host": event.host,
        "capacity": event.capacity,
        "status": event.state,
        "calendar": f"{url.rstrip('/')}.ics",
        "published_at": moment(event.published_at),
        "changed_at": moment(event.changed_at),
    }


def records(events: QuerySet[Event]) -> Iterator[tuple[int, Record]]:
    """Yield events with two queries however many there are."""
    chosen = list(events.select_related("kind", "town", "format"))
    slugs = slugs_by_thing(Event, [event.pk for event in chosen])
    return ((event.pk, record_of(event, slugs.get(event.pk, ()))) for event in chosen)


def structured(record: Record) -> dict[str, Any]:
    """Return a record in the words of schema.org."""
    mode, town = record["mode"], record["town"][0] if record["town"] else None
    place = {
        "@type": "Place",
        "name": record["place"] or (town["name"] if town else None),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": record["place"],
            "addressLocality": town["name"] if town else None,
            "addressRegion": town["state"] if town else None,
            "addressCountry": "DE",
        },
    }
    locations = [{"@type": "VirtualLocation", "url": record["url"]}] if mode != Mode.ON_SITE else []
    if mode != Mode.DIGITAL:
        locations.insert(0, place)
    is_cancelled = record["status"] == EventState.CANCELLED
    return {
        "@type": "Event",
        "@id": record["url"],
        "url": record["url"],
        "name": record["title"],
        "description": record["summary"],
        "inLanguage": "de",
        "startDate": record["starts_at"],
        "endDate": record["ends_at"],
        "eventStatus": f"https://schema.org/{'EventCancelled' if is_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[mode]}",
        "location": locations,
        "organizer": {"@type": "Organization", "name": record["host"]},
        "maximumAttendeeCapacity": record["capacity"],
    }


def json_ld_of(event: Event) -> SafeString:
    """Return what search engines read about an event; its topics are not asked for."""
    return json_ld(structured(record_of(event, ())))


DATA = PublicData(
    about="Tagungen, Werkstätten, Webinare und Sprechstunden der Akademie, kommende und vergangene, mit Zeit und Ort.",
    fields=FIELDS,
    records=records,
    lookup="slug",
    address="/veranstaltungen/{}/",
    rows=queries.events,
    themes=("REGI", "GOVE", "EDUC"),
    keywords=("Kleinstadt", "Veranstaltungen", "Termine"),
)
