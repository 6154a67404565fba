"""Formats for machines and search engines."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from akademie.core.open_data import DataField, PublicData, Record, absolute, json_ld, moment
from akademie.core.stamps import Kept
from akademie.formats import measured, queries
from akademie.formats.models import FormatProfile
from akademie.formats.words import FIELDS as WORDS
from akademie.formats.words import PILOTED, Effort, Kind, Maturity, Mode, Naming

STEP = (
    DataField("title", "Schritt", always=True),
    DataField("minutes", "Minuten", int, always=True, note="0: keine feste Zeit"),
)
# What programs have read from the start: whether it was tried. What is on trial has not been tried yet.
PILOTED_WORDS = {"ja": "erprobt", "nein": "noch nicht erprobt", "unbekannt": "nicht dokumentiert"}
_PILOTED_AS = {maturity: value for value, maturity in PILOTED.items()} | {Maturity.ON_TRIAL: "nein"}
FIELDS = (
    DataField("id", "Kürzel", always=True),
    DataField("url", "Adresse", always=True, format="uri"),
    DataField("name", "Name", always=True),
    DataField("kind", "Art", always=True, choices=dict(Kind.choices)),
    DataField("purpose", "Zweck", always=True),
    DataField("topics", "passende Themen", many=True, note="Kürzel; keines: passt zu jedem Thema"),
    DataField("target_groups", "Zielgruppen", many=True),
    DataField("mode", "Durchführung", many=True, choices=dict(Mode.choices)),
    DataField("duration_min", "Dauer von (Minuten)", int),
    DataField("duration_max", "Dauer bis (Minuten)", int),
    DataField("group_min", "Gruppe von (Personen)", int),
    DataField("group_max", "Gruppe bis (Personen)", int),
    DataField("effort", "Aufwand", choices=dict(Effort.choices)),
    DataField("roles", "Rollen", many=True),
    DataField("tools", "Technik und Material", many=True),
    DataField("steps", "Ablauf", many=True, parts=STEP),
    DataField("result", "Ergebnis"),
    DataField("tips", "Tipps"),
    DataField("piloted", "Erprobt", always=True, choices=PILOTED_WORDS, note="wie bisher; genauer sagt es „maturity“"),
    DataField("maturity", "Reife", always=True, choices=dict(Maturity.choices)),
    DataField("piloted_where", "Erprobt: wo und wann"),
    DataField("inter3_list", "Von inter 3 genannt", always=True, choices=dict(Naming.choices)),
    DataField("sourced_fields", "Belegte Felder", many=True, choices=WORDS),
    DataField("proposed_fields", "Vorgeschlagene Felder", many=True, choices=WORDS),
    DataField("sources", "Quellen", many=True),
    DataField(
        "measured_hours_median",
        "Gemessene Stunden (Median)",
        float,
        note="Arbeit aller, die durchgeführt haben; erst ab drei Durchführungen",
    ),
    DataField("measured_runs", "Durchführungen mit Zeiten", int),
    DataField("changed_at", "geändert", format="date-time"),
)
_PLAIN = ("name", "kind", "purpose", "result", "tips", "maturity", "piloted_where", "inter3_list", "effort")
_FIGURES = ("duration_min", "duration_max", "group_min", "group_max")
_LISTS = ("target_groups", "mode", "roles", "tools", "sourced_fields", "proposed_fields", "sources")


def records(profiles: QuerySet[FormatProfile]) -> Iterator[tuple[int, Record]]:
    """Yield formats with three queries however many there are."""
    figures = measured.everything()
    for profile in profiles.prefetch_related("steps", "topics"):
        found = figures.get(profile.pk)
        yield profile.pk, record_of(profile, found.hours if found else None)


def record_of(profile: FormatProfile, hours: measured.Figure | None = None) -> Record:
    """Return a format as a record, with the hours of its runs."""
    told: Record = {"id": profile.slug, "url": absolute(profile.get_absolute_url())}
    told |= {name: getattr(profile, name) or None for name in _PLAIN}
    told |= {name: getattr(profile, name) for name in _FIGURES}
    told |= {name: list(getattr(profile, name) or []) for name in _LISTS}
    told |= {
        "piloted": _PILOTED_AS[Maturity(profile.maturity)],
        "topics": [topic.slug for topic in profile.topics.all()],
        "steps": [{"title": step.title, "minutes": step.minutes} for step in profile.steps.all()],
        "measured_hours_median": round(hours.middle, 2) if hours and hours.has_median else None,
        "measured_runs": hours.count if hours else None,
        "changed_at": moment(profile.last_published_at),
    }
    return {field.name: told[field.name] for field in FIELDS}


def structured(record: Record) -> dict[str, Any]:
    """Return a record in the words of schema.org: instructions with their steps, and the time that is known."""
    longest = record["duration_max"] or record["duration_min"]
    return {
        "@type": "HowTo",
        "@id": record["url"],
        "name": record["name"],
        "description": record["purpose"],
        "inLanguage": "de",
        "audience": [{"@type": "Audience", "audienceType": group} for group in record["target_groups"]],
        "totalTime": f"PT{longest}M" if longest else None,
        "tool": [{"@type": "HowToTool", "name": tool} for tool in record["tools"]],
        "step": [
            {"@type": "HowToStep", "position": number, "name": step["title"]}
            for number, step in enumerate(record["steps"], start=1)
        ],
        "dateModified": record["changed_at"],
        "mainEntityOfPage": record["url"],
    }


_told: Kept[dict[str, SafeString]] = Kept(queries.STAMPS, dict)


def json_ld_of(slug: str) -> SafeString:
    """Return what search engines read about a published format; kept per process until a format changes."""
    kept = _told.get()
    if slug not in kept:
        found = queries.published(slug)
        kept[slug] = json_ld(structured(record_of(found))) if found else SafeString()
    return kept[slug]


DATA = PublicData(
    about="Formate zum Lernen, Austauschen und Beraten: Ablauf, Aufwand, Gruppe und Erfahrung, mit der Herkunft jedes "
    "Feldes.",
    fields=FIELDS,
    records=records,
    lookup="slug",
    address="/formate/{}/",
    rows=queries.profiles,
    themes=("EDUC", "REGI"),
    keywords=("Kleinstadt", "Formate", "Weiterbildung"),
)
