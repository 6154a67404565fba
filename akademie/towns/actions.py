"""What is done with towns: the register is loaded, the office decides who counts as a small town."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

from akademie.core import shipped
from akademie.core.contributions import public_kinds
from akademie.core.public import changed
from akademie.towns.models import FigureSource, Town
from akademie.towns.queries import STAMP
from akademie.towns.reading import read_municipalities, read_sources

SOURCE: Path = settings.REFERENCE_DIR / "municipalities.csv"
BATCH = 1000
OURS = ("small_town_decided", "left_register")  # what no file decides
FIELDS = [field.name for field in Town._meta.concrete_fields if field.name != "ags"]


def sources_beside(path: Path) -> Path:
    """Return the file that says where the register's figures come from and how many rows it has."""
    return path.with_name(f"{path.stem}-sources.json")


def source_version(path: Path = SOURCE) -> str:
    """Return the version of the register: the hash of its files."""
    return shipped.source_version(path, sources_beside(path))


def load_municipalities(say: Callable[[str], None], path: Path = SOURCE) -> None:
    """Load the register: new municipalities come, changed ones change, the rest stays. Repeatable, all or nothing.

    A municipality that has left the register is marked and stays: practices and people may point to it. What the office
    has decided about small towns stays too. Raises NotPossible with line and column when a file is broken.
    """
    expected, sources = read_sources(sources_beside(path))
    towns = read_municipalities(path, expected)
    with shipped.loading(STAMP):
        here = Town.objects.in_bulk()
        fresh = [town for town in towns if _takes_over(town, here.get(town.ags))]
        for start in range(0, len(fresh), BATCH):
            batch = fresh[start : start + BATCH]
            Town.objects.bulk_create(batch, update_conflicts=True, unique_fields=["ags"], update_fields=FIELDS)
            say(f"{start + len(batch)} von {len(fresh)} neuen oder geänderten Gemeinden …")
        gone = [ags for ags, town in here.items() if not town.left_register]
        gone = sorted(set(gone) - {town.ags for town in towns})
        for start in range(0, len(gone), BATCH):
            Town.objects.filter(pk__in=gone[start : start + BATCH]).update(left_register=True)
        FigureSource.objects.exclude(pk__in=[source.key for source in sources]).delete()
        names = [field.name for field in FigureSource._meta.concrete_fields if field.name != "key"]
        FigureSource.objects.bulk_create(sources, update_conflicts=True, unique_fields=["key"], update_fields=names)
        kind = public_kinds.get(STAMP)
        if kind and (fresh or gone):
            changed(kind, [*(town.pk for town in fresh), *gone])
    with connection.cursor() as cursor:  # or the planner knows nothing of the new rows
        cursor.execute("ANALYZE towns_town")


def _takes_over(town: Town, present: Town | None) -> bool:
    """Take over what the office has decided, and answer whether anything is new."""
    if present is None:
        return True
    if present.small_town_decided:
        town.small_town, town.small_town_decided = present.small_town, True
    return any(getattr(town, name) != getattr(present, name) for name in FIELDS)
