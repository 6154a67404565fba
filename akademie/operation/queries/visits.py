"""What the counts of visits say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from akademie.core import charts
from akademie.core.charts import Chart
from akademie.core.contributions import navigation
from akademie.operation.models import PageCount, ReferrerCount, VisitDay

DAYS, MONTHS = 30, 12
MOST = 20  # rows of a list
MONTH_NAMES = ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez.")
Steps = list[tuple[str, int, int]]  # label, views, visitors


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
    if by_month:
        months = [_month(today, -back) for back in range(MONTHS - 1, -1, -1)]
        since, steps, first = months[0], _by_month(months), "Monat"
    else:
        since = today - timedelta(days=DAYS - 1)
        steps, first = _by_day(since), "Tag"
    views, visitors = sum(step[1] for step in steps), sum(step[2] for step in steps)
    pages, referrers = PageCount.objects.filter(day__gte=since), ReferrerCount.objects.filter(day__gte=since)
    return Visits(
        views=views,
        visitors=visitors,
        charts=[
            _chart("Seitenaufrufe", [(label, count) for label, count, _ in steps], first),
            _chart("Besuche", [(label, count) for label, _, count in steps], first),
        ],
        areas=[(area_title(name), count) for name, count in _most(pages, "area")],
        pages=_most(pages.exclude(path=""), "path"),
        referrers=[(host or "weitere Websites", count) for host, count in _most(referrers, "host")],
    )


def area_title(area: str) -> str:
    """Return what the navigation calls an area; its address otherwise."""
    if not area:
        return "Startseite"
    return next((link.title for link in navigation if link.url == f"/{area}/"), f"/{area}/")


def _chart(title: str, rows: list[tuple[str, int]], first: str) -> Chart:
    shown = rows if any(count for _, count in rows) else []
    draw = charts.line if first == "Tag" else charts.columns  # thirty values do not fit above thirty columns
    return draw(title, shown, first=first, second=title)


def _by_day(since: date) -> Steps:
    rows = {row.day: row for row in VisitDay.objects.filter(day__gte=since)}
    days = [since + timedelta(days=number) for number in range(DAYS)]
    none = VisitDay()
    return [(f"{day.day}.{day.month}.", rows.get(day, none).views, rows.get(day, none).visitors) for day in days]


def _by_month(months: list[date]) -> Steps:
    sums = VisitDay.objects.filter(day__gte=months[0]).annotate(month=TruncMonth("day")).values("month")
    rows = {row["month"]: row for row in sums.annotate(views_sum=Sum("views"), visitors_sum=Sum("visitors")).order_by()}
    none = {"views_sum": 0, "visitors_sum": 0}
    return [
        (
            f"{MONTH_NAMES[month.month - 1]} {month.year % 100}",
            rows.get(month, none)["views_sum"],
            rows.get(month, none)["visitors_sum"],
        )
        for month in months
    ]


def _month(day: date, steps: int) -> date:
    months = day.year * 12 + day.month - 1 + steps
    return date(months // 12, months % 12 + 1, 1)


def _most(counts: QuerySet, name: str) -> list[tuple[str, int]]:
    sums = counts.values(name).annotate(sum=Sum("views")).order_by("-sum", name)
    return [(row[name], row["sum"]) for row in sums[:MOST]]
