"""What the counts of visits say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import dropwhile

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from akademie.core import charts
from akademie.core.charts import Chart
from akademie.core.contributions import navigation, public_kinds
from akademie.operation.models import PageCount, ReferrerCount, VisitDay

DAYS, MONTHS = 30, 12
MOST = 20  # rows of a list
MONTH_NAMES = ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez.")
LEAST = 5  # fewer readings of a page are not told in public: they may all be those of one person
Steps = list[tuple[date, int, int]]  # day or first of the month, views, visitors


@dataclass(frozen=True)
class Visits:
    """Everything on the page about visits."""

    views: int
    visitors: int
    charts: Sequence[Chart]
    areas: Sequence[tuple[str, int]]
    pages: Sequence[tuple[str, int]]
    referrers: Sequence[tuple[str, int]]


def visits(by_month: bool) -> Visits:
    """Return the visits of the last 30 days, or of the last 12 months, this one included."""
    today = timezone.localdate()
    steps = _by_month(today) if by_month else _by_day(today - timedelta(days=DAYS - 1))
    since = steps[0][0]
    views, visitors = sum(step[1] for step in steps), sum(step[2] for step in steps)
    pages, referrers = PageCount.objects.filter(day__gte=since), ReferrerCount.objects.filter(day__gte=since)
    return Visits(
        views=views,
        visitors=visitors,
        charts=_charts(steps, by_month),
        areas=[(area_title(name), count) for name, count in _most(pages, "area")],
        pages=_most(pages.exclude(path=""), "path"),
        referrers=[(host or "weitere Websites", count) for host, count in _most(referrers, "host")],
    )


def area_title(area: str) -> str:
    """Return what the navigation calls an area; its address otherwise."""
    if not area:
        return "Startseite"
    return next((link.title for link in navigation if link.url == f"/{area}/"), f"/{area}/")


def _charts(steps: Steps, by_month: bool) -> list[Chart]:
    # Thirty values do not fit above thirty columns.
    draw, label, first = (charts.columns, _month_name, "Monat") if by_month else (charts.line, _day_name, "Tag")
    series = {
        "Seitenaufrufe": [(label(day), views) for day, views, _ in steps],
        "Besuche": [(label(day), visitors) for day, _, visitors in steps],
    }
    return [
        draw(title, rows if any(count for _, count in rows) else [], first=first, second=title)
        for title, rows in series.items()
    ]


def _day_name(day: date) -> str:
    return f"{day.day}.{day.month}."


def _month_name(month: date) -> str:
    return f"{MONTH_NAMES[month.month - 1]} {month.year % 100}"


def _by_day(since: date) -> Steps:
    rows = {row.day: row for row in VisitDay.objects.filter(day__gte=since)}
    days = [since + timedelta(days=number) for number in range(DAYS)]
    none = VisitDay()
    return [(day, rows.get(day, none).views, rows.get(day, none).visitors) for day in days]


def _by_month(today: date) -> Steps:
    months = [_month(today, -back) for back in range(MONTHS - 1, -1, -1)]
    days = VisitDay.objects.filter(day__gte=months[0]).annotate(month=TruncMonth("day")).values("month").order_by()
    sums = days.values_list("month", Sum("views"), Sum("visitors"))
    rows = {month: (month, views, visitors) for month, views, visitors in sums}
    return [rows.get(month, (month, 0, 0)) for month in months]


def _month(day: date, steps: int) -> date:
    months = day.year * 12 + day.month - 1 + steps
    return date(months // 12, months % 12 + 1, 1)


def _most(counts: QuerySet, name: str) -> list[tuple[str, int]]:
    sums = counts.values(name).annotate(sum=Sum("views")).order_by("-sum", name)
    return [(row[name], row["sum"]) for row in sums[:MOST]]


# -- for everyone -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ReadPage:
    """A page that is read a lot."""

    title: str
    path: str
    views: int


@dataclass(frozen=True)
class Usage:
    """What everyone may know of the visits: months, and the pages of the last 30 days that may be named."""

    months: Steps  # without those before the first visit
    pages: Sequence[ReadPage]

    @property
    def charts(self) -> list[Chart]:
        """Views and visitors by month."""
        return _charts(self.months, by_month=True)


def usage() -> Usage:
    """Return the months of a year, this one included, and the most read pages."""
    today = timezone.localdate()
    months = list(dropwhile(lambda step: not step[1], _by_month(today)))
    counts = PageCount.objects.filter(day__gt=today - timedelta(days=DAYS)).exclude(path="")
    sums = counts.values_list("path").annotate(sum=Sum("views")).filter(sum__gte=LEAST).order_by("-sum", "path")
    found = list(sums[: 5 * MOST])  # some are no longer public
    titles = _titles({path for path, _views in found})
    pages = [ReadPage(titles[path], path, views) for path, views in found if path in titles]
    return Usage(months, pages[:MOST])


def _titles(paths: set[str]) -> dict[str, str]:
    """Return what pages are called. A page that is not public now has no title: not even its address is told."""
    titles = {link.url: link.title for link in navigation} | {kind.list_url: kind.title for kind in public_kinds}
    titles["/"] = "Startseite"
    for kind in public_kinds:
        rows = kind.visible_to(AnonymousUser())
        if kind.data:
            before, after = kind.data.address.split("{}")
            names = {path.removeprefix(before).removesuffix(after) for path in paths if path.startswith(before)}
            rows = rows.filter(**{f"{kind.data.lookup}__in": names})
        titles |= {entry.url: entry.title for _pk, entry in (kind.cards or kind.entries)(rows)}
    return titles
