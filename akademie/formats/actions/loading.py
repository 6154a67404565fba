"""Loading the 18 formats that the product ships."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from akademie.core.shipped import Shipped, loading, read_records, take_over
from akademie.formats import texts
from akademie.formats.models import ChecklistItem, FormatProfile, FormatStep
from akademie.formats.words import PILOTED, Maturity

SOURCE: Path = settings.REFERENCE_DIR / "formats.json"
AS_DATA = {maturity: value for value, maturity in PILOTED.items()}
# Fields whose name in the data is that of the model, and those that differ.
SAME = ("name", "kind", "purpose", "target_groups", "mode", "effort", "roles", "tools", "result", "tips",
        "sourced_fields", "proposed_fields")  # fmt: skip
FIELDS = {*SAME, "id", "duration_minutes", "group_size", "steps", "piloted", "in_inter3_list", "sourced", "source"}
MORE_OF_A_STEP = ("role", "script")  # left out of the data where they are empty, as are co-producers and checklist
RANGES = {"duration_minutes": ("duration_min", "duration_max"), "group_size": ("group_min", "group_max")}


def load_formats(say: Callable[[str], None], path: Path = SOURCE) -> None:
    """Load the formats of the data. Repeatable; a format that someone has changed or hidden since stays as it is.

    All or nothing: raises NotPossible with the record and the field when the data are broken.
    """
    records = read_records(path, FIELDS)
    with loading("formate"):
        found = [record | {"checklist": texts.usual_checklist(record["id"], record["mode"])} for record in records]
        loaded = take_over(FormatProfile, path, found, fill=_fill, record_of=record_of)
    say(f"{loaded} von {len(records)} Formaten geladen, die übrigen sind unverändert.")


def _fill(profile: FormatProfile, record: Shipped) -> None:
    for field, value in values_of(record).items():
        setattr(profile, field, value)
    profile.steps = [FormatStep(**step) for step in steps_of(record)]
    profile.checklist = [ChecklistItem(sort_order=order, **item) for order, item in enumerate(record["checklist"])]
    for row in (*profile.steps.all(), *profile.checklist.all()):
        row.full_clean(exclude=["profile"])


def values_of(record: Shipped) -> dict[str, Any]:
    """Return the model's values of a record."""
    values = {field: record[field] for field in SAME}
    for name, ends in RANGES.items():
        given = record[name] or {"min": None, "max": None}
        values |= dict(zip(ends, (given["min"], given["max"]), strict=True))
    return values | {
        "maturity": PILOTED[record["piloted"]["value"]],
        "piloted_where": record["piloted"]["where"] or "",
        "inter3_list": record["in_inter3_list"],
        "sources": record["source"],
        "co_producers": record.get("co_producers", []),
    }


def steps_of(record: Shipped) -> list[dict[str, Any]]:
    """Return the values of a record's steps in their order."""
    steps = sorted(record["steps"], key=lambda step: step["nr"])
    return [
        {"sort_order": order, "title": step["title"], "minutes": step["minutes"]}
        | {key: step.get(key, "") for key in MORE_OF_A_STEP}
        for order, step in enumerate(steps)
    ]


def record_of(profile: FormatProfile) -> Shipped:
    """Return a format in the shape of the data; the way back of `values_of`."""
    record = {"id": profile.slug} | {field: getattr(profile, field) for field in SAME}
    for name, (low, high) in RANGES.items():
        ends = {"min": getattr(profile, low), "max": getattr(profile, high)}
        record[name] = None if ends == {"min": None, "max": None} else ends
    steps = profile.steps.order_by("sort_order", "pk").values("title", "minutes", *MORE_OF_A_STEP)
    tasks = profile.checklist.order_by("sort_order", "pk").values("title", "days", "role", "only_in")
    more = {"co_producers": profile.co_producers, "checklist": list(tasks)}
    return (
        record
        | {
            "steps": [{"nr": nr} | _without_empty(step) for nr, step in enumerate(steps, 1)],
            "piloted": {"value": AS_DATA[Maturity(profile.maturity)], "where": profile.piloted_where or None},
            "in_inter3_list": profile.inter3_list,
            "sourced": profile.sourced,
            "source": profile.sources,
        }
        | {key: value for key, value in more.items() if value}
    )


def _without_empty(step: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in step.items() if value or key not in MORE_OF_A_STEP}
