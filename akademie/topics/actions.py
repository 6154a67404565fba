"""What is done with topics: loading the vocabulary that the product ships."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from akademie.core import stamps
from akademie.core.actions import NotPossible
from akademie.topics.models import Topic
from akademie.topics.queries import STAMP

SOURCE: Path = settings.REFERENCE_DIR / "topics.json"
STEP = 10  # between two positions, so that the office can put one of its own in between


def source_version(path: Path = SOURCE) -> str:
    """Return the version of the vocabulary: the hash of its file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_topics(say: Callable[[str], None], path: Path = SOURCE) -> None:
    """Create or renew the topics and subtopics; one that somebody has changed since stays as it is. Repeatable.

    All or nothing: raises NotPossible with the topic and the field when the data are broken.
    """
    records = _read(path)
    with transaction.atomic():
        stamps.bump(STAMP)  # the row that makes a second load wait until this one is done
        for position, record in enumerate(records, start=1):
            topic = _load(record, None, position * STEP)
            for place, below in enumerate(record["subtopics"], start=1):
                _load(below, topic, place * STEP)
    say(f"{len(records)} Themen mit Unterthemen geladen.")


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        records = json.loads(path.read_text(encoding="utf-8"))["records"]
        broken = [one for record in records for one in (record, *record["subtopics"]) if not _is_readable(one)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotPossible(f"{path.name} lässt sich nicht lesen: {error}") from error
    if broken:
        raise NotPossible(f"{path.name}, „{str(broken[0])[:60]}“: „id“ und „name“ müssen Text sein, „synonyms“ Listen.")
    return list(records)


def _is_readable(record: Any) -> bool:
    return (
        isinstance(record, dict)
        and all(isinstance(record.get(key), str) for key in ("id", "name"))
        and all(isinstance(record.get(key, []), list) for key in ("synonyms", "source"))
        and all(isinstance(word, str) and "," not in word for word in record.get("synonyms", []))
    )


def _load(record: dict[str, Any], parent: Topic | None, position: int) -> Topic:
    topic = Topic.objects.filter(slug=record["id"]).first()
    if topic and topic.loaded_hash != fingerprint(topic):
        return topic
    new = topic or Topic(slug=record["id"])
    new.name, new.description = record["name"], record.get("description", "")
    new.synonyms, new.source = ", ".join(record.get("synonyms", [])), record.get("source", [])
    new.position, new.parent = position, parent
    try:
        new.full_clean()
    except ValidationError as error:
        problems = "; ".join(f"{field}: {' '.join(found)}" for field, found in error.message_dict.items())
        raise NotPossible(f"topics.json, „{record['id']}“: {problems}") from error
    mark = fingerprint(new)
    if mark != new.loaded_hash:
        new.loaded_hash = mark
        new.save()
    return new


def fingerprint(topic: Topic) -> str:
    """Return a hash of everything that a person may have changed."""
    says = [topic.name, topic.description, topic.synonyms, topic.source, topic.position, topic.parent_id]
    return hashlib.sha256(json.dumps(says).encode()).hexdigest()
