"""Charts as SVG drawn on the server, each with an equal table. ADR 0006 says why pygal and what is taken from it.

pygal finds the scale and places the marks; what it would add for a page of its own (styles, scripts, tooltips) stays
behind. Our tags carry classes only, so the palette, the dark theme and print come from the style sheet.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import pygal
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

# pygal adds a finder for its map plugins that speaks a protocol Python has given up: every later import of something
# missing would end in an error about the finder instead of the module. We use no plugins.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "PluginImportFixer"]

WIDTH = 360  # units; texts of 14 units stay readable on a phone and do not shout on a desk
ROW = 48  # height of a line of a bar chart: label and value above, bar below
BAR = 16
PLOT_HEIGHT = 150
LABELS_BELOW = 7  # more columns than that name only some of theirs; the table names all


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart as the component `chart` shows it. `rows` are label and value as text; none, no drawing."""

    title: str
    svg: SafeString
    rows: list[tuple[str, str]] = field(default_factory=list)
    first: str = ""  # heading of the labels' column
    second: str = ""  # heading of the values' column
    source: str = ""
    as_of: date | str = ""


def bars(title: str, rows: Sequence[tuple[str, float]], **options: Any) -> Chart:
    """Return horizontal bars: for comparing named things. Options as `columns`."""
    return _chart(_bars_svg, title, rows, **options)


def columns(title: str, rows: Sequence[tuple[str, float]], **options: Any) -> Chart:
    """Return columns: for few steps in an order, such as classes or years.

    `unit` follows each value ("%"), `digits` are decimals, `own` names the row that the page is about, `first` and
    `second` head the table, `source` and `as_of` stand under the chart.
    """
    return _chart(_columns_svg, title, rows, **options)


def line(title: str, rows: Sequence[tuple[str, float]], **options: Any) -> Chart:
    """Return a line: for a series over time. Options as `columns`."""
    return _chart(_line_svg, title, rows, **options)


def strip(
    title: str,
    values: Sequence[float],
    rows: list[tuple[str, str]],
    *,
    middle: float,
    box: tuple[float, float] | None = None,
    unit: str = "",
    source: str = "",
) -> Chart:
    """Return every value as a point on a line from zero on, with a mark at the middle and a box around the inner half.

    For few values whose spread counts. `rows` are the table that says the same.
    """
    svg = _strip_svg(tuple(values), middle, box, unit) if values else SafeString()
    return Chart(title=title, svg=svg, rows=rows, source=source)


def _chart(
    draw: Any,
    title: str,
    rows: Sequence[tuple[str, float]],
    *,
    unit: str = "",
    digits: int = 0,
    own: str = "",
    first: str = "",
    second: str = "",
    source: str = "",
    as_of: date | str = "",
) -> Chart:
    texts = [(label, in_words(value, unit, digits)) for label, value in rows]
    values = tuple((label, float(value), text) for (label, value), (_, text) in zip(rows, texts, strict=True))
    return Chart(
        title=title,
        svg=draw(values, own) if values else SafeString(),
        rows=texts,
        first=first,
        second=second,
        source=source,
        as_of=as_of,
    )


def in_words(value: float, unit: str = "", digits: int = 0) -> str:
    """Return a number as German readers write it, with its unit: 12.300, -3,5 %."""
    # number_format cuts digits off, it does not round.
    text = number_format(round(value, digits), digits, use_l10n=True, force_grouping=True).replace("-", "−")
    return f"{text}\N{NO-BREAK SPACE}{unit}" if unit else text


def about(value: float, unit: str = "") -> str:
    """Return a measured number in words, with one decimal where it is no whole one: 5,5 Stunden."""
    return in_words(value, unit, digits=0 if round(value, 1) == round(value) else 1)


Rows = tuple[tuple[str, float, str], ...]


class _Bare:
    """What pygal adds for a page of its own is not even built: a quarter of the time."""

    def _draw(self) -> None:
        super()._draw()  # type: ignore[misc]
        self.svg.add_styles = self.svg.add_scripts = lambda: None  # type: ignore[attr-defined]


class _HorizontalBars(_Bare, pygal.HorizontalBar):
    pass


class _Columns(_Bare, pygal.Bar):
    pass


class _Line(_Bare, pygal.Line):
    pass


def _places(kind: Any, rows: Rows, **options: Any) -> Element:
    """Let pygal place the marks and return its tree."""
    chart = kind(
        no_prefix=True, js=[], css=[], show_legend=False, show_x_labels=False, show_y_labels=False, margin=0, **options
    )
    chart.add("", [value for _, value, _ in rows])
    return chart.render_tree()


def _boxes(tree: Element) -> list[tuple[float, ...]]:
    """Return x, y, width and height of the bars, in the order of the rows."""
    marks = (mark for mark in tree.iter("rect") if (mark.get("class") or "").startswith("rect"))
    return [tuple(float(mark.get(name, 0)) for name in ("x", "y", "width", "height")) for mark in marks]


@lru_cache(maxsize=512)
def _bars_svg(rows: Rows, own: str) -> SafeString:
    boxes = _boxes(_places(_HorizontalBars, rows, width=WIDTH, height=ROW * len(rows)))
    left = min(x for x, *_ in boxes)
    stretch = WIDTH / (max(x + width - left for x, _, width, _ in boxes) or 1)
    return _svg(
        ROW * len(rows),
        format_html_join(
            "",
            '<g{}><text x="0" y="{}">{}</text><text class="value" x="{}" y="{}">{}</text>'
            '<rect class="bar" x="{}" y="{}" width="{}" height="{}" rx="2"/></g>',
            (
                (
                    _own(label, own),
                    n * ROW + 17,
                    label,
                    WIDTH,
                    n * ROW + 17,
                    text,
                    f"{(box[0] - left) * stretch:.1f}",
                    n * ROW + 24,
                    f"{max(box[2] * stretch, 1):.1f}",
                    BAR,
                )
                for n, ((label, _, text), box) in enumerate(zip(rows, boxes, strict=True))
            ),
        ),
    )


@lru_cache(maxsize=512)
def _columns_svg(rows: Rows, own: str) -> SafeString:
    boxes = _boxes(_places(_Columns, rows, width=WIDTH, height=PLOT_HEIGHT, spacing=4))
    every = -(-len(rows) // LABELS_BELOW) or 1
    zero = max((y + height for (_, y, _, height), row in zip(boxes, rows, strict=True) if row[1] >= 0), default=0)
    marks = format_html_join(
        "",
        '<g{}><rect class="bar" x="{}" y="{}" width="{}" height="{}" rx="2"/>{}</g>',
        (
            (
                _own(label, own),
                f"{x:.1f}",
                f"{y + 20:.1f}",
                f"{width:.1f}",
                f"{max(height, 1):.1f}",
                _column_texts(label, text, x + width / 2, y + 14) if n % every == 0 else "",
            )
            for n, ((label, _, text), (x, y, width, height)) in enumerate(zip(rows, boxes, strict=True))
        ),
    )
    return _svg(PLOT_HEIGHT + 44, format_html('{}<path class="axis" d="M0 {}H{}"/>', marks, f"{zero + 20:.1f}", WIDTH))


def _column_texts(label: str, value: str, x: float, y: float, lower: int = 0) -> SafeString:
    return format_html(
        '<text class="middle" x="{0}" y="{1}">{2}</text><text class="middle" x="{0}" y="{3}">{4}</text>',
        f"{x:.1f}", f"{y:.1f}", value, PLOT_HEIGHT + 38 + lower, label,
    )  # fmt: skip


@lru_cache(maxsize=512)
def _line_svg(rows: Rows, own: str) -> SafeString:
    tree = _places(_Line, rows, width=WIDTH - 60, height=PLOT_HEIGHT)
    dots = [(float(dot.get("cx", 0)) + 30, float(dot.get("cy", 0)) + 24) for dot in tree.iter("circle")]
    marks = format_html_join(
        "",
        '<circle class="dot" cx="{}" cy="{}" r="3.5"/>{}',
        (
            (f"{x:.1f}", f"{y:.1f}", _column_texts(label, text, x, y + _above_or_below(dots, n), 26) if named else "")
            for n, ((label, _, text), (x, y)) in enumerate(zip(rows, dots, strict=True))
            for named in [n in (0, len(rows) - 1) or label == own]
        ),
    )
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in dots)
    axis = format_html('<path class="axis" d="M0 {}H{}"/>', PLOT_HEIGHT + 48, WIDTH)
    return _svg(PLOT_HEIGHT + 70, format_html('{}<path class="line" d="M{}"/>{}', axis, path or "0 0", marks))


STRIP, STRIP_LINE = 92, 52  # height of a strip; where its line lies
STRIP_SIDE = 8  # room for the half of a point at both ends


@lru_cache(maxsize=512)
def _strip_svg(values: tuple[float, ...], middle: float, box: tuple[float, float] | None, unit: str) -> SafeString:
    scale = (WIDTH - 2 * STRIP_SIDE) / (max(values) or 1)

    def x(value: float) -> str:
        return f"{STRIP_SIDE + value * scale:.1f}"

    inner = SafeString()
    if box:
        width = f"{max((box[1] - box[0]) * scale, 2):.1f}"
        inner = format_html(
            '<rect class="inner" x="{}" y="{}" width="{}" height="32"/>', x(box[0]), STRIP_LINE - 16, width
        )
    dots = format_html_join(
        "", '<circle class="dot" cx="{}" cy="{}" r="5"/>', ((x(value), STRIP_LINE) for value in values)
    )
    place = min(max(STRIP_SIDE + middle * scale, 60), WIDTH - 60)  # the words stay inside, wherever the mark is
    words = format_html(
        '<path class="middle-mark" d="M{} {}V{}"/><text class="middle" x="{}" y="16">Median {}</text>'
        '<text x="0" y="{}">0</text><text class="value" x="{}" y="{}">{}</text>',
        x(middle), STRIP_LINE - 24, STRIP_LINE + 16, f"{place:.1f}", about(middle, unit),
        STRIP - 4, WIDTH, STRIP - 4, about(max(values), unit),
    )  # fmt: skip
    axis = format_html('<path class="axis" d="M0 {}H{}"/>', STRIP_LINE, WIDTH)
    return _svg(STRIP, inner + axis + dots + words)


def _above_or_below(dots: list[tuple[float, float]], n: int) -> int:
    """Where a value stands so that the line does not cross it: below a point that the line comes down to."""
    neighbours = [dots[place][1] for place in (n - 1, n + 1) if 0 <= place < len(dots)]
    return 20 if neighbours and max(neighbours) < dots[n][1] else -10


def _own(label: str, own: str) -> SafeString:
    return mark_safe(' class="own"' if own and label == own else "")


def _svg(height: int, marks: SafeString) -> SafeString:
    """The drawing repeats the table beside it, so it is hidden from those who listen."""
    return format_html('<svg viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>', WIDTH, height, marks)
