"""What is done with formats: loading the 18 that the product ships."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from akademie.core.actions import NotPossible
from akademie.formats.models import FormatProfile, FormatStep

SOURCE: Path = settings.REFERENCE_DIR / "formats.json"
# Fields whose name in the data is that of the model, and those that differ.
SAME = ("name", "kind", "purpose", "target_groups", "mode", "effort", "roles", "tools", "result", "tips",
        "sourced_fields", "proposed_fields")  # fmt: skip
RANGES = {"duration_minutes": ("duration_min", "duration_max"), "group_size": ("group_min", "group_max")}


def source_version(path: Path = SOURCE) -> str:
    """Return the version of the data: the hash of their file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_formats(say: Callable[[str], None], path: Path = SOURCE) -> None:
    """Load the formats of the data. Repeatable; a format that someone has changed or hidden since stays as it is.

    Raises NotPossible with a sentence that names the record and the field when the data are broken; nothing of them is
    loaded then.
    """
    records = [_checked(number, record) for number, record in enumerate(read_records(path), start=1)]
    loaded = 0
    with transaction.atomic():
        for record in records:
            loaded += _load(record)
    kept = len(records) - loaded
    say(f"{loaded} Formate geladen" + (f", {kept} unverändert gelassen" if kept else "") + ".")


def read_records(path: Path) -> list[dict[str, Any]]:
    """Return the records of a data file; NotPossible when it holds none."""
    try:
        records = json.loads(path.read_text(encoding="utf-8"))["records"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotPossible(f"{path.name} lässt sich nicht lesen: {error}") from error
    if not isinstance(records, list):
        raise NotPossible(f"{path.name}: „records“ ist keine Liste.")
    return records


def _checked(number: int, record: Any) -> dict[str, Any]:
    """Return the record if it makes a whole format, checked as a form would check it."""
    if not isinstance(record, dict) or not isinstance(record.get("id"), str):
        raise NotPossible(f"formats.json, Datensatz {number}: Es fehlt „id“.")
    name = f"formats.json, Format „{record['id'][:60]}“"
    try:
        profile, steps = FormatProfile(**values_of(record)), steps_of(record)
        profile.full_clean(validate_unique=False, validate_constraints=False)
        for step in steps:
            FormatStep(**step).full_clean(exclude=["profile"])
    except KeyError as error:
        raise NotPossible(f"{name}: Es fehlt „{error.args[0]}“.") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise NotPossible(f"{name}: {error}") from error
    except ValidationError as error:
        raise NotPossible(f"{name}: {'; '.join(error.messages)}") from error
    return record


def values_of(record: dict[str, Any]) -> dict[str, Any]:
    """Return the model's values of a record."""
    values = {"slug": record["id"]} | {field: record[field] for field in SAME}
    for name, ends in RANGES.items():
        given = record[name] or {"min": None, "max": None}
        values |= dict(zip(ends, (given["min"], given["max"]), strict=True))
    return values | {
        "piloted": record["piloted"]["value"],
        "piloted_where": record["piloted"]["where"] or "",
        "inter3_list": record["in_inter3_list"],
        "sources": record["source"],
    }


def steps_of(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the values of a record's steps in their order."""
    steps = sorted(record["steps"], key=lambda step: step["nr"])
    return [
        {"sort_order": order, "title": step["title"], "minutes": step["minutes"]} for order, step in enumerate(steps)
    ]


def record_of(profile: FormatProfile) -> dict[str, Any]:
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


def fingerprint(record: dict[str, Any]) -> str:
    """Return a hash of a record that does not depend on the order of its keys."""
    return hashlib.sha256(json.dumps(record, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _load(record: dict[str, Any]) -> bool:
    """Create or renew one format; False when it was left as it is."""
    profile = FormatProfile.objects.select_for_update(of=("self",)).filter(slug=record["id"]).first()
    mark = fingerprint(record)
    now = timezone.now()
    if profile is None:
        values = values_of(record) | {"loaded_hash": mark, "first_published_at": now, "last_published_at": now}
        profile, fresh = FormatProfile.objects.get_or_create(slug=record["id"], defaults=values)
        if not fresh:  # two loads at once: the other one was first
            return False
    else:
        in_hand = profile.latest_revision_id or fingerprint(record_of(profile)) != profile.loaded_hash
        if in_hand or profile.loaded_hash == mark:
            return False
        for field, value in (values_of(record) | {"loaded_hash": mark, "last_published_at": now}).items():
            setattr(profile, field, value)
        FormatStep.objects.filter(profile=profile).delete()
    profile.steps = [FormatStep(**step) for step in steps_of(record)]
    profile.save()
    return True
