"""The calendar of all areas: one month of public dates, narrowed as an address says."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from html import escape
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from akademie.core.contributions import PublicDate, public_dates
from akademie.core.dates import MONTHS, period_in_words
from akademie.core.drawing import link_html
from akademie.core.facets import FacetView, Option, Page, Selection
from akademie.core.forms import clean_text
from akademie.topics import queries as topics

BACK, AHEAD = 24, 36  # months that the calendar shows before and after the present one
FEED_BACK, FEED_AHEAD = timedelta(days=365), timedelta(days=730)
MOST_VALUES = 50  # of one filter
Values = Callable[[PublicDate], tuple[str, ...]]
FILTERS: dict[str, tuple[str, Values]] = {
    "art": ("Art", lambda one: (one.kind,)),
    "thema": ("Thema", lambda one: one.topics),
    "land": ("Land", lambda one: one.states),
    "durchfuehrung": ("Durchführung", lambda one: (one.mode,)),
}


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year."""

    year: int
    month: int

    @property
    def key(self) -> str:
        """As addresses have it: 2027-01."""
        return f"{self.year}-{self.month:02}"

    @property
    def name(self) -> str:
        """As people say it: Januar 2027."""
        return f"{MONTHS[self.month - 1]} {self.year}"

    def plus(self, months: int) -> Month:
        """Return the month that many months later."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def weeks(self) -> list[list[date]]:
        """Return the whole weeks that touch it, from Monday to Sunday."""
        return Calendar().monthdatescalendar(self.year, self.month)


@dataclass(frozen=True)
class Shown:
    """A date in the calendar."""

    about: PublicDate

    @cached_property
    def first(self) -> date:
        """The day on which it begins."""
        return timezone.localdate(self.about.starts)

    @cached_property
    def last(self) -> date:
        """The day on which it ends; what ends at midnight ends the day before."""
        ends = self.about.ends or self.about.starts
        return max(self.first, timezone.localdate(ends - timedelta(microseconds=1)))

    @property
    def time(self) -> str:
        """The clock time of its beginning; empty for what takes no time."""
        return "" if self.about.all_day else f"{timezone.localtime(self.about.starts):%H:%M}"

    @property
    def when(self) -> str:
        """From when until when, in words."""
        if self.about.all_day:
            return f"{self.first.day}. {MONTHS[self.first.month - 1]} {self.first.year}"
        return period_in_words(self.about.starts, self.about.ends or self.about.starts)

    @property
    def html(self) -> SafeString:
        """Its row in the list below the month's table."""
        about = self.about
        title = f"{'Abgesagt: ' if about.is_cancelled else ''}{about.title}"
        note = escape(", ".join(filter(None, (about.kind_label, about.place))))
        link = link_html(about.url, title)
        return mark_safe(f'<li><b>{self.when}</b><br>{link} <span class="ak-note">{note}</span></li>')


@dataclass(frozen=True)
class Day:
    """A field of the month's table."""

    day: date
    is_inside: bool
    is_today: bool
    dates: list[Shown]

    @property
    def html(self) -> SafeString:
        """Its field, drawn in Python: as a template, the fields of a month cost a third of the page."""
        kind = ' class="ak-month__today" aria-current="date"' if self.is_today else ""
        kind = kind if self.is_inside else ' class="ak-month__outside"'
        today = '<span class="ak-hidden"> (heute)</span>' if self.is_today else ""
        rows = "".join([f"<li>{self._link(one)}</li>" for one in self.dates])
        dates = f"<ul>{rows}</ul>" if rows else ""
        return mark_safe(f'<td{kind}><span class="ak-month__day">{self.day.day}{today}</span>{dates}</td>')

    def _link(self, one: Shown) -> str:
        time = f"<span>{one.time}</span> " if one.first == self.day and one.time else ""
        cancelled = "Abgesagt: " if one.about.is_cancelled else ""
        return f'<a href="{escape(one.about.url)}">{time}{cancelled}{escape(one.about.title)}</a>'


@dataclass(frozen=True)
class MonthView:
    """A month as its page shows it."""

    month: Month
    weeks: list[list[Day]]
    dates: list[Shown]
    selection: Selection
    before: Month | None
    after: Month | None


def this_month() -> Month:
    """Return the present month."""
    today = timezone.localdate()
    return Month(today.year, today.month)


def bounds() -> tuple[Month, Month]:
    """Return the first and the last month that the calendar shows."""
    return this_month().plus(-BACK), this_month().plus(AHEAD)


def month_asked(text: str) -> Month | None:
    """Return the month that an address names; None for what is no month or lies outside the calendar."""
    year, dash, month = text.partition("-")
    if not (text.isascii() and year.isdigit() and month.isdigit() and (len(year), dash, len(month)) == (4, "-", 2)):
        return None
    found = Month(int(year), int(month))
    first, last = bounds()
    return found if 1 <= found.month <= 12 and first <= found <= last else None


def month_view(month: Month, parameters: QueryDict) -> MonthView:
    """Return a month with the dates that an address leaves."""
    weeks, today = month.weeks(), timezone.localdate()
    everything = _between(weeks[0][0], weeks[-1][-1])
    left = [Shown(one) for one in narrowed(everything, parameters)]
    inside = [one for one in left if one.first < _first_of(month.plus(1)) and one.last >= _first_of(month)]
    first, last = bounds()
    return MonthView(
        month=month,
        weeks=[
            [
                Day(day, day.month == month.month, day == today, [one for one in left if one.first <= day <= one.last])
                for day in week
            ]
            for week in weeks
        ],
        dates=inside,
        selection=_selection(everything, parameters, len(inside)),
        before=month.plus(-1) if month > first else None,
        after=month.plus(1) if month < last else None,
    )


def feed(parameters: QueryDict) -> list[PublicDate]:
    """Return the dates of a year back and two ahead that an address leaves."""
    today = timezone.localdate()
    return narrowed(_between(today - FEED_BACK, today + FEED_AHEAD), parameters)


def next_dates(most: int) -> list[Shown]:
    """Return the next dates of all areas."""
    found = [one for area in public_dates for one in area.coming(most)]
    return [Shown(one) for one in sorted(found, key=lambda one: (one.starts, one.uid))[:most]]


def _first_of(month: Month) -> date:
    return date(month.year, month.month, 1)


def _between(first: date, last: date) -> list[PublicDate]:
    found = [one for area in public_dates for one in area.dates(first, last)]
    return sorted(found, key=lambda one: (one.starts, one.uid))


# -- filters ----------------------------------------------------------------------------------------------------------
def chosen(parameters: QueryDict) -> dict[str, list[str]]:
    """Return what an address asks for: the values of each filter."""
    return {
        key: list(
            dict.fromkeys(value for text in parameters.getlist(key)[:MOST_VALUES] if (value := clean_text(text, 60)))
        )
        for key in FILTERS
    }


def query(parameters: QueryDict, **others: str) -> str:
    """Return the filters of an address and other parameters, ready for a link; what asks for nothing is left out."""
    pairs = [(key, value) for key, values in chosen(parameters).items() for value in values]
    pairs += [(key, value) for key, value in others.items() if value]
    return f"?{urlencode(pairs)}" if pairs else ""


def narrowed(dates: Iterable[PublicDate], parameters: QueryDict, but: str = "") -> list[PublicDate]:
    """Return the dates that fit the filters of an address, all `but` one: values of a filter add up, filters narrow."""
    wanted = {key: set(values) for key, values in chosen(parameters).items() if values and key != but}
    return [one for one in dates if all(values & set(FILTERS[key][1](one)) for key, values in wanted.items())]


def _selection(dates: list[PublicDate], parameters: QueryDict, count: int) -> Selection:
    asked = chosen(parameters)
    facets = []
    for key, (title, values) in FILTERS.items():
        left = narrowed(dates, parameters, but=key)
        counts: dict[str, int] = {}
        for one in left:
            for value in values(one):
                if value:
                    counts[value] = counts.get(value, 0) + 1
        labels = _labels(key, dates)
        known = [value for value in labels if value in counts or value in asked[key]]
        strange = [value for value in asked[key] if value not in labels]
        options = [
            Option(value, labels.get(value) or _name(key, value), counts.get(value, 0), value in asked[key])
            for value in (*known, *strange)
        ]
        facets.append(FacetView(key, title, options))
    return Selection(Page([], 1, count), facets, query=query(parameters).removeprefix("?"))


def _labels(key: str, dates: list[PublicDate]) -> dict[str, str]:
    """Return the choices of a filter in the order of display."""
    if key == "thema":
        return dict(topics.choices())
    pairs = {
        "art": lambda one: (one.kind, one.kind_label), "durchfuehrung": lambda one: (one.mode, one.mode_label),
        "land": lambda one: ((one.states or ("",))[0],) * 2,
    }  # fmt: skip
    found = sorted({pairs[key](one) for one in dates}, key=lambda pair: pair[1])
    return {value: label for value, label in found if value}


def _name(key: str, value: str) -> str:
    node = topics.topic(value) if key == "thema" else None
    return node.name if node else value
