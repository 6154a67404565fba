"""Charts: German numbers, marks to scale, nothing that the content security policy would block."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.template import Context, Template

from akademie.core import charts

TOWNS = [("Prüm", 5500), ("Bad Lobenstein", 5800), ("Oestrich-Winkel", 11800)]
KINDS = [charts.bars, charts.columns, charts.line]


def numbers(name: str, svg: str) -> list[float]:
    return [float(value) for value in re.findall(rf'<rect class="bar"[^>]* {name}="([\d.-]+)"', svg)]


@pytest.mark.parametrize(
    ("value", "unit", "digits", "text"),
    [(11800, "", 0, "11.800"), (-3.5, "%", 1, "−3,5\xa0%"), (0, "", 0, "0"), (1234.56, "km", 1, "1.234,6\xa0km")],
)
def test_numbers_in_words(value, unit, digits, text):
    assert charts.in_words(value, unit, digits) == text


def test_bars_are_as_long_as_their_values():
    lengths = numbers("width", charts.bars("Einwohner", TOWNS).svg)
    assert [round(length / lengths[2], 2) for length in lengths] == [0.47, 0.49, 1.0]
    assert lengths[2] == charts.WIDTH


def test_bars_of_losses_lie_left_of_zero():
    svg = charts.bars("Entwicklung", [("Prüm", -3.0), ("Freyung", 2.0)], unit="%").svg
    (left, zero), (loss, gain) = numbers("x", svg), numbers("width", svg)
    assert left == 0
    assert round(left + loss, 1) == round(zero, 1)
    assert round(loss / gain, 2) == 1.5


def test_columns_are_as_high_as_their_values():
    heights = numbers("height", charts.columns("Jahre", [("2020", 4), ("2021", 8), ("2022", 0)]).svg)
    assert round(heights[1] / heights[0], 2) == 2.0
    assert heights[2] == 1  # nothing is still a mark


def test_line_goes_through_its_points_from_left_to_right():
    svg = charts.line("Reihe", [(str(2018 + n), value) for n, value in enumerate([3, 5, 1])]).svg
    points = re.search(r'class="line" d="M([^"]+)"', svg)[1].split("L")
    dots = re.findall(r'<circle class="dot" cx="([\d.]+)" cy="([\d.]+)"', svg)
    assert points == [f"{x} {y}" for x, y in dots]
    assert all(float(a[0]) < float(b[0]) for a, b in pairwise(dots))
    assert min(dots, key=lambda dot: float(dot[1])) == dots[1]  # the highest value stands on top


@pytest.mark.parametrize("draw", KINDS)
def test_a_chart_carries_classes_and_no_style_script_or_address(draw):
    svg = draw("<b>", [("<i>Prüm</i>", 5500), ("x" * 200, 1)], own="<i>Prüm</i>").svg
    assert re.findall(r"<style|<script|style=|\bon\w+=|https?:|<i>|<!--", svg) == []
    assert len(svg) < 2000


@pytest.mark.parametrize("draw", KINDS)
@pytest.mark.parametrize("rows", [[], [("eins", 0)], [("eins", 7)], [("minus", -7)], [(str(n), n) for n in range(60)]])
def test_strange_rows_are_drawn(draw, rows):
    chart = draw("Titel", rows)
    assert bool(chart.svg) == bool(rows)
    assert re.findall(r"nan|inf|None", chart.svg) == []
    assert [label for label, _ in chart.rows] == [label for label, _ in rows]


def test_the_table_beside_a_chart_says_all_of_it():
    chart = charts.bars("Einwohner", TOWNS, first="Stadt", second="Zahl", source="Destatis", as_of=date(2024, 12, 31))
    drawn = Template('{% ui "chart" chart=chart %}').render(Context({"chart": chart}))
    cells = re.findall(r"<th[^>]*>([^<]+)</th>|<td[^>]*>([^<]+)</td>", drawn)
    assert [a or b for a, b in cells] == [
        *("Stadt", "Zahl"), *("Prüm", "5.500"), *("Bad Lobenstein", "5.800"), *("Oestrich-Winkel", "11.800")
    ]  # fmt: skip
    assert re.search("<figcaption>(.*)</figcaption>", drawn)[1] == "Quelle: Destatis, Stand: 31. Dezember 2024"


def test_a_chart_without_rows_says_so():
    drawn = Template('{% ui "chart" chart=chart %}').render(Context({"chart": charts.bars("Leer", [])}))
    assert re.findall("<p>(.*?)</p>|<svg", drawn) == ["Dazu gibt es noch keine Zahlen."]


def test_strip_places_every_value_and_the_middle_on_one_scale_from_zero():
    chart = charts.strip("Arbeit", [2, 4, 8], [("Median", "4 Stunden")], middle=4, box=(3, 6), unit="Stunden")
    dots = [float(x) for x in re.findall(r'<circle class="dot" cx="([\d.]+)"', chart.svg)]
    start, scale = charts.STRIP_SIDE, (charts.WIDTH - 2 * charts.STRIP_SIDE) / 8
    assert [round((x - start) / scale, 1) for x in dots] == [2, 4, 8]
    assert re.findall(r'class="middle-mark" d="M([\d.]+) ', chart.svg) == [f"{dots[1]:.1f}"]
    assert re.findall(r">([^<]+)</text>", chart.svg) == ["Median 4\xa0Stunden", "0", "8\xa0Stunden"]
    assert charts.strip("Arbeit", [], [], middle=0).rows == []
