"""What is done with the library: loading the records that the product ships."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings

from akademie.core.shipped import Shipped, loading, read_records, take_over
from akademie.library.kinds import Kind
from akademie.library.models import LibraryItem
from akademie.topics.models import Topic

SOURCE: Path = settings.REFERENCE_DIR / "library.json"
KINDS = {kind.label: kind for kind in Kind}
SAME = ("title", "publisher", "year", "series", "pages", "license", "abstract", "note", "sourced")
LISTS = ("persons", "source", "keywords")
IDENTIFIERS = ("isbn", "issn", "doi", "urn")
FIELDS = {*SAME, *LISTS, "id", "kind", "in", "identifiers", "topics", "subtopics"}
# "IzR 6/2018" in the records of essays is the issue with the series "Informationen zur Raumentwicklung 6/2018".
SHORT_NAMES = {"IzR": "Informationen zur Raumentwicklung"}


def load_library(say: Callable[[str], None], path: Path = SOURCE) -> None:
    """Load the records of the data. Repeatable; an item that somebody has changed since stays as it is.

    All or nothing: raises NotPossible with the record and the field when the data are broken.
    """
    records = read_records(path, FIELDS)
    with loading("bibliothek"):
        fill = partial(_fill, topics={topic.slug: topic for topic in Topic.objects.all()})
        loaded = take_over(LibraryItem, path, records, fill=fill, record_of=record_of)
        _link_parts(records)
    say(f"{loaded} von {len(records)} Einträgen der Bibliothek geladen, die übrigen sind unverändert.")


def _fill(item: LibraryItem, record: Shipped, topics: dict[str, Topic]) -> None:
    for field, value in values_of(record).items():
        setattr(item, field, value)
    item.topics = [topics[slug] for slug in (*record["topics"], *record["subtopics"])]


def values_of(record: Shipped) -> dict[str, Any]:
    """Return the model's values of a record; what the record does not know is empty."""
    values = {field: record[field] if record[field] is not None else "" for field in SAME if field != "year"}
    values |= {field: "\n".join(record[field]) for field in LISTS}
    values |= {name: record["identifiers"].get(name, "") for name in IDENTIFIERS}
    english = record["note"] == "englischsprachig"  # the only word on language that the records have
    return values | {
        "year": record["year"],
        "kind": KINDS[record["kind"]],
        "part_of": record["in"] or "",
        "language": LibraryItem.Language.ENGLISH if english else LibraryItem.Language.GERMAN,
    }


def record_of(item: LibraryItem) -> Shipped:
    """Return an item in the shape of the data; the way back of `values_of`."""
    return {
        "id": item.slug,
        **{field: value if (value := getattr(item, field)) != "" else None for field in SAME},
        "persons": item.person_lines(),
        "source": item.source_lines(),
        "keywords": item.keyword_lines(),
        "kind": item.kind_label,
        "in": item.part_of or None,
        "identifiers": {name: value for name in IDENTIFIERS if (value := getattr(item, name))},
        "topics": [topic.slug for topic in item.topics.all() if topic.parent_id is None],
        "subtopics": [topic.slug for topic in item.topics.all() if topic.parent_id],
    }


def _link_parts(records: list[Shipped]) -> None:
    """Link essays to the volume or issue they appeared in, where that is a record too and nobody has linked yet."""
    volumes = {record["title"]: record["id"] for record in records if record["kind"] == Kind.COLLECTION.label}
    issues = {record["series"]: record["id"] for record in records if record["kind"] == Kind.JOURNAL_ISSUE.label}
    for record in records:
        if not record["in"]:
            continue
        short, _, number = record["in"].partition(" ")
        full = re.sub(r"\s+", " ", f"{SHORT_NAMES.get(short, short)} {number}")
        if slug := volumes.get(record["in"]) or issues.get(full):
            host = LibraryItem.objects.filter(slug=slug).first()
            parts = LibraryItem.objects.filter(slug=record["id"], host=None, latest_revision=None)
            parts.update(host=host)
