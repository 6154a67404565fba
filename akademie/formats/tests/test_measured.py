"""What runs come to: medians and spread, single values while runs are few; the same on every database."""

from typing import Any

import pytest
from django.test import Client

from akademie.formats import measured
from akademie.formats.tests.factories import FormatProfileFactory, FormatRunFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("hours", "middle", "spread", "source"),
    [
        ([5], "5\xa0Stunden", "", "aus 1 Durchführung"),
        ([1], "1\xa0Stunde", "", "aus 1 Durchführung"),
        ([7, 4], "4\xa0Stunden und 7\xa0Stunden", "", "aus 2 Durchführungen"),
        ([9, 4, 5.5], "5,5\xa0Stunden", "alle: 4 bis 9\xa0Stunden", "Median aus 3 Durchführungen"),
        ([2, 4, 6, 8], "5\xa0Stunden", "die mittlere Hälfte: 3,5 bis 6,5\xa0Stunden", "Median aus 4 Durchführungen"),
        ([1, 2, 3, 4, 100], "3\xa0Stunden", "die mittlere Hälfte: 2 bis 4\xa0Stunden", "Median aus 5 Durchführungen"),
    ],
)  # fmt: skip
def test_hours_in_words(hours: list[float], middle: str, spread: str, source: str) -> None:
    profile = FormatProfileFactory()
    for one in hours:
        FormatRunFactory(profile=profile, hours=one)
    figure = measured.hours_of(profile.pk)
    assert figure
    assert (figure.middle_in_words, figure.spread_in_words, figure.source) == (middle, spread, source)


def test_each_figure_comes_from_the_runs_that_say_it() -> None:
    profile = FormatProfileFactory()
    FormatRunFactory(profile=profile, hours=5, cost_eur=0, participants=12)
    FormatRunFactory(profile=profile, hours=None, participants=20)
    FormatRunFactory(hours=50)
    found = measured.of(profile.pk)
    assert found
    assert [(one.label, one.values) for one in found.figures] == [
        ("Arbeit je Durchführung", (5.0,)), ("Kosten", (0,)), ("Teilnehmende", (12, 20)),
    ]  # fmt: skip


def test_runs_of_variants_count_there_and_are_said() -> None:
    origin = FormatProfileFactory()
    FormatRunFactory(profile=FormatProfileFactory(origin=origin), hours=9)
    FormatRunFactory(profile=FormatProfileFactory(origin=origin, draft=True), hours=9)
    found = measured.of(origin.pk)
    assert found
    assert (found.hours, found.variants_in_words) == (None, "1 Durchführung einer Variante zählt dort.")


def test_a_format_without_runs_has_nothing() -> None:
    assert measured.of(FormatProfileFactory().pk) is None


def test_figures_are_new_with_the_next_run() -> None:
    profile = FormatProfileFactory()
    run = FormatRunFactory(profile=profile, hours=3)
    assert measured.of(profile.pk) is not None
    run.delete()
    assert measured.of(profile.pk) is None


def test_chart_has_a_table_that_says_the_same() -> None:
    profile = FormatProfileFactory()
    for hours in (2, 4, 6, 8):
        FormatRunFactory(profile=profile, hours=hours)
    figure = measured.hours_of(profile.pk)
    assert figure
    chart = figure.chart()
    assert chart
    assert chart.rows == [
        ("kleinster Wert", "2\xa0Stunden"), ("unteres Viertel bis", "3,5\xa0Stunden"), ("Median", "5\xa0Stunden"),
        ("oberes Viertel ab", "6,5\xa0Stunden"), ("größter Wert", "8\xa0Stunden"),
    ]  # fmt: skip


def test_profile_shows_figures_and_the_latest_reports(client: Client, queries: Any) -> None:
    profile = FormatProfileFactory(slug="eins")
    for number in range(5):
        FormatRunFactory(profile=profile, hours=number + 2, title=f"Lauf {number}", released=number != 4)
    text = client.get("/formate/eins/").content.decode()
    assert "Median aus 5 Durchführungen" in text
    assert [f"Lauf {number}" in text for number in range(5)] == [False, True, True, True, False]
    assert "Alle 4 Erfahrungsberichte" in text
    every = client.get("/formate/eins/berichte/").content.decode()
    assert [f"Lauf {number}" in every for number in range(5)] == [True, True, True, True, False]
    count = queries(lambda: client.get("/formate/eins/berichte/"))
    FormatRunFactory.create_batch(3, profile=profile, released=True)
    assert queries(lambda: client.get("/formate/eins/berichte/")) == count


def test_profile_without_a_report_invites_to_tell(client: Client) -> None:
    FormatProfileFactory(slug="eins")
    text = client.get("/formate/eins/").content.decode()
    assert "Noch hat niemand von diesem Format erzählt." in text
    assert 'href="/formate/eins/durchfuehrung/"' in text
    assert "Noch kein Erfahrungsbericht" in client.get("/formate/eins/berichte/").content.decode()
