"""How counts of visits come into the database, shrink, and go."""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django_tasks import task

from akademie.operation.models import DailySalt, PageCount, ReferrerCount, VisitDay, VisitorMark

KEPT_MONTHS = 25  # two years to compare, and the month that runs
MOST_PAGES = 2000  # pages with a count of their own on the day that runs; further ones are added up by area
KEPT_PAGES = 200  # pages, and sites, with a count of their own on a day that is over
MOST_REFERRERS = 500
MOST_VISITORS = 100_000  # marks a day; whoever makes up more visitors than that is not counted
Page = tuple[str, str]  # area and path


def add_visits(day: date, pages: Mapping[Page, int], referrers: Mapping[str, int], visitors: Iterable[str]) -> None:
    """Add what a process has counted; several at once come out right, because each locks the day's row first.

    `visitors` are network address and browser as text; they are hashed here and nothing of them is kept.
    """
    with transaction.atomic():
        VisitDay.objects.bulk_create([VisitDay(day=day)], ignore_conflicts=True)
        row = VisitDay.objects.select_for_update().get(pk=day)
        _add(PageCount, day, ("area", "path"), pages, MOST_PAGES)
        _add(ReferrerCount, day, ("host",), {(host,): count for host, count in referrers.items()}, MOST_REFERRERS)
        row.views += sum(pages.values())
        if day == timezone.localdate():  # of a day that is over, the salt is gone
            row.visitors = _count_visitors(day, visitors, row.visitors)
        row.save()


def _count_visitors(day: date, visitors: Iterable[str], known: int) -> int:
    if known >= MOST_VISITORS:
        return known
    forget_visitors()
    salt, _is_new = DailySalt.objects.get_or_create(day=day, defaults={"salt": secrets.token_bytes(32)})
    marks = [VisitorMark(mark=_mark(bytes(salt.salt), visitor), day=day) for visitor in visitors]
    VisitorMark.objects.bulk_create(marks, ignore_conflicts=True, batch_size=400)
    return VisitorMark.objects.filter(day=day).count()


def _mark(salt: bytes, visitor: str) -> int:
    return int.from_bytes(blake2b(visitor.encode("utf-8", "replace"), digest_size=8, key=salt).digest(), signed=True)


def _add(model: type[Model], day: date, names: tuple[str, ...], counts: Mapping[tuple, int], most: int) -> None:
    """Add counts to the rows of a day, whose lock is held; what has no room left is added to the rest."""
    rows = model._default_manager.filter(day=day)
    last = names[-1]
    known = {tuple(getattr(row, name) for name in names): row for row in rows.filter(**{f"{last}__in": _lasts(counts)})}
    room = most - rows.count()
    new: Counter[tuple] = Counter()
    for key, count in counts.items():
        if key in known:
            known[key].views += count  # type: ignore[attr-defined]
        elif key in new or room > len(new):
            new[key] += count
        elif (rest := (*key[:-1], "")) in known:
            known[rest].views += count  # type: ignore[attr-defined]
        else:
            new[rest] += count
    model._default_manager.bulk_update(known.values(), ["views"], batch_size=100)
    model._default_manager.bulk_create(
        [model(day=day, views=count, **dict(zip(names, key, strict=True))) for key, count in new.items()]
    )


def _lasts(counts: Mapping[tuple, int]) -> list[str]:
    return ["", *{key[-1] for key in counts}]


# -- time -------------------------------------------------------------------------------------------------------------
def old_marks() -> QuerySet[VisitorMark]:
    """Return what tells the visitors of past days apart."""
    return VisitorMark.objects.filter(day__lt=timezone.localdate())


def forget_visitors() -> None:
    """Delete it, with the salts; the number of visitors stays."""
    DailySalt.objects.filter(day__lt=timezone.localdate()).delete()
    old_marks().delete()


def fold(day: date) -> None:
    """Leave the most read pages and sites of a day that is over, and add up the others. Repeatable."""
    with transaction.atomic():
        VisitDay.objects.select_for_update().filter(pk=day).first()
        _fold(PageCount, day, ("area",), {"path": ""})
        _fold(ReferrerCount, day, (), {"host": ""})


def _fold(model: type[Model], day: date, groups: tuple[str, ...], rest: dict[str, Any]) -> None:
    rows = model._default_manager.filter(day=day)
    own = rows.exclude(**rest)
    few = list(own.order_by("-views", "pk").values_list("pk", flat=True)[:KEPT_PAGES])
    surplus = own.exclude(pk__in=few)
    sums: dict[tuple, int] = {}
    for row in surplus.values(*groups, "views"):
        key = tuple(row[name] for name in groups)
        sums[key] = sums.get(key, 0) + row["views"]
    surplus.delete()
    for key, count in sums.items():
        found, _is_new = model._default_manager.get_or_create(day=day, **dict(zip(groups, key, strict=True)), **rest)
        found.views += count  # type: ignore[attr-defined]
        found.save()


def first_kept_day(today: date) -> date:
    """Return the first day whose counts are kept: the first of the month, 25 months ago."""
    months = today.year * 12 + today.month - 1 - KEPT_MONTHS
    return date(months // 12, months % 12 + 1, 1)


@task()
def tidy_visits() -> None:
    """After midnight: forget the visitors of the day before, add up the small counts."""
    today = timezone.localdate()
    forget_visitors()
    for day in (today - timedelta(days=1), today - timedelta(days=2)):  # twice, should the worker have been away
        fold(day)


def old_days() -> QuerySet[VisitDay]:
    """Return the days whose counts are kept no longer."""
    return VisitDay.objects.filter(day__lt=first_kept_day(timezone.localdate()))


def forget_days(days: QuerySet[VisitDay]) -> None:
    """Delete days with all their counts."""
    keys = list(days.values_list("day", flat=True))
    for model in (PageCount, ReferrerCount, VisitDay):
        model._default_manager.filter(day__in=keys).delete()
