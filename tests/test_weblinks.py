"""Links of the whole site: where they are found, when they count as broken, what the office sees and does."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
import typst
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

from akademie.accounts.models import User
from akademie.cms.actions import load_pages, set_up_office
from akademie.cms.models import Menu, MenuLink
from akademie.cms.tests.factories import make_page
from akademie.core.contributions import schedules
from akademie.core.tests.web import WebServer, answer
from akademie.files.models import AcademyDocument
from akademie.library.tests.factories import LibraryItemFactory
from akademie.practices.tests.factories import PracticeCaseFactory
from akademie.weblinks import checking, collecting, queries
from akademie.weblinks.models import PdfReading, State, WebLink, WebLinkUse
from akademie.weblinks.sources import unreadable_documents
from tests.weblinks import checked, look_everywhere, places, rich, server  # noqa: F401

pytestmark = pytest.mark.django_db
LIST = "/geschaeftsstelle/links/"
MORNING = "2026-11-23 03:30+01:00"
A = "https://a.example/"


def make_pdf(*addresses: str) -> bytes:
    return typst.compile("\n".join(f'#link("{one}")[x]' for one in addresses).encode(), format="pdf")


def make_document(title: str, data: bytes, **more: Any) -> AcademyDocument:
    return AcademyDocument.objects.create(title=title, licence="eigenes", file=ContentFile(data, "x.pdf"), **more)


# -- where links are looked for ---------------------------------------------------------------------------------------
def test_links_are_found_in_everything_public() -> None:
    LibraryItemFactory(title="Studie", link=f"{A}studie", note=f"Siehe {A}notiz.", doi="10.1234/x", draft=False)
    LibraryItemFactory(title="Entwurf", link=f"{A}entwurf", draft=True)
    PracticeCaseFactory(title="Fall", source=f"{A}quelle-1, Seite 3\n{A}quelle-2")
    target = make_page("Ziel", "ziel")
    body = [
        *rich(f"{A}text", "/praxis/"),
        {"type": "links", "value": [{"text": "x", "url": f"{A}liste", "page": None, "document": None}]},
        {"type": "links", "value": [{"text": "x", "url": "", "page": target.pk, "document": None}]},
    ]
    make_page("Seite", "seite", body=body)
    document = make_document("Plan", make_pdf(f"{A}pdf"))
    menu = Menu.load()
    MenuLink.objects.create(menu=menu, title="Link", url="/formate/")
    found = {(url, title) for url, title, _field in places()}
    assert found == {
        (f"{A}studie", "Studie"), (f"{A}notiz", "Studie"), ("https://doi.org/10.1234/x", "Studie"),
        (f"{A}quelle-1", "Fall"), (f"{A}quelle-2", "Fall"), (f"{A}text", "Seite"), ("/praxis/", "Seite"),
        (f"{A}liste", "Seite"), (f"seite:{target.pk}", "Seite"), (f"{A}pdf", "Plan"), ("/formate/", "Menüs"),
    }  # fmt: skip
    assert WebLinkUse.objects.get(link__url=f"{A}pdf").url == document.url
    assert WebLinkUse.objects.get(link__url=f"{A}text").field == "Inhalt"


def test_looking_again_changes_nothing_and_forgets_what_is_gone() -> None:
    item = LibraryItemFactory(title="Alt", link=f"{A}1")
    other = LibraryItemFactory(link=f"{A}2")
    before = places()
    keys = set(WebLinkUse.objects.values_list("pk", flat=True))
    assert (places(), set(WebLinkUse.objects.values_list("pk", flat=True))) == (before, keys)
    item.title, item.live = "Neu", True
    item.save()
    other.live = False
    other.save()
    assert places() == {(f"{A}1", "Neu", "Link")}


def test_two_that_look_at_once_note_each_place_once() -> None:
    LibraryItemFactory(link=f"{A}1")
    collecting.collect()
    WebLinkUse.objects.all().delete()
    collecting.collect({"bibliothek": LibraryItemFactory._meta.model.objects.values_list("pk", flat=True)})
    collecting.collect()
    assert WebLinkUse.objects.count() == 1


def test_a_pdf_is_read_once_and_one_that_cannot_be_read_is_counted() -> None:
    document = make_document("Plan", make_pdf(f"{A}1"))
    make_document("Kaputt", b"%PDF-1.4 abgebrochen")
    assert [url for url, *_ in places()] == [f"{A}1"]
    document.file.storage.delete(document.file.name)
    assert [url for url, *_ in places()] == [f"{A}1"]
    assert (PdfReading.objects.count(), unreadable_documents()) == (2, 1)


def test_a_document_of_a_closed_collection_is_not_read() -> None:
    closed = Collection.get_first_root_node().add_child(name="intern")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    make_document("Intern", make_pdf(f"{A}geheim"), collection=closed)
    assert places() == set()


def test_three_things_need_as_many_queries_as_one(queries: Any) -> None:
    PracticeCaseFactory(source=f"{A}1")
    LibraryItemFactory(link=f"{A}2")
    one = queries(collecting.collect)
    for number in range(3):
        PracticeCaseFactory(source=f"{A}x{number}")
        LibraryItemFactory(link=f"{A}y{number}")
    assert queries(collecting.collect) == one


# -- what answers mean ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "state"),
    [
        (answer(b"da"), State.FINE),
        (answer(status="204 No Content"), State.FINE),
        (answer(status="404 Not Found"), State.FAILING),
        (answer(status="410 Gone"), State.FAILING),
        (answer(status="500 Oh"), State.FAILING),
        (answer(status="503 Later"), State.FAILING),
        (answer(status="429 Too Many Requests"), State.UNCLEAR),
        (answer(status="403 Forbidden"), State.UNCLEAR),
        (answer(status="401 Who"), State.UNCLEAR),
        (answer(status="301 Moved", Location="/neu"), State.MOVED),
        (answer(status="308 Moved", Location="/neu"), State.MOVED),
        (answer(status="302 Found", Location="/neu"), State.FINE),
        (answer(status="301 Moved", Location="/weg"), State.FAILING),
        (answer(status="301 Moved", Location="http://127.0.0.1/"), State.UNCLEAR),
        (lambda stream: stream.close(), State.FAILING),
        (answer(b"x" * 3_000_000), State.FINE),
    ],
)  # fmt: skip
def test_what_an_answer_means(server: WebServer, given: Any, state: State) -> None:  # noqa: F811
    server.answers.update({"/x": given, "/neu": answer(b"da")})
    LibraryItemFactory(link=server.url("/x"))
    look_everywhere()
    link = checked(server.url("/x"))
    assert (link.state, link.target) == (state, server.url("/neu") if state == State.MOVED else "")
    assert link.checked_at is not None


def test_where_head_is_refused_it_asks_with_get(server: WebServer) -> None:  # noqa: F811
    def only_get(stream: Any) -> None:
        is_get = server.asked[-1].startswith("GET")
        stream.sendall(answer(b"da") if is_get else answer(status="405 Method Not Allowed"))

    server.answers["/x"] = only_get
    LibraryItemFactory(link=server.url("/x#teil"))
    look_everywhere()
    assert [request.split(" ")[0] for request in server.asked] == ["HEAD", "GET"]
    assert checked(server.url("/x#teil")).state == State.FINE


def test_a_slow_server_and_one_that_is_not_there_have_failed(
    server: WebServer, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    ended = threading.Event()
    server.answers["/x"] = lambda stream: ended.wait(5)
    monkeypatch.setattr("akademie.weblinks.asking.SECONDS", 0.2)
    LibraryItemFactory(link=server.url("/x"))
    LibraryItemFactory(link="http://127.0.0.1/innen")
    look_everywhere()
    ended.set()
    assert (checked(server.url("/x")).state, checked(server.url("/x")).failures) == (State.FAILING, 1)
    assert checked("http://127.0.0.1/innen").state == State.UNCLEAR, "never asked: it is not public"


def test_without_a_line_of_our_own_nothing_is_held_against_others(server: WebServer) -> None:  # noqa: F811
    """All names lead nowhere; as soon as one server answers, the silence of the others counts."""
    for name in ("eins", "zwei", "drei"):
        LibraryItemFactory(link=f"https://{name}.invalid/")
    silent = WebLink.objects.filter(host__endswith=".invalid")
    look_everywhere()
    assert set(silent.values_list("state", "failures", "due_on")) == {
        (State.NEW, 0, timezone.localdate() + timedelta(days=1))
    }
    assert not WebLink.objects.due().exists()
    server.answers["/x"] = answer(b"da")
    LibraryItemFactory(link=server.url("/x"))
    WebLink.objects.update(due_on=timezone.localdate())
    look_everywhere()
    assert set(silent.values_list("state", "failures")) == {(State.FAILING, 1)}


def test_broken_only_after_three_days_without_an_answer(server: WebServer) -> None:  # noqa: F811
    server.answers["/x"] = answer(status="500 Oh")
    LibraryItemFactory(link=server.url("/x"))
    with time_machine.travel(MORNING) as clock:
        for failures, state in ((1, State.FAILING), (2, State.FAILING), (3, State.BROKEN)):
            for _again_on_the_same_day in range(2):
                WebLink.objects.update(due_on=timezone.localdate())
                look_everywhere()
            link = checked(server.url("/x"))
            assert (link.failures, link.state) == (failures, state)
            clock.shift(timedelta(days=1))
        assert link.first_failed_at.date().isoformat() == "2026-11-23"
        server.answers["/x"] = answer(b"da")
        clock.shift(timedelta(days=6))
        look_everywhere()
        link = checked(server.url("/x"))
        assert (link.state, link.failures, link.first_failed_at) == (State.FINE, 0, None)


def test_what_the_server_calls_gone_is_broken_after_two_days(server: WebServer) -> None:  # noqa: F811
    LibraryItemFactory(link=server.url("/x"))
    with time_machine.travel(MORNING) as clock:
        look_everywhere()
        assert checked(server.url("/x")).state == State.FAILING
        clock.shift(timedelta(days=1))
        look_everywhere()
        assert checked(server.url("/x")).state == State.BROKEN


def test_each_link_is_asked_once_a_week(server: WebServer) -> None:  # noqa: F811
    server.answers["/x"] = answer(b"da")
    LibraryItemFactory(link=server.url("/x"))
    with time_machine.travel(MORNING) as clock:
        for _day in range(15):
            look_everywhere()
            clock.shift(timedelta(days=1))
    assert server.paths == ["/x"] * 3
    job = next(one for one in schedules if one.key == "weblinks.check")
    assert (job.job, job.every) == (checking.collect_and_check, timedelta(days=1))


def test_all_links_are_checked_however_many_jobs_it_takes(
    server: WebServer, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    monkeypatch.setattr(checking, "AT_ONCE", 2)
    for number in range(5):
        server.answers[f"/{number}"] = answer(b"da")
        LibraryItemFactory(link=server.url(f"/{number}"))
    look_everywhere()
    assert sorted(server.paths) == [f"/{number}" for number in range(5)]
    assert WebLink.objects.filter(state=State.FINE).count() == 5


def test_a_job_that_was_killed_is_made_up_for_an_hour_later(server: WebServer) -> None:  # noqa: F811
    server.answers["/x"] = answer(b"da")
    LibraryItemFactory(link=server.url("/x"))
    collecting.collect()
    with time_machine.travel(MORNING) as clock:
        assert len(checking._claimed()) == 1
        checking.check_due.func()
        assert server.paths == []
        clock.shift(timedelta(minutes=61))
        checking.check_due.func()
        assert server.paths == ["/x"]


def test_a_server_that_has_had_enough_is_left_alone(server: WebServer) -> None:  # noqa: F811
    for number in range(3):
        server.answers[f"/{number}"] = answer(status="429 Too Many Requests")
        LibraryItemFactory(link=server.url(f"/{number}"))
    look_everywhere()
    assert len(server.paths) == 1
    assert sorted(WebLink.objects.values_list("state", flat=True)) == ["new", "new", "unclear"]


def test_a_server_has_time_between_two_questions(
    server: WebServer, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    monkeypatch.setattr(checking, "PAUSE", 0.15)
    for number in range(3):
        server.answers[f"/{number}"] = answer(b"da")
        LibraryItemFactory(link=server.url(f"/{number}"))
    collecting.collect()
    began = timezone.now()
    checking.check_due.func()
    assert (timezone.now() - began).total_seconds() >= 0.3
    assert "User-Agent: Kleinstadtakademie (+" in server.asked[0]


# -- our own site -----------------------------------------------------------------------------------------------------
def test_links_to_ourselves_are_known_at_once(settings: Any) -> None:
    load_pages(lambda _: None)
    hidden, shown = make_page("Weg", "weg"), make_page("Da", "da")
    hidden.unpublish()
    document = make_document("Plan", make_pdf())
    links = rich("/da/", "/weg/", "/praxis", "/gibt-es-nicht/", f"{settings.SITE_URL}/da/", "/anmelden/?weiter=/x/")
    chosen = [
        {"type": "links", "value": [{"text": "x", "url": "", "page": pk, "document": None}]}
        for pk in (hidden.pk, shown.pk)
    ]
    chosen_document = {"type": "paragraph", "value": f'<a id="{document.pk}" linktype="document">x</a>'}
    page = make_page("Seite", "seite", body=[*links, *chosen])
    gone = make_page("Gelöscht", "geloescht")
    page.body = [
        *links,
        *chosen,
        {"type": "paragraph", "value": f'<a id="{gone.pk}" linktype="page">x</a>'},
        chosen_document,
    ]
    page.save()
    gone.delete()
    look_everywhere()
    states = {
        link.url: (link.state, link.target) for link in WebLink.objects.filter(uses__title="Seite", host="").distinct()
    }
    assert states == {
        f"dokument:{document.pk}": (State.FINE, ""), "/da/": (State.FINE, ""),
        "/weg/": (State.BROKEN, ""), "/praxis": (State.MOVED, "/praxis/"),
        "/gibt-es-nicht/": (State.BROKEN, ""), f"{settings.SITE_URL}/da/": (State.FINE, ""),
        "/anmelden/?weiter=/x/": (State.FINE, ""), f"seite:{hidden.pk}": (State.BROKEN, ""),
        f"seite:{shown.pk}": (State.FINE, ""), f"seite:{gone.pk}": (State.BROKEN, ""),
    }  # fmt: skip


# -- what the office sees and does ------------------------------------------------------------------------------------
@pytest.fixture(autouse=True)
def office(db: None, kept: Any) -> None:
    """The back office as it is set up, so that its people may edit."""
    kept("office", lambda: set_up_office(lambda _: None))


@pytest.fixture
def broken(server: WebServer) -> WebLink:  # noqa: F811
    LibraryItemFactory(title="Handreichung", slug="handreichung", link=server.url("/weg"))
    collecting.collect()
    values = {"state": State.BROKEN, "first_failed_at": timezone.now(), "failures": 3, "words": "Gibt es nicht."}
    WebLink.objects.update(**values, due_on=timezone.localdate() + timedelta(days=5))
    return WebLink.objects.get()


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode().partition("<main")[2]).split())


def test_the_list_says_what_is_broken_and_leads_to_place_and_form(
    client: Client, editor: User, broken: WebLink
) -> None:  # fmt: skip
    client.force_login(editor)
    says = read(client, LIST)
    assert "Führt ins Leere (1)" in says
    assert broken.url in says
    html = client.get(LIST).content.decode()
    use = broken.uses.get()
    assert '<a href="/bibliothek/handreichung/">Handreichung</a>' in html
    assert f"{LIST}stelle/{use.pk}/" in html
    form = client.get(f"{LIST}stelle/{use.pk}/")
    assert client.get(form["Location"]).status_code == 200
    assert f"/{use.object_pk}/" in form["Location"]


def test_the_list_can_be_narrowed(client: Client, editor: User, broken: WebLink) -> None:
    client.force_login(editor)
    for query, found in (
        ("", True), ("?q=handreichung", True), ("?q=Unsinn", False), ("?ziel=aussen", True), ("?ziel=innen", False),
        ("?liste=alle", True), ("?liste=umgezogen", False), ("?liste=Unsinn&ziel=Unsinn&seite=99", True),
    ):  # fmt: skip
        assert (broken.url in client.get(f"{LIST}{query}").content.decode().partition("<table")[2]) == found, query
    WebLink.objects.all().delete()
    assert "Noch hat niemand nachgesehen" in read(client, LIST)


def test_three_links_with_many_places_need_as_many_queries_as_one(
    client: Client, editor: User, broken: WebLink, queries: Any
) -> None:  # fmt: skip
    client.force_login(editor)
    one, detail = queries(lambda: client.get(LIST)), queries(lambda: client.get(f"{LIST}{broken.pk}/"))
    for number in range(6):
        LibraryItemFactory(link=broken.url, note=f"{A}{number}")
    collecting.collect()
    WebLink.objects.update(state=State.BROKEN, first_failed_at=timezone.now())
    assert queries(lambda: client.get(LIST)) == one
    assert queries(lambda: client.get(f"{LIST}{broken.pk}/")) == detail
    assert "alle 7 Stellen" in client.get(LIST).content.decode()


def test_one_task_on_the_desk_for_all_broken_links(editor: User, broken: WebLink) -> None:
    (task,) = queries.waiting_links(editor)
    assert (task.text, task.url) == ("1 Link führt ins Leere: ersetzen oder bestätigen", LIST)
    WebLink.objects.update(state=State.FAILING)
    assert queries.waiting_links(editor) == []


def test_a_link_called_right_is_out_of_the_list_for_a_year(client: Client, editor: User, broken: WebLink) -> None:
    client.force_login(editor)
    with time_machine.travel(MORNING):
        client.post(f"{LIST}{broken.pk}/bestaetigen/")
        assert (queries.counts()["kaputt"], queries.counts()["bestaetigt"]) == (0, 1)
        assert queries.waiting_links(editor) == []
        look_everywhere()
        assert queries.counts()["kaputt"] == 0
    with time_machine.travel("2027-11-25 12:00+01:00"):
        assert (queries.counts()["kaputt"], queries.counts()["bestaetigt"]) == (1, 0)


def test_checking_now(client: Client, editor: User, broken: WebLink, server: WebServer) -> None:  # noqa: F811
    client.force_login(editor)
    server.answers["/weg"] = answer(b"wieder da")
    page = client.post(f"{LIST}{broken.pk}/pruefen/", follow=True).content.decode()
    assert "Dieser Link ist in Ordnung" in page
    server.answers["/weg"] = answer(status="500 Oh")
    client.post(f"{LIST}pruefen/")
    broken.refresh_from_db()
    assert (broken.state, broken.failures) == (State.FAILING, 1)


def test_how_far_the_check_is(broken: WebLink) -> None:
    assert (queries.progress()["left"], queries.progress()["done"]) == (0, 1)
    WebLink.objects.update(due_on=timezone.localdate())
    assert (queries.progress()["left"], queries.progress()["total"]) == (1, 1)


def test_a_page_that_moved_to_the_start_page_is_told_apart() -> None:
    assert WebLink(url=f"{A}tief/seite", target=A).leads_home
    assert not WebLink(url=f"{A}tief/seite", target=f"{A}neu/seite").leads_home
    assert not WebLink(url=A, target="https://b.example/").leads_home


@pytest.mark.django_db(transaction=True)
def test_what_an_editor_mends_by_hand_leaves_the_list_at_once(
    client: Client, server: WebServer  # noqa: F811
) -> None:  # fmt: skip
    server.answers["/neu"] = answer(b"da")
    item = LibraryItemFactory(link=server.url("/weg"))
    collecting.collect()
    WebLink.objects.update(state=State.BROKEN)
    item.link = server.url("/neu")
    item.save_revision().publish()
    assert list(WebLink.objects.values_list("url", "state")) == [(server.url("/neu"), State.FINE)]


def test_a_link_that_goes_while_it_is_asked_stops_nothing(server: WebServer) -> None:  # noqa: F811
    item = LibraryItemFactory(link=server.url("/a"))
    LibraryItemFactory(link=server.url("/b"))
    collecting.collect()
    links = list(WebLink.objects.order_by("url"))
    item.link = ""
    item.save()
    collecting.collect()
    checking.check(links)
    assert list(WebLink.objects.values_list("url", "failures")) == [(server.url("/b"), 1)]
