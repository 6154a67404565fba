"""Practice cases for machines and search engines."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from akademie.core.open_data import DataField, PublicData, Record, absolute, json_ld, moment
from akademie.editing.checked import checked_days
from akademie.practices import queries
from akademie.practices.models import CaseKind, PracticeCase, PracticeTown, Status
from akademie.topics.links import slugs_by_thing
from akademie.topics.naming import topics_named
from akademie.towns.models import Town

MOST_TOWNS = 30  # of one case, as in the back office

TOWN = (
    DataField("id", "Gemeindeschlüssel", always=True, written=True, column="town"),
    DataField("name", "Name", always=True),
    DataField("state", "Land", always=True),
    DataField("lat", "Breite", float, always=True),
    DataField("lon", "Länge", float, always=True),
)
CHANGE = (
    DataField("on", "Tag", format="date", always=True),
    DataField("text", "Was sich geändert hat", always=True),
)
FIELDS = (
    DataField("id", "Kürzel", always=True, written=True, column="slug"),
    DataField("url", "Adresse", always=True, format="uri"),
    DataField("title", "Titel", always=True, written=True),
    DataField("kind", "Wer", always=True, choices=dict(CaseKind.choices), written=True),
    DataField(
        "towns",
        "Städte",
        many=True,
        parts=TOWN,
        note="die erste spricht für einen Verbund",
        written=True,
        column="practice_towns",
    ),
    DataField("population_note", "Einwohner laut Quelle", written=True),
    DataField("topics", "Themen", many=True, note="Kürzel; zu jedem Unterthema auch das Thema", written=True),
    DataField("keywords", "Stichwörter", many=True, note="eigene Erschließung, nicht aus der Quelle", written=True),
    DataField("years", "Zeitraum", written=True),
    DataField("year_from", "Beginn", int),
    DataField("year_to", "Ende", int),
    DataField("ongoing", "dauert an", bool, always=True),
    DataField("status", "Stand", always=True, choices=dict(Status.choices), written=True),
    DataField("status_note", "Zusatz zum Stand", written=True),
    DataField("checked_on", "geprüft am", format="date"),
    DataField("summary", "Worum es geht", always=True, written=True),
    DataField("result", "Was daraus wurde", written=True),
    DataField("lesson", "Was andere daraus lernen", written=True),
    DataField("sources", "Quellen", many=True, written=True, column="source"),
    DataField("sourced", "belegt", bool, always=True, note="alle Angaben stehen so in den Quellen"),
    DataField("changed_at", "geändert", format="date-time"),
    DataField("changes", "Änderungen", many=True, parts=CHANGE, note="die neueste zuerst"),
)
_PLAIN = (
    "title", "kind", "population_note", "years", "year_from", "year_to", "status", "status_note", "result", "lesson",
)  # fmt: skip


def record_of(
    case: PracticeCase, places: Iterable[queries.Place], topics: Iterable[str], checked_on: date | None = None
) -> Record:
    """Return a case as a record; `topics` are slugs."""
    told: Record = {"id": case.slug, "url": absolute(case.get_absolute_url())}
    told |= {name: getattr(case, name) or None for name in _PLAIN}
    told |= {
        "towns": [
            {"id": place.ags, "name": place.name, "state": place.state, "lat": place.lat, "lon": place.lon}
            for place in places
        ],
        "topics": list(topics),
        "keywords": case.keyword_lines(),
        "ongoing": case.ongoing,
        "checked_on": checked_on.isoformat() if checked_on else None,
        "summary": case.summary,
        "sources": case.source_lines(),
        "sourced": case.sourced,
        "changed_at": moment(case.last_published_at),
        "changes": case.changes,
    }
    return {field.name: told[field.name] for field in FIELDS}


def records(cases: QuerySet[PracticeCase]) -> Iterator[tuple[int, Record]]:
    """Yield cases with four queries however many there are."""
    chosen = list(cases)
    pks = [case.pk for case in chosen]
    slugs, places = slugs_by_thing(PracticeCase, pks), queries.places_by_case(pks)
    checked = checked_days(queries.KIND, pks)
    for case in chosen:
        yield case.pk, record_of(case, places.get(case.pk, ()), slugs.get(case.pk, ()), checked.get(str(case.pk)))


def structured(record: Record) -> dict[str, Any]:
    """Return a record in the words of schema.org."""
    return {
        "@type": "Article",
        "@id": record["url"],
        "headline": record["title"][:110],
        "name": record["title"],
        "abstract": record["summary"],
        "inLanguage": "de",
        "contentLocation": [
            {
                "@type": "City",
                "name": town["name"],
                "identifier": town["id"],
                "url": absolute(f"/staedte/{town['id']}/"),
                "geo": {"@type": "GeoCoordinates", "latitude": town["lat"], "longitude": town["lon"]},
            }
            for town in record["towns"]
        ],
        "temporalCoverage": _period(record),
        "dateModified": record["changed_at"],
        "keywords": record["keywords"],
        "citation": record["sources"],
        "mainEntityOfPage": record["url"],
    }


def json_ld_of(case: PracticeCase, places: Iterable[queries.Place]) -> SafeString:
    """Return what search engines read about a case, whose places are at hand; its topics are not asked for."""
    return json_ld(structured(record_of(case, places, ())))


def _period(record: Record) -> str:
    """Return the years as ISO 8601 has them; two dots for an open end."""
    if not record["year_from"]:
        return ""
    if record["ongoing"] or not record["year_to"]:
        return f"{record['year_from']}/.."
    return f"{record['year_from']}/{record['year_to']}"


def link(case: PracticeCase, given: Record) -> None:
    """Give a case that a program hands in its towns and topics."""
    case.topics = topics_named(given["topics"])
    keys = list(dict.fromkeys(town["id"] for town in given["towns"]))
    if not 1 <= len(keys) <= MOST_TOWNS:
        raise ValidationError({"towns": f"Bitte nennen Sie mindestens eine Stadt, höchstens {MOST_TOWNS}."})
    found = Town.objects.in_bulk(keys)
    if missing := [key for key in keys if key not in found]:
        raise ValidationError({"towns": f"Den Gemeindeschlüssel „{missing[0][:20]}“ gibt es nicht."})
    case.practice_towns = [PracticeTown(town=found[key], sort_order=order) for order, key in enumerate(keys)]


DATA = PublicData(
    about="Was kleine Städte getan haben, was daraus wurde und was andere davon lernen, mit Ort, Stand und Quellen.",
    fields=FIELDS,
    records=records,
    lookup="slug",
    address="/praxis/{}/",
    rows=queries.cases,
    link=link,
    places=lambda record: [(town["lon"], town["lat"]) for town in record["towns"]],
    themes=("REGI", "GOVE"),
    keywords=("Kleinstadt", "Praxisbeispiele", "Stadtentwicklung"),
)
