"""What is done with the library: loading the records that the product ships."""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from akademie.core import stamps
from akademie.core.actions import NotPossible
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


def source_version(path: Path = SOURCE) -> str:
    """Return the version of the records: the hash of their file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_library(say: Callable[[str], None], path: Path = SOURCE) -> None:
    """Load the records of the data. Repeatable; an item that somebody has changed since stays as it is.

    All or nothing: raises NotPossible with the record and the field when the data are broken.
    """
    records = _read(path)
    with transaction.atomic():
        stamps.bump("bibliothek")  # the row that makes a second load wait until this one is done
        topics = {topic.slug: topic for topic in Topic.objects.all()}
        loaded = sum(_load(record, topics) for record in records)
        _link_parts(records)
    say(f"{loaded} von {len(records)} Einträgen der Bibliothek geladen, die übrigen sind unverändert.")


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        records = json.loads(path.read_text(encoding="utf-8"))["records"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotPossible(f"{path.name} lässt sich nicht lesen: {error}") from error
    if not isinstance(records, list):
        raise NotPossible(f"{path.name}: „records“ ist keine Liste.")
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict) or not isinstance(record.get("id"), str):
            raise NotPossible(f"{path.name}, Datensatz {number}: Es fehlt „id“.")
        if missing := sorted(FIELDS - record.keys()):
            raise NotPossible(f"{path.name}, „{record['id'][:60]}“: Es fehlt „{missing[0]}“.")
    return records


def _load(record: dict[str, Any], topics: dict[str, Topic]) -> bool:
    """Create or renew one item; False when it was left as it is."""
    mark = fingerprint(record)
    item = LibraryItem.objects.filter(slug=record["id"]).first()
    if item is None:
        item = LibraryItem(slug=record["id"], first_published_at=timezone.now())
    elif item.loaded_hash == mark or item.latest_revision_id or fingerprint(record_of(item)) != item.loaded_hash:
        return False
    try:
        for field, value in values_of(record).items():
            setattr(item, field, value)
        item.full_clean(exclude=["host", "slug"])
        item.topics = [topics[slug] for slug in (*record["topics"], *record["subtopics"])]
    except KeyError as error:
        raise NotPossible(f"library.json, „{item.slug}“: {error.args[0]!r} gibt es nicht.") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise NotPossible(f"library.json, „{item.slug}“: {error}") from error
    except ValidationError as error:
        problems = "; ".join(f"{field}: {' '.join(found)}" for field, found in error.message_dict.items())
        raise NotPossible(f"library.json, „{item.slug}“: {problems}") from error
    item.loaded_hash, item.last_published_at = mark, timezone.now()
    item.save()
    return True


def values_of(record: dict[str, Any]) -> dict[str, Any]:
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


def record_of(item: LibraryItem) -> dict[str, Any]:
    """Return an item in the shape of the data; the way back of `values_of`."""
    return {
        "id": item.slug,
        **{field: value if (value := getattr(item, field)) != "" else None for field in SAME},
        "persons": item.person_lines(),
        "source": item.source_lines(),
        "keywords": item.keyword_lines(),
        "kind": item.get_kind_display(),
        "in": item.part_of or None,
        "identifiers": {name: value for name in IDENTIFIERS if (value := getattr(item, name))},
        "topics": [topic.slug for topic in item.topics.all() if topic.parent_id is None],
        "subtopics": [topic.slug for topic in item.topics.all() if topic.parent_id],
    }


def fingerprint(record: dict[str, Any]) -> str:
    """Return a hash of a record that does not depend on the order of its keys and topics."""
    ordered = record | {key: sorted(record[key]) for key in ("topics", "subtopics")}
    return hashlib.sha256(json.dumps(ordered, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _link_parts(records: list[dict[str, Any]]) -> None:
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
