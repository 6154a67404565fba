"""Programs hand in drafts: nothing is public before an editor says so, nothing comes twice, every refusal says why."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from akademie.accounts.models import User
from akademie.api import actions
from akademie.api.models import AccessKey
from akademie.api.queries import HANDED_IN, waiting_drafts
from akademie.api.views import writing
from akademie.cms import actions as cms
from akademie.library.models import LibraryItem
from akademie.practices.models import PracticeCase

SITE = "http://127.0.0.1:8000"
ITEM = {
    "id": "neue-studie", "title": "Leerstand neu denken", "kind": "studie", "language": "de", "year": 2024,
    "persons": ["Milbert, Antonia", "BBSR (Hrsg.)"], "doi": "10.14512/rur.9", "topics": ["leerstand"],
    "sources": ["Deutsche Nationalbibliothek"],
}  # fmt: skip
CASE = {
    "id": "kaufhaus", "title": "Kaufhaus gekauft", "kind": "einzelstadt", "status": "laeuft", "years": "seit 2019",
    "summary": "Die Stadt hat das leere Kaufhaus gekauft.", "towns": [{"id": "12070296"}], "topics": ["bahnhoefe"],
}  # fmt: skip
LIBRARY, PRACTICES = "/api/v1/bibliothek/", "/api/v1/praxis/"


@pytest.fixture
def things(things: dict[str, Any]) -> dict[str, Any]:
    """The same, in the form in which editors could keep it."""
    things["item"].doi = "10.1000/x"
    things["item"].save()
    return things


@pytest.fixture
def word(editor: User) -> str:
    return actions.make_key("Institut", timezone.localdate() + timedelta(days=90), by=editor)


@pytest.fixture
def program(word: str) -> Callable[..., Any]:
    """Return a function that sends what a program sends."""

    def send(method: str, path: str, told: Any, **headers: str) -> Any:
        body = told if isinstance(told, str | bytes) else json.dumps(told)
        sent = {"authorization": f"Bearer {word}", **{name.replace("_", "-"): one for name, one in headers.items()}}
        return Client().generic(method, path, body, content_type="application/json", headers=sent)

    return send


def change(program: Callable[..., Any], path: str, **changes: Any) -> Any:
    """Read a record, change it, send it back."""
    read = Client().get(path)
    return program("PUT", path, read.json() | changes, if_match=read["ETag"])


# -- handing in -------------------------------------------------------------------------------------------------------
def test_a_new_item_is_a_draft_of_the_keys_person(
    program: Callable[..., Any], things: dict[str, Any], editor: User, client: Client
) -> None:
    answer = program("POST", LIBRARY, ITEM)
    assert (answer.status_code, answer["Location"]) == (201, f"{SITE}/api/v1/bibliothek/neue-studie/")
    record = answer.json()
    assert {name: record[name] for name in ITEM} == ITEM
    assert (record["sourced"], record["changed_at"]) == (False, None)
    for path in ("/bibliothek/neue-studie/", f"{LIBRARY}neue-studie/"):
        assert client.get(path).status_code == 404
    assert client.get(LIBRARY).json()["count"] == 1
    item = LibraryItem.objects.get(slug="neue-studie")
    assert (item.live, item.has_unpublished_changes, item.latest_revision.user) == (False, True, editor)
    item.latest_revision.publish()
    assert client.get(f"{LIBRARY}neue-studie/").json() == record | {
        "changed_at": client.get(f"{LIBRARY}neue-studie/").json()["changed_at"]
    }


def test_a_new_case_has_its_towns_and_topics(program: Callable[..., Any], things: dict[str, Any]) -> None:
    answer = program("POST", PRACTICES, CASE)
    assert answer.status_code == 201, answer.json()
    record = answer.json()
    assert [(town["id"], town["name"]) for town in record["towns"]] == [("12070296", "Perleberg")]
    assert (record["topics"], record["year_from"], record["ongoing"]) == (["bahnhoefe", "leerstand"], 2019, True)


def test_editors_find_it_on_their_desk_until_they_have_decided(
    program: Callable[..., Any], things: dict[str, Any], editor: User, client: Client
) -> None:
    cms.set_up_office(lambda _: None)
    client.force_login(editor)
    program("POST", LIBRARY, ITEM)
    change(program, f"{PRACTICES}offen/", title="Ganz anders")
    item, case = LibraryItem.objects.get(slug="neue-studie"), things["case"]
    assert [(one.text, one.url) for one in waiting_drafts(editor)] == [
        (
            "Neues prüfen, Bibliothek: „Leerstand neu denken“, eingereicht von Rita",
            f"/geschaeftsstelle/cms/snippets/library/libraryitem/edit/{item.pk}/",
        ),
        (
            "Änderung prüfen, Praxisbeispiele: „Ganz anders“, eingereicht von Rita",
            f"/geschaeftsstelle/cms/snippets/practices/practicecase/edit/{case.pk}/",
        ),
    ]
    desk = client.get("/geschaeftsstelle/").content.decode()
    whole = "/geschaeftsstelle/cms/reports/site-history/?action=api.handed_in"
    assert f'<a href="{whole}">Über die Schnittstelle eingereicht</a>' in desk
    assert "Leerstand neu denken" in client.get(whole).content.decode()
    for waiting in waiting_drafts(editor):
        page = client.get(waiting.url)
        assert (page.status_code, waiting.text.split("„")[1].split("“")[0] in page.content.decode()) == (200, True)
    assert ModelLogEntry.objects.filter(action=HANDED_IN, user=editor).count() == 2
    item.latest_revision.publish()
    case.refresh_from_db()
    case.get_latest_revision_as_object().save_revision(user=editor)  # somebody has taken it up
    assert waiting_drafts(editor) == []


def test_three_that_wait_cost_as_many_queries_as_one(
    program: Callable[..., Any], things: dict[str, Any], editor: User, queries: Callable[[Callable[[], Any]], int]
) -> None:
    program("POST", LIBRARY, ITEM)
    one = queries(lambda: waiting_drafts(editor))
    for number in (2, 3):
        program("POST", LIBRARY, ITEM | {"id": f"studie-{number}", "doi": None})
    assert queries(lambda: waiting_drafts(editor)) == one


def test_the_same_twice_is_one(program: Callable[..., Any], things: dict[str, Any]) -> None:
    assert [program("POST", LIBRARY, ITEM).status_code for _ in range(2)] == [201, 409]
    other = program("POST", LIBRARY, ITEM | {"id": "andere", "doi": "10.14512/RUR.9"})
    assert (other.status_code, other.json()["errors"]) == (
        409,
        {"doi": "Diese DOI steht schon bei „neue-studie“."},
    )
    assert (LibraryItem.objects.count(), Revision.objects.filter(object_str=ITEM["title"]).count()) == (3, 1)


# -- changing ---------------------------------------------------------------------------------------------------------
def test_a_change_waits_as_a_draft_and_the_record_stays(
    program: Callable[..., Any], things: dict[str, Any], editor: User, client: Client
) -> None:
    before = client.get(f"{LIBRARY}offen/").json()
    answer = change(program, f"{LIBRARY}offen/", title="Ganz anders", year=None, keywords=["eins", "zwei"])
    assert (answer.status_code, answer.json()["id"]) == (202, "offen")
    assert client.get(f"{LIBRARY}offen/").json() == before
    item = things["item"]
    item.refresh_from_db()
    draft = item.get_latest_revision_as_object()
    assert (item.title, item.live, item.has_unpublished_changes) == ("Für alle", True, True)
    assert (draft.title, draft.year, draft.keywords, draft.doi) == ("Ganz anders", None, "eins\nzwei", "10.1000/x")
    assert [topic.slug for topic in draft.topics.all()] == ["leerstand"]
    assert item.latest_revision.user == editor
    again = change(program, f"{LIBRARY}offen/", title="Noch anders")
    assert (again.status_code, "Bitte warten Sie" in again.json()["detail"]) == (409, True)


def test_a_change_of_towns_waits_too(program: Callable[..., Any], things: dict[str, Any]) -> None:
    answer = change(program, f"{PRACTICES}offen/", towns=[{"id": "09189155"}, {"id": "12070296"}])
    assert answer.status_code == 202
    case = PracticeCase.objects.get(slug="offen")
    assert [town.ags for town in case.town_list()] == ["12070296"]
    case.latest_revision.publish()
    assert [town.ags for town in PracticeCase.objects.get(slug="offen").town_list()] == ["09189155", "12070296"]


def test_a_change_of_what_has_changed_is_refused(program: Callable[..., Any], things: dict[str, Any]) -> None:
    path = f"{LIBRARY}offen/"
    read = Client().get(path)
    things["item"].publisher = "BBSR"
    things["item"].save()
    body = read.json() | {"title": "Ganz anders"}
    assert program("PUT", path, body, if_match=read["ETag"]).status_code == 412
    assert program("PUT", path, body, if_match="*").status_code == 412
    assert program("PUT", path, body).status_code == 428
    assert Revision.objects.filter(object_str="Ganz anders").count() == 0


def test_a_record_keeps_its_etag_when_others_change_and_compression_does_no_harm(
    program: Callable[..., Any], things: dict[str, Any], client: Client
) -> None:
    path = f"{LIBRARY}offen/"
    things["item"].abstract = "Worum es geht. " * 60
    things["item"].save()
    read = client.get(path, headers={"accept-encoding": "gzip"})
    assert (read["Content-Encoding"], read["ETag"][:3]) == ("gzip", 'W/"')
    things["case"].save()
    again = client.get(path, headers={"if-none-match": read["ETag"]})
    assert again.status_code == 304
    record = client.get(path).json()
    assert program("PUT", path, record | {"title": "Anders"}, if_match=read["ETag"]).status_code == 202


def test_a_change_names_all_fields_and_keeps_the_name(program: Callable[..., Any], things: dict[str, Any]) -> None:
    path = f"{LIBRARY}offen/"
    read = Client().get(path)
    part = {key: value for key, value in read.json().items() if key != "doi"}
    answer = program("PUT", path, part, if_match=read["ETag"])
    assert (answer.status_code, answer.json()["errors"]) == (422, {"doi": "Dieses Feld fehlt."})
    moved = change(program, path, id="anderswo")
    assert (moved.status_code, list(moved.json()["errors"])) == (422, ["id"])
    missing = program("PUT", f"{LIBRARY}quatsch/", read.json(), if_match=read["ETag"])
    hidden = program("PUT", f"{LIBRARY}geheim/", read.json(), if_match=read["ETag"])
    zero = program("PUT", f"{LIBRARY}a%00/", read.json(), if_match=read["ETag"])
    assert (missing.status_code, hidden.status_code, zero.status_code) == (404, 409, 404)


# -- refusals ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"titel": "x"}, "titel"), ({"title": None}, "title"), ({"title": ""}, "title"), ({"title": "   "}, "title"),
        ({"title": 7}, "title"), ({"title": "x" * 301}, "title"), ({"year": "2024"}, "year"), ({"year": True}, "year"),
        ({"year": 10**30}, "year"), ({"year": 1200}, "year"), ({"kind": "roman"}, "kind"), ({"kind": ["x"]}, "kind"),
        ({"persons": "Milbert"}, "persons"), ({"persons": [None]}, "persons"), ({"persons": ["x" * 2001]}, "persons"),
        ({"persons": ["x"] * 201}, "persons"), ({"topics": ["quatsch"]}, "topics"), ({"topics": ["a\0"]}, "topics"),
        ({"isbn": "978-3-16-148410-1"}, "isbn"), ({"doi": "quatsch"}, "doi"), ({"link": "javascript:x"}, "link"),
        ({"id": "feed"}, "id"), ({"id": "Ein Leerzeichen"}, "id"), ({"id": ""}, "id"),
        ({"abstract": "x" * 1501}, "abstract"), ({"sources": [{"x": 1}]}, "sources"),
    ],
)  # fmt: skip
def test_a_field_that_does_not_fit_is_named(
    program: Callable[..., Any], things: dict[str, Any], told: dict[str, Any], field: str
) -> None:
    answer = program("POST", LIBRARY, ITEM | told)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert (list(answer.json()["errors"]), LibraryItem.objects.count()) == ([field], 2)


@pytest.mark.parametrize(
    ("towns", "years"),
    [
        ([], ""),
        ([{"id": "99999999"}], ""),
        ([{"id": "a\0"}], ""),
        ([{"name": "Perleberg"}], ""),
        (["12070296"], ""),
        (None, "irgendwann"),
    ],
)
def test_a_case_that_does_not_fit_is_refused(
    program: Callable[..., Any], things: dict[str, Any], towns: Any, years: str
) -> None:
    answer = program("POST", PRACTICES, CASE | {"years": years} | ({"towns": towns} if towns is not None else {}))
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["towns" if towns is not None else "years"])


@pytest.mark.parametrize("body", ["{", "[NaN]", '{"title": "\\ud800"}', b'{"title": "\xff"}', "[" * 20_000])
def test_what_is_no_json_is_refused(program: Callable[..., Any], things: dict[str, Any], body: Any) -> None:
    assert program("POST", LIBRARY, body).status_code == 400


def test_other_refusals_say_what_to_do(
    program: Callable[..., Any], things: dict[str, Any], word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def title(answer: Any) -> tuple[int, str]:
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"].endswith((".", "…", "?"))
        return answer.status_code, answer.json()["title"]

    key = {"authorization": f"Bearer {word}"}
    assert title(program("POST", LIBRARY, ["x"])) == (422, "Der Datensatz passt noch nicht")
    assert title(program("POST", LIBRARY, "x" * 70_000)) == (413, "Das ist zu groß")
    assert title(program("POST", f"{LIBRARY}?q=x", ITEM)) == (400, "Das verstehen wir nicht")
    assert title(Client().post(LIBRARY, ITEM, headers=key)) == (415, "Das ist kein JSON")
    for path in ("/api/v1/staedte/", "/api/v1/quatsch/", f"{LIBRARY}offen/", "/api/v1/"):
        assert title(program("POST", path, ITEM)) == (405, "Das geht hier nicht")
    for method in ("PUT", "PATCH", "DELETE"):
        assert title(program(method, LIBRARY, ITEM)) == (405, "Das geht hier nicht")
    monkeypatch.setattr(writing, "MOST_PER_HOUR", 1)
    answer = program("POST", LIBRARY, ITEM)
    assert title(answer) == (429, "Zu viele Anfragen")
    assert int(answer["Retry-After"]) > 3500


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer quatsch", "Basic {word}", "Bearer {word}x", "Bearer ä"]
)
def test_without_a_valid_key_nothing_is_written(things: dict[str, Any], word: str, lead: User, header: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lead)  # a cookie opens nothing
    for method, path in (("POST", LIBRARY), ("PUT", f"{LIBRARY}offen/")):
        headers = {"if-match": "x"} | ({"authorization": header.format(word=word)} if header else {})
        answer = client.generic(method, path, json.dumps(ITEM), content_type="application/json", headers=headers)
        assert (answer.status_code, answer["WWW-Authenticate"].split()[0]) == (401, "Bearer")
    assert (LibraryItem.objects.count(), Revision.objects.filter(object_str=ITEM["title"]).count()) == (2, 0)


def test_the_key_says_who_it_is_whatever_cookie_comes_along(
    things: dict[str, Any], word: str, editor: User, lead: User
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lead)
    session = client.session
    session["people.shared"], session["people.acting_as"] = True, "Anna Beck"
    session.save()
    headers = {"authorization": f"bearer {word}"}
    answer = client.post(LIBRARY, json.dumps(ITEM), content_type="application/json", headers=headers)
    assert answer.status_code == 201
    entry = ModelLogEntry.objects.get(action=HANDED_IN)
    assert (entry.user, entry.data) == (editor, {})


def test_other_websites_pages_may_not_write(client: Client, things: dict[str, Any]) -> None:
    answer = client.options(LIBRARY)
    assert (answer["Allow"], answer["Access-Control-Allow-Methods"]) == (
        "GET, HEAD, OPTIONS, POST",
        "GET, HEAD, OPTIONS",
    )
    assert "authorization" not in answer["Access-Control-Allow-Headers"].lower()


# -- two at once ------------------------------------------------------------------------------------------------------
def both(calls: list[Callable[[], Any]]) -> list[int]:
    """Return the sorted answers to two requests that begin together."""
    start = Barrier(2)

    def ask(call: Callable[[], Any]) -> int:
        try:
            start.wait(timeout=10)
            return int(call().status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(ask, calls))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("keys", [1, 2])
def test_two_at_once_are_one(things: dict[str, Any], editor: User, keys: int) -> None:
    words = [actions.make_key(str(number), timezone.localdate(), by=editor) for number in range(keys)] * 2

    def send(method: str, path: str, told: Any, word: str, **headers: str) -> Callable[[], Any]:
        sent = {"authorization": f"Bearer {word}", **headers}
        body = json.dumps(told)
        return lambda: Client().generic(method, path, body, content_type="application/json", headers=sent)

    assert both([send("POST", LIBRARY, ITEM, word) for word in words[:2]]) == [201, 409]
    assert LibraryItem.objects.filter(slug="neue-studie").count() == 1
    read = Client().get(f"{LIBRARY}offen/")
    etag = {"if-match": read["ETag"]}
    changes = [send("PUT", f"{LIBRARY}offen/", read.json() | {"year": 1990 + n}, words[n], **etag) for n in (0, 1)]
    assert both(changes) == [202, 409]
    assert Revision.objects.for_instance(things["item"]).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_keys_of_one_name_at_once_are_one(editor: User) -> None:
    class Answer:
        def __init__(self, status_code: int) -> None:
            self.status_code = status_code

    def make() -> Answer:
        try:
            actions.make_key("Institut", timezone.localdate(), by=editor)
        except actions.NotPossible:
            return Answer(400)
        return Answer(200)

    assert both([make, make]) == [200, 400]
    assert AccessKey.objects.count() == 1
