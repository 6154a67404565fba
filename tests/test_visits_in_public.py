"""What everyone sees of the visits: months and pages, nothing about anybody, nothing that is not public."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from akademie.operation.actions.visits import add_visits
from akademie.topics.models import Topic

PAGE = "/daten/nutzung/"
pytestmark = pytest.mark.django_db


def text_of(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode("utf-8-sig")


def read(day: date, *, visitors: tuple[str, ...] = (), **views: int) -> None:
    """Count readings of pages of topics; `start` is the start page."""
    pages = {("", "/") if name == "start" else ("themen", f"/themen/{name}/"): count for name, count in views.items()}
    add_visits(day, pages, {"geheim.example": 9}, visitors)


def test_before_the_first_visit_the_page_says_so(client: Client) -> None:
    assert "Noch keine Zahlen" in text_of(client)
    assert text_of(client, f"{PAGE}monate.csv") == "Monat;Seitenaufrufe;Besuche\r\n"
    assert text_of(client, f"{PAGE}seiten.csv") == "Seite;Adresse;Aufrufe in 30 Tagen\r\n"


@time_machine.travel("2027-03-10 12:00 +0100", tick=False)
def test_months_are_a_chart_a_table_and_open_data(client: Client) -> None:
    read(date(2026, 2, 1), start=7)  # thirteen months ago
    read(date(2027, 1, 31), start=1000)
    read(date(2027, 3, 1), start=2)
    read(date(2027, 3, 10), start=3, visitors=("a", "b"))
    page = text_of(client)
    assert page.count('<figure class="ak-chart">') == 2
    assert [page.count(f'<th scope="row">{month}</th>') for month in ("Dez. 26", "Jan. 27", "Feb. 27", "März 27")] == [
        0, 2, 2, 2,
    ]  # fmt: skip
    assert '<th scope="row">Jan. 27</th><td class="ak-number">1.000</td>' in page
    lines = text_of(client, f"{PAGE}monate.csv").split("\r\n")
    assert lines == ["Monat;Seitenaufrufe;Besuche", "2027-01;1000;0", "2027-02;0;0", "2027-03;5;2", ""]


@time_machine.travel("2027-03-10 12:00 +0100", tick=False)
def test_pages_are_named_when_enough_have_read_them(client: Client) -> None:
    for name in ("leerstand", "arbeit", "wohnen"):
        Topic.objects.create(slug=name, name=name.title())
    read(date(2027, 3, 9), start=3, leerstand=4, arbeit=2)
    read(date(2027, 3, 10), start=3, leerstand=4, arbeit=2)
    read(date(2027, 2, 8), wohnen=99)  # thirty days are over
    assert text_of(client, f"{PAGE}seiten.csv").split("\r\n")[1:] == [
        "Leerstand;http://127.0.0.1:8000/themen/leerstand/;8", "Startseite;http://127.0.0.1:8000/;6", "",
    ]  # fmt: skip
    page = text_of(client)
    assert '<a href="/themen/leerstand/">Leerstand</a></th><td class="ak-number">8</td>' in page
    assert [name for name in ("/themen/arbeit/", "/themen/wohnen/", "geheim.example") if name in page] == []


@time_machine.travel("2027-03-10 12:00 +0100", tick=False)
def test_what_is_no_longer_public_is_not_even_named(client: Client) -> None:
    topic = Topic.objects.create(slug="leerstand", name="Leerstand")
    read(date(2027, 3, 10), start=5, leerstand=50)
    assert "/themen/leerstand/" in text_of(client)
    topic.delete()
    for path in (PAGE, f"{PAGE}seiten.csv"):
        assert "leerstand" not in text_of(client, path).lower()
        assert "Startseite" in text_of(client, path)


@time_machine.travel("2027-03-10 12:00 +0100", tick=False)
def test_many_pages_and_months_cost_as_many_queries_as_one(
    client: Client, queries: Callable[[Callable[[], Any]], int]
) -> None:
    def make(names: range, *months: int) -> None:
        for name in names:
            Topic.objects.create(slug=f"t{name}", name=f"T{name}")
        for month in months:
            read(date(2027, month, 1), **{f"t{name}": 9 for name in names})

    make(range(1), 3)
    client.get(PAGE)
    one = queries(lambda: client.get(PAGE))
    make(range(1, 9), 1, 2, 3)
    assert queries(lambda: client.get(PAGE)) == one
