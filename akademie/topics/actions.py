"""What is done with topics: loading the vocabulary that the product ships."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from akademie.core.shipped import Shipped, loading, naming, read_records
from akademie.topics.models import Topic
from akademie.topics.queries import STAMP

SOURCE: Path = settings.REFERENCE_DIR / "topics.json"
STEP = 10  # between two positions, so that the office can put one of its own in between


def load_topics(say: Callable[[str], None], path: Path = SOURCE) -> None:
    """Create or renew the topics and subtopics; one that somebody has changed since stays as it is. Repeatable.

    All or nothing: raises NotPossible with the topic and the field when the data are broken.
    """
    records = _read(path)
    with loading(STAMP):
        for position, record in enumerate(records, start=1):
            topic = _load(record, None, position * STEP, path)
            for place, below in enumerate(record["subtopics"], start=1):
                _load(below, topic, place * STEP, path)
    say(f"{len(records)} Themen mit Unterthemen geladen.")


def _read(path: Path) -> list[Shipped]:
    records = read_records(path, {"name", "subtopics"})
    for record in records:
        with naming(path, record["id"]):
            if broken := [one for one in (record, *record["subtopics"]) if not _is_readable(one)]:
                raise ValueError(f"„id“ und „name“ müssen Text sein, „synonyms“ Listen: {str(broken[0])[:60]}")
    return records


def _is_readable(record: Any) -> bool:
    return (
        isinstance(record, dict)
        and all(isinstance(record.get(key), str) for key in ("id", "name"))
        and all(isinstance(record.get(key, []), list) for key in ("synonyms", "source"))
        and all(isinstance(word, str) and "," not in word for word in record.get("synonyms", []))
    )


def _load(record: Shipped, parent: Topic | None, position: int, path: Path) -> Topic:
    topic = Topic.objects.filter(slug=record["id"]).first()
    if topic and topic.loaded_hash != fingerprint(topic):
        return topic
    new = topic or Topic(slug=record["id"])
    new.name, new.description = record["name"], record.get("description", "")
    new.synonyms, new.source = ", ".join(record.get("synonyms", [])), record.get("source", [])
    new.position, new.parent = position, parent
    with naming(path, record["id"]):
        new.full_clean()
    mark = fingerprint(new)
    if mark != new.loaded_hash:
        new.loaded_hash = mark
        new.save()
    return new


def fingerprint(topic: Topic) -> str:
    """Return a hash of everything that a person may have changed."""
    says = [topic.name, topic.description, topic.synonyms, topic.source, topic.position, topic.parent_id]
    return hashlib.sha256(json.dumps(says).encode()).hexdigest()
