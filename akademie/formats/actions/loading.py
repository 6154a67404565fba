"""Loading the 18 formats that the product ships."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from akademie.core.shipped import Shipped, loading, read_records, take_over
from akademie.formats.models import FormatProfile, FormatStep

SOURCE: Path = settings.REFERENCE_DIR / "formats.json"
# Fields whose name in the data is that of the model, and those that differ.
SAME = ("name", "kind", "purpose", "target_groups", "mode", "effort", "roles", "tools", "result", "tips",
        "sourced_fields", "proposed_fields")  # fmt: skip
FIELDS = {*SAME, "id", "duration_minutes", "group_size", "steps", "piloted", "in_inter3_list", "sourced", "source"}
RANGES = {"duration_minutes": ("duration_min", "duration_max"), "group_size": ("group_min", "group_max")}


def load_formats(say: Callable[[str], None], path: Path = SOURCE) -> None:
    """Load the formats of the data. Repeatable; a format that someone has changed or hidden since stays as it is.

    All or nothing: raises NotPossible with the record and the field when the data are broken.
    """
    records = read_records(path, FIELDS)
    with loading("formate"):
        loaded = take_over(FormatProfile, path, records, fill=_fill, record_of=record_of)
    say(f"{loaded} von {len(records)} Formaten geladen, die übrigen sind unverändert.")


def _fill(profile: FormatProfile, record: Shipped) -> None:
    for field, value in values_of(record).items():
        setattr(profile, field, value)
    profile.steps = [FormatStep(**step) for step in steps_of(record)]
    for step in profile.steps.all():
        step.full_clean(exclude=["profile"])


def values_of(record: Shipped) -> dict[str, Any]:
    """Return the model's values of a record."""
    values = {field: record[field] for field in SAME}
    for name, ends in RANGES.items():
        given = record[name] or {"min": None, "max": None}
        values |= dict(zip(ends, (given["min"], given["max"]), strict=True))
    return values | {
        "piloted": record["piloted"]["value"],
        "piloted_where": record["piloted"]["where"] or "",
        "inter3_list": record["in_inter3_list"],
        "sources": record["source"],
    }


def steps_of(record: Shipped) -> list[dict[str, Any]]:
    """Return the values of a record's steps in their order."""
    steps = sorted(record["steps"], key=lambda step: step["nr"])
    return [
        {"sort_order": order, "title": step["title"], "minutes": step["minutes"]} for order, step in enumerate(steps)
    ]


def record_of(profile: FormatProfile) -> Shipped:
    """Return a format in the shape of the data; the way back of `values_of`."""
    record = {"id": profile.slug} | {field: getattr(profile, field) for field in SAME}
    for name, (low, high) in RANGES.items():
        ends = {"min": getattr(profile, low), "max": getattr(profile, high)}
        record[name] = None if ends == {"min": None, "max": None} else ends
    steps = profile.steps.order_by("sort_order", "pk").values_list("title", "minutes")
    return record | {
        "steps": [{"nr": nr, "title": title, "minutes": minutes} for nr, (title, minutes) in enumerate(steps, 1)],
        "piloted": {"value": profile.piloted, "where": profile.piloted_where or None},
        "in_inter3_list": profile.inter3_list,
        "sourced": profile.sourced,
        "source": profile.sources,
    }
