"""What is done with practice cases: loading those that the product ships."""

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
from akademie.practices.models import CaseKind, PracticeCase, PracticeTown, Status
from akademie.topics.models import Topic
from akademie.towns.models import Town

SOURCE: Path = settings.REFERENCE_DIR / "practices.json"
KINDS = {kind.label: kind for kind in CaseKind}
STATUSES = {status.label: status for status in Status}
SAME = ("title", "population_note", "years", "summary", "result", "lesson", "sourced")
FIELDS = {*SAME, "id", "town", "state", "topics", "subtopics", "keywords", "status", "kind", "source"}
# ISO 3166-2:DE; the records of networks name the states of their towns by code
STATES = {
    "BW": "Baden-Württemberg", "BY": "Bayern", "BE": "Berlin", "BB": "Brandenburg", "HB": "Bremen", "HH": "Hamburg",
    "HE": "Hessen", "MV": "Mecklenburg-Vorpommern", "NI": "Niedersachsen", "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz", "SL": "Saarland", "SN": "Sachsen", "ST": "Sachsen-Anhalt", "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}  # fmt: skip
# The register writes "Murnau a.Staffelsee" where people write "Murnau am Staffelsee".
SHORTENED = [
    (re.compile(r"\b(?:a\.\s?d\.|an der|am|a\.)\s*"), "a "),
    (re.compile(r"\b(?:i\.\s?d\.|in der|im|in|i\.)\s*"), "i "),
    (re.compile(r"\b(?:v\.\s?d\.|vor der|v\.)\s*"), "v "),
]
TownIndex = dict[tuple[str, str], list[Town]]


def source_version(path: Path = SOURCE) -> str:
    """Return the version of the cases: the hash of their file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_practices(say: Callable[[str], None], path: Path = SOURCE) -> None:
    """Load the cases of the data. Repeatable; a case that somebody has changed since stays as it is.

    All or nothing: raises NotPossible with the record and the field when the data are broken or a town is unknown.
    """
    records = _read(path)
    with transaction.atomic():
        stamps.bump("praxis")  # the row that makes a second load wait until this one is done
        topics = {topic.slug: topic for topic in Topic.objects.all()}
        towns = _towns()
        loaded = sum(_load(record, topics, towns) for record in records)
    say(f"{loaded} von {len(records)} Praxisbeispielen geladen, die übrigen sind unverändert.")


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


def folded(name: str) -> str:
    """Return a town's name without the differences between the register's spelling and that of the sources."""
    name = name.casefold()
    for pattern, short in SHORTENED:
        name = pattern.sub(short, name)
    return " ".join(name.split())


def _towns() -> TownIndex:
    index: TownIndex = {}
    for town in Town.objects.only("ags", "name", "state").order_by("ags"):
        index.setdefault((folded(town.name), town.state), []).append(town)
    return index


def towns_of(record: dict[str, Any], index: TownIndex) -> list[Town]:
    """Return the towns of a record, in its order. Raises NotPossible for a town that the register does not have."""
    names, states = record["town"].split(", "), record["state"].split(", ")
    if len(names) != len(states):
        raise NotPossible(f"practices.json, „{record['id']}“: {len(names)} Städte, aber {len(states)} Länder.")
    found = []
    for name, state in zip(names, states, strict=True):
        towns = index.get((folded(name), STATES.get(state, state)), [])
        if len(towns) != 1:
            problem = "gibt es im Gemeindeverzeichnis nicht" if not towns else "gibt es in diesem Land mehrmals"
            raise NotPossible(f"practices.json, „{record['id']}“: {name} ({state}) {problem}.")
        found.append(towns[0])
    return found


def _load(record: dict[str, Any], topics: dict[str, Topic], index: TownIndex) -> bool:
    """Create or renew one case; False when it was left as it is."""
    slug = record["id"]
    try:
        towns = towns_of(record, index)
        mark = fingerprint(record, towns)
        case = PracticeCase.objects.filter(slug=slug).first()
        if case is None:
            case = PracticeCase(slug=slug, first_published_at=timezone.now())
        elif case.loaded_hash == mark or case.latest_revision_id or own_fingerprint(case) != case.loaded_hash:
            return False
        for field, value in values_of(record).items():
            setattr(case, field, value)
        case.full_clean(exclude=["slug"])
        case.topics = [topics[topic] for topic in (*record["topics"], *record["subtopics"])]
    except KeyError as error:
        raise NotPossible(f"practices.json, „{slug}“: {error.args[0]!r} gibt es nicht.") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise NotPossible(f"practices.json, „{slug}“: {error}") from error
    except ValidationError as error:
        problems = "; ".join(f"{field}: {' '.join(found)}" for field, found in error.message_dict.items())
        raise NotPossible(f"practices.json, „{slug}“: {problems}") from error
    case.practice_towns = [PracticeTown(town=town, sort_order=order) for order, town in enumerate(towns)]
    case.loaded_hash, case.last_published_at = mark, timezone.now()
    case.save()
    return True


def values_of(record: dict[str, Any]) -> dict[str, Any]:
    """Return the model's values of a record; what the record does not know is empty."""
    status, _, note = record["status"].partition(", ")
    return {field: record[field] if record[field] is not None else "" for field in SAME} | {
        "source": "\n".join(record["source"]),
        "keywords": "\n".join(record["keywords"]),
        "kind": KINDS[record["kind"]],
        "status": STATUSES[status],
        "status_note": note,
    }


def record_of(case: PracticeCase) -> dict[str, Any]:
    """Return a case in the shape of the data, its towns by key; the way back of `values_of`."""
    return {
        "id": case.slug,
        **{field: value if (value := getattr(case, field)) != "" else None for field in SAME},
        "source": case.source_lines(),
        "keywords": case.keyword_lines(),
        "kind": case.get_kind_display(),
        "status": case.status_text,
        "topics": [topic.slug for topic in case.topics.all() if topic.parent_id is None],
        "subtopics": [topic.slug for topic in case.topics.all() if topic.parent_id],
        "towns": [town.ags for town in case.town_list()],
    }


def fingerprint(record: dict[str, Any], towns: list[Town]) -> str:
    """Return a hash of a record and its towns that does not depend on the order of keys and topics."""
    named = {key: value for key, value in record.items() if key not in ("town", "state")}
    return _hash(named | {"towns": [town.ags for town in towns]})


def own_fingerprint(case: PracticeCase) -> str:
    """Return the same hash of a case as it is now."""
    return _hash(record_of(case))


def _hash(record: dict[str, Any]) -> str:
    ordered = record | {key: sorted(record[key]) for key in ("topics", "subtopics")}
    return hashlib.sha256(json.dumps(ordered, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
