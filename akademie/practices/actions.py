"""What is done with practice cases: loading those that the product ships."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings

from akademie.core.shipped import Shipped, loading, naming, read_records, take_over
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
TownIndex = dict[tuple[str, str], list[str]]  # folded name and state → keys


def load_practices(say: Callable[[str], None], path: Path = SOURCE) -> None:
    """Load the cases of the data. Repeatable; a case that somebody has changed since stays as it is.

    All or nothing: raises NotPossible with the record and the field when the data are broken or a town is unknown.
    """
    records = read_records(path, FIELDS)
    with loading("praxis"):
        fill = partial(_fill, topics={topic.slug: topic for topic in Topic.objects.all()})
        towns = _towns()
        found = [_with_towns(record, towns, path) for record in records]
        loaded = take_over(PracticeCase, path, found, fill=fill, record_of=record_of)
    say(f"{loaded} von {len(records)} Praxisbeispielen geladen, die übrigen sind unverändert.")


def _fill(case: PracticeCase, record: Shipped, topics: dict[str, Topic]) -> None:
    for field, value in values_of(record).items():
        setattr(case, field, value)
    case.topics = [topics[slug] for slug in (*record["topics"], *record["subtopics"])]
    rows = {row.town_id: row for row in case.practice_towns.all()}  # kept: jobs that wait may be about them
    wanted = [rows.get(ags) or PracticeTown(town_id=ags) for ags in record["towns"]]
    for order, row in enumerate(wanted):
        row.sort_order = order
    case.practice_towns = wanted


def folded(name: str) -> str:
    """Return a town's name without the differences between the register's spelling and that of the sources."""
    name = name.casefold()
    for pattern, short in SHORTENED:
        name = pattern.sub(short, name)
    return " ".join(name.split())


def _towns() -> TownIndex:
    index: TownIndex = {}
    for ags, name, state in Town.objects.order_by("ags").values_list("ags", "name", "state"):
        index.setdefault((folded(name), state), []).append(ags)
    return index


def _with_towns(record: Shipped, index: TownIndex, path: Path) -> Shipped:
    """Return a record with the keys of its towns instead of their names, in its order.

    Raises NotPossible for a town that the register does not have, or has twice in that state.
    """
    with naming(path, record["id"]):
        names, states = record["town"].split(", "), record["state"].split(", ")
        if len(names) != len(states):
            raise ValueError(f"{len(names)} Städte, aber {len(states)} Länder.")
        keys = []
        for name, state in zip(names, states, strict=True):
            towns = index.get((folded(name), STATES.get(state, state)), [])
            if len(towns) != 1:
                problem = "gibt es im Gemeindeverzeichnis nicht" if not towns else "gibt es in diesem Land mehrmals"
                raise ValueError(f"{name} ({state}) {problem}.")
            keys.append(towns[0])
    return {key: value for key, value in record.items() if key not in ("town", "state")} | {"towns": keys}


def values_of(record: Shipped) -> dict[str, Any]:
    """Return the model's values of a record; what the record does not know is empty."""
    status, _, note = record["status"].partition(", ")
    return {field: record[field] if record[field] is not None else "" for field in SAME} | {
        "source": "\n".join(record["source"]),
        "keywords": "\n".join(record["keywords"]),
        "kind": KINDS[record["kind"]],
        "status": STATUSES[status],
        "status_note": note,
    }


def record_of(case: PracticeCase) -> Shipped:
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
