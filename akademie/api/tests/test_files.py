"""Open data as files: what they hold, what a spreadsheet must not run, what they cost."""

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from rdflib import Namespace

from akademie.api import throttle
from akademie.api.queries import collections
from akademie.api.tests.conftest import SECRET
from akademie.core.spreadsheet import workbook
from akademie.library.tests.factories import LibraryItemFactory
from akademie.practices.tests.factories import PracticeCaseFactory
from akademie.towns.tests.factories import TownFactory

# rdflib reads JSON-LD with a class of its own that it has put out to grass
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
SITE = "http://127.0.0.1:8000"
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SETS = ("praxis", "bibliothek", "formate", "staedte", "themen", "fachwoerter", "veranstaltungen", "aktuelles")


def content(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def table(client: Client, path: str) -> list[dict[str, str]]:
    text = content(client, path).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("key", SETS)
def test_every_file_holds_the_records_of_the_api(client: Client, things: dict[str, Any], key: str) -> None:
    records = client.get(f"/api/v1/{key}/").json()["items"]
    told = json.loads(content(client, f"/daten/{key}.json"))
    assert told["items"] == records
    assert told["licence"]["url"].startswith("http")
    assert told["sources"] != []
    rows = table(client, f"/daten/{key}.csv")
    assert [list(row) for row in rows] == [[one.title for one in collections()[key].fields]] * len(records)
    book = load_workbook(io.BytesIO(content(client, f"/daten/{key}.xlsx")))
    assert book.sheetnames == [collections()[key].title, "Hinweise"]
    head, *lines = book.worksheets[0].iter_rows(values_only=True)
    assert list(head) == [one.title for one in collections()[key].fields]
    assert len(lines) == len(records)
    assert book.worksheets[0].freeze_panes == "A2"
    assert SECRET not in f"{told}{rows}{lines}"


def test_tables_speak_german(client: Client, things: dict[str, Any]) -> None:
    text = content(client, "/daten/staedte.csv")
    assert text.startswith(b"\xef\xbb\xbf")
    town = next(row for row in table(client, "/daten/staedte.csv") if row["Name"] == "Perleberg")
    assert (town["Gemeindeschlüssel (AGS)"], town["Einwohner"], town["Breite"]) == ("12070296", "17058", "53,07")
    assert (town["Kleinstadt"], town["Lage"]) == ("Kleinstadt nach BBSR", "sehr peripher")
    case = table(client, "/daten/praxis.csv")[0]
    assert (case["dauert an"], case["Städte"]) == ("ja", "12070296, Perleberg, Brandenburg, 53.07, 11.86")
    book = load_workbook(io.BytesIO(content(client, "/daten/staedte.xlsx")))
    head, *lines = book.worksheets[0].iter_rows(values_only=True)
    perleberg = next(dict(zip(head, line, strict=True)) for line in lines if "Perleberg" in line)
    assert (perleberg["Breite"], perleberg["Gemeindeschlüssel (AGS)"]) == (53.07, "12070296")


def test_numbers_stay_numbers_below_zero_too(client: Client, db: None) -> None:
    TownFactory(ags="12070296", pop_change_pct=Decimal("-3.5"), lon=-0.5)
    (town,) = table(client, "/daten/staedte.csv")
    assert (town["Entwicklung in %"], town["Länge"]) == ("-3,5", "-0,5")
    book = load_workbook(io.BytesIO(content(client, "/daten/staedte.xlsx")))
    head, line = book.worksheets[0].iter_rows()
    cell = line[[one.value for one in head].index("Entwicklung in %")]
    assert (cell.data_type, cell.value) == ("n", -3.5)


def test_asking_for_the_head_of_a_file_costs_nothing_and_promises_no_length(
    client: Client, things: dict[str, Any]
) -> None:
    answer = client.head("/daten/staedte.xlsx")
    assert (answer.status_code, "Content-Length" in answer) == (200, False)
    assert answer["Content-Disposition"] == 'attachment; filename="staedte.xlsx"'
    assert sum(throttle._points.values()) == 1


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(client: Client, db: None, begin: str) -> None:
    LibraryItemFactory(slug="boese", title="x", abstract=f"{begin}1+1")
    book = load_workbook(io.BytesIO(content(client, "/daten/bibliothek.xlsx")))
    cells = [cell for row in book.worksheets[0].iter_rows(min_row=2) for cell in row if "1+1" in str(cell.value)]
    assert [(cell.data_type, cell.value[:2]) for cell in cells] == [
        ("s", f"'{begin}".replace("\r", "\n"))
    ]  # XML has one
    assert table(client, "/daten/bibliothek.csv")[0]["Worum es geht"][:2] == f"'{begin}"
    assert json.loads(content(client, "/daten/bibliothek.json"))["items"][0]["abstract"] == f"{begin}1+1"


def test_a_workbook_takes_what_xml_does_not() -> None:
    rows = [["Kopf"], ["a\x00b\x1f<&>\ud800ä"], [1.5], [None], ["x" * 40_000]]
    with workbook([("Ein sehr langer Name für ein Tabellenblatt", rows)]) as file:
        sheet = load_workbook(file).worksheets[0]
    values = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert values[:4] == ["Kopf", "ab<&>ä", 1.5, None]
    assert len(values[4]) == 32_767


def test_files_keep_the_filters_of_their_list(client: Client, things: dict[str, Any]) -> None:
    PracticeCaseFactory(slug="anderswo", towns=[TownFactory(ags="09189114", state="Bayern")])
    query = "?land=Bayern&sortieren=titel&seite=2"
    assert [row["Kürzel"] for row in table(client, f"/daten/praxis.csv{query}")] == ["anderswo"]
    assert client.get("/daten/praxis.csv?quatsch=1").status_code == 400
    page = client.get("/praxis/?land=Bayern").content.decode()
    assert 'href="/daten/praxis.csv?land=Bayern"' in page


def test_small_towns_stay_small_towns_in_their_file(client: Client, things: dict[str, Any]) -> None:
    TownFactory(ags="12070999", name="Dorf", village=True)
    page = client.get("/staedte/").content.decode()
    address = page.split('href="/daten/staedte.csv')[1].split('"')[0].replace("&amp;", "&")
    assert {row["Name"] for row in table(client, f"/daten/staedte.csv{address}")} == {"Perleberg", "Traunstein"}
    assert len(table(client, "/daten/staedte.csv")) == 3


def test_places_on_a_map(client: Client, things: dict[str, Any]) -> None:
    PracticeCaseFactory(slug="verbund", towns=[things["town"], TownFactory(ags="12070297", lat=52.5, lon=12.5)])
    PracticeCaseFactory(slug="nirgends")
    told = json.loads(content(client, "/daten/praxis.geojson"))
    assert told["type"] == "FeatureCollection"
    assert {one["id"]: one["geometry"] for one in told["features"]} == {
        "offen": {"type": "Point", "coordinates": [11.86, 53.07]},
        "verbund": {"type": "MultiPoint", "coordinates": [[11.86, 53.07], [12.5, 52.5]]},
        "nirgends": None,
    }
    assert client.get("/daten/formate.geojson").status_code == 404
    assert client.get("/daten/seiten.csv").status_code == 404


def test_a_long_file_costs_queries_by_the_block(
    client: Client, db: None, queries: Callable[[Callable[[], Any]], int]
) -> None:
    LibraryItemFactory(about=["leerstand"])
    one = queries(lambda: content(client, "/daten/bibliothek.csv"))
    LibraryItemFactory.create_batch(20, about=["leerstand"])
    assert queries(lambda: content(client, "/daten/bibliothek.csv")) == one


def test_the_page_of_open_data_leads_to_everything(client: Client, things: dict[str, Any]) -> None:
    page = client.get("/daten/").content.decode()
    for address in {part.split('"')[0] for part in page.split('href="/daten/')[1:]}:
        assert client.get(f"/daten/{address}").status_code == 200, address
    assert page.count('<section class="ak-answer"') == len(SETS)
    assert "Datenlizenz Deutschland" in page
