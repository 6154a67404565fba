"""The read API: what it answers, what it keeps to itself, what an answer costs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from jsonschema_rs import Draft202012Validator, meta

from akademie.api import endpoint, openapi, throttle
from akademie.api.queries import collections
from akademie.api.tests.conftest import SECRET
from akademie.cms.models import AcademySettings
from akademie.core import limits
from akademie.library.tests.factories import LibraryItemFactory
from akademie.practices.tests.factories import PracticeCaseFactory
from akademie.towns.tests.factories import TownFactory

RICH = ("praxis", "bibliothek", "formate", "staedte", "themen", "fachwoerter", "veranstaltungen", "aktuelles")


def ids(client: Client, path: str) -> list[str]:
    return [item["id"] for item in client.get(path).json()["items"]]


def test_index_names_every_public_kind(client: Client, things: dict[str, Any]) -> None:
    told = client.get("/api/v1/").json()
    counts = {row["key"]: row["count"] for row in told["collections"]}
    assert counts.pop("seiten") > 3
    assert counts == {
        "praxis": 1,
        "bibliothek": 1,
        "formate": 1,
        "staedte": 2,
        "themen": 2,
        "fachwoerter": 1,
        "veranstaltungen": 1,
        "aktuelles": 1,
    }
    assert told["docs"].endswith("/api/v1/docs")


@pytest.mark.parametrize("key", [*RICH, "seiten"])
def test_records_have_exactly_the_described_fields(client: Client, things: dict[str, Any], key: str) -> None:
    items = client.get(f"/api/v1/{key}/").json()["items"]
    document = openapi.document()
    check = Draft202012Validator(document["components"]["schemas"][key])
    assert items != []
    for item in items:
        check.validate(item)
        assert list(item) == [one.name for one in collections()[key].fields]
        assert client.get(f"/api/v1/{key}/{item['id']}/").json() == item
        assert client.get(item["url"].removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_what_is_not_public_is_nowhere(client: Client, things: dict[str, Any]) -> None:
    for key in RICH:
        assert SECRET not in client.get(f"/api/v1/{key}/").content.decode()
    for key in ("praxis", "bibliothek", "formate", "aktuelles"):
        assert ids(client, f"/api/v1/{key}/") == ["offen"]
        assert client.get(f"/api/v1/{key}/geheim/").status_code == 404


def test_a_case_says_where_it_is(client: Client, things: dict[str, Any]) -> None:
    told = client.get("/api/v1/praxis/offen/").json()
    assert told["towns"] == [
        {"id": "12070296", "name": "Perleberg", "state": "Brandenburg", "lat": 53.07, "lon": 11.86}
    ]
    assert (told["years"], told["ongoing"], told["result"], told["topics"]) == (
        "seit 2019", True, None, ["leerstand"],
    )  # fmt: skip


def test_lists_are_narrowed_like_the_pages(client: Client, things: dict[str, Any]) -> None:
    other = PracticeCaseFactory(slug="anderswo", towns=[TownFactory(ags="09189114", state="Bayern")], about=["arbeit"])
    assert set(ids(client, "/api/v1/praxis/")) == {"offen", other.slug}
    assert ids(client, "/api/v1/praxis/?thema=leerstand") == ["offen"]
    assert ids(client, "/api/v1/praxis/?land=Bayern") == ["anderswo"]
    assert set(ids(client, "/api/v1/praxis/?land=Bayern&land=Brandenburg")) == {"offen", "anderswo"}
    assert ids(client, "/api/v1/praxis/?stadt=12070296") == ["offen"]
    assert ids(client, "/api/v1/praxis/?stadt=12070296&thema=arbeit") == []
    assert ids(client, "/api/v1/staedte/?q=perle") == ["12070296"]
    # a choice that no row has leaves nothing: a mistyped one must not answer everything
    assert ids(client, "/api/v1/praxis/?thema=leerstnad") == []


def test_pages_lead_on_and_back(client: Client, db: None) -> None:
    for year in range(2001, 2006):
        LibraryItemFactory(slug=f"jahr-{year}", year=year)
    seen, address, pages = [], "/api/v1/bibliothek/?limit=2", []
    while address:
        told = client.get(address.removeprefix("http://127.0.0.1:8000")).json()
        seen += [item["id"] for item in told["items"]]
        pages.append(told)
        address = told["next"]
    assert seen == [f"jahr-{year}" for year in range(2005, 2000, -1)]
    assert [page["offset"] for page in pages] == [0, 2, 4]
    assert [page["prev"] and page["prev"].rpartition("=")[2] for page in pages] == [None, "0", "2"]
    assert {page["count"] for page in pages} == {5}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"), ("limit=201", "limit"), ("limit=viele", "limit"), ("limit=²", "limit"),
        ("offset=-1", "offset"), ("offset=1000001", "offset"), ("stadt=perleberg", "stadt"), ("topic=x", "topic"),
        ("q=" + "x" * 201, "q"), ("thema=" + "x" * 201, "thema"),
    ],
)  # fmt: skip
def test_unreadable_parameters_are_refused_by_name(client: Client, things: Any, query: str, parameter: str) -> None:
    answer = client.get(f"/api/v1/praxis/?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    told = answer.json()
    assert (told["status"], told["parameter"], told["type"]) == (400, parameter, "about:blank")


def test_unknown_addresses_answer_as_problems(client: Client, db: None) -> None:
    for path in ("/api/v1/quatsch/", "/api/v1/praxis/quatsch/", "/api/v1/seiten/quatsch/", "/api/v1/praxis/a%00b/",
                 "/api/v1/seiten/99999999999999999999/", "/api/v1/a/b/c/d"):  # fmt: skip
        answer = client.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json"), path
    assert client.get("/api/v1/praxis?limit=1").headers["Location"] == "/api/v1/praxis/?limit=1"


def test_other_origins_may_read_and_never_write(client: Client, db: None) -> None:
    preflight = client.options("/api/v1/praxis/", headers={"origin": "https://andere.example"})
    assert (preflight.status_code, preflight["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert client.get("/api/v1/praxis/")["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api/v1/quatsch/")["Access-Control-Allow-Origin"] == "*"
    strict = Client(enforce_csrf_checks=True)
    for method in (strict.post, strict.put, strict.patch, strict.delete):
        answer = method("/api/v1/staedte/")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert (answer["Access-Control-Allow-Origin"], answer["Content-Type"]) == ("*", "application/problem+json")


def test_nobody_gets_a_cookie_or_a_session(client: Client, things: dict[str, Any]) -> None:
    client.cookies["akademie_sitzung"] = "irgendetwas"
    answer = client.get("/api/v1/praxis/")
    assert dict(answer.cookies) == {}
    assert "Cookie" not in answer.get("Vary", "")


def test_unchanged_answers_are_not_sent_again(
    client: Client, things: dict[str, Any], queries: Callable[[Callable[[], Any]], int]
) -> None:
    etag = client.get("/api/v1/praxis/")["ETag"]

    def again() -> int:
        return client.get("/api/v1/praxis/", headers={"if-none-match": etag}).status_code

    assert again() == 304
    assert queries(again) == 1  # the stamps
    assert client.get("/api/v1/praxis/?limit=1")["ETag"] != etag
    things["case"].title = "Neuer Titel"
    things["case"].save()
    assert again() == 200
    assert "ETag" not in client.get("/api/v1/praxis/quatsch/")


def test_who_asks_by_time_is_answered_as_who_asks_by_etag(
    client: Client, things: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint, "STARTED_AT", 0)
    with time_machine.travel("2099-03-10 12:00 +0000", tick=False) as clock:
        things["case"].save()
        assert "Last-Modified" not in client.get("/api/v1/praxis/")  # more may change within this second
        clock.shift(1)
        first = client.get("/api/v1/praxis/")
        assert first["Last-Modified"] == "Tue, 10 Mar 2099 12:00:00 GMT"

        def again(path: str = "/api/v1/praxis/") -> Any:
            return client.get(path, headers={"if-modified-since": first["Last-Modified"]})

        same = again()
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
        assert (same["Last-Modified"], same["Cache-Control"]) == (first["Last-Modified"], "no-cache")
        assert (again("/api/v1/quatsch/").status_code, again("/api/v1/praxis/?topic=x").status_code) == (404, 400)
        clock.shift(5)
        things["case"].unpublish()  # the newest record of the rest is older, the list is not
        clock.shift(5)
        assert again().status_code == 200
        assert "Last-Modified" not in client.get("/api/v1/praxis/?q=kaufhaus")


def test_another_release_and_another_operator_may_answer_otherwise(
    client: Client, things: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = client.get("/daten/praxis.json")["ETag"]
    academy = AcademySettings.load()
    academy.operator = "Stadt Perleberg"
    academy.save()
    second = client.get("/daten/praxis.json")["ETag"]
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "kinds.py").write_text("LICENCE = 'ein neuer Satz'")
    monkeypatch.setattr(endpoint.documents, "ROOT", tmp_path)
    endpoint._release.cache_clear()
    third = client.get("/daten/praxis.json")["ETag"]
    endpoint._release.cache_clear()
    assert len({first, second, third}) == 3


@pytest.mark.parametrize(
    ("key", "make"),
    [
        ("bibliothek", lambda: LibraryItemFactory(about=["leerstand"])),
        ("praxis", lambda: PracticeCaseFactory(about=["leerstand"], towns=[TownFactory()])),
        ("staedte", TownFactory),
    ],
)
def test_three_records_cost_as_many_queries_as_one(
    client: Client, db: None, queries: Callable[[Callable[[], Any]], int], key: str, make: Callable[[], Any]
) -> None:
    make()
    one = queries(lambda: client.get(f"/api/v1/{key}/"))
    make(), make()
    assert queries(lambda: client.get(f"/api/v1/{key}/")) == one
    assert one <= 5


def test_who_asks_too_much_waits(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "BLOCK", 5)
    monkeypatch.setattr(throttle, "MOST", 10)
    answers = [client.get("/api/v1/praxis/") for _ in range(20)]
    assert [answer.status_code for answer in answers[:14]] == [200] * 14
    refused = answers[14]
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert 0 < int(refused["Retry-After"]) <= throttle.WINDOW
    assert refused["Access-Control-Allow-Origin"] == "*"
    neighbour = Client(REMOTE_ADDR="192.0.2.7")
    assert neighbour.get("/api/v1/praxis/").status_code == 200


def test_reading_a_little_writes_nothing(client: Client, things: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(limits, "count", lambda what, *args, **more: told.append(what))
    for _ in range(throttle.BLOCK - 1):
        client.get("/api/v1/")
    assert told == []
    client.get("/api/v1/")
    assert told == ["api"]


def test_description_is_valid_and_read_by_people_too(client: Client, things: dict[str, Any]) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert {f"/api/v1/{key}/" for key in RICH} <= set(document["paths"])
    page = client.get("/api/v1/docs").content.decode()
    for name in ("population", "pop_change_pct", "target_groups", "Retry-After"):
        assert name in page
    for schema in document["components"]["schemas"].values():
        meta.validate(schema)
    assert json.dumps(document) == json.dumps(openapi.document())
