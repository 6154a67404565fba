"""What is done with topics: loading the vocabulary that the product ships."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from akademie.core import stamps
from akademie.core.actions import NotPossible
from akademie.topics.models import Topic

SOURCE: Path = settings.REFERENCE_DIR / "topics.json"


def source_version(path: Path = SOURCE) -> str:
    """Return the version of the vocabulary: the hash of its file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_topics(say: Callable[[str], None], path: Path = SOURCE) -> None:
    """Create the topics and subtopics that are missing; what the office has changed stays. Repeatable."""
    try:
        records: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["records"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotPossible(f"{path.name} lässt sich nicht lesen: {error}") from error
    with transaction.atomic():
        stamps.bump("themen")  # the row that makes a second load wait until this one is done
        for position, record in enumerate(records, start=1):
            topic = _load(record, None, position * 10, record.get("source", []))
            for place, below in enumerate(record.get("subtopics", ()), start=1):
                _load(below, topic, place * 10, [])
    say(f"{len(records)} Themen mit Unterthemen geladen.")


def _load(record: dict[str, Any], parent: Topic | None, position: int, source: list[str]) -> Topic:
    try:
        values = {
            "name": record["name"],
            "description": record.get("description", ""),
            "synonyms": ", ".join(record.get("synonyms", ())),
            "position": position,
            "parent": parent,
            "source": source,
        }
        return Topic.objects.get_or_create(slug=record["id"], defaults=values)[0]
    except (KeyError, TypeError) as error:
        raise NotPossible(f"topics.json, „{record}“: Es fehlt {error}.") from error
