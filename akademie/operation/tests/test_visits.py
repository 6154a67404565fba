"""Visits: who is counted, how counts of several processes add up, what is forgotten, what the office sees."""

import threading
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connections
from django.test import Client, RequestFactory
from django.utils import timezone

from akademie.operation import visits
from akademie.operation.actions import visits as actions
from akademie.operation.models import DailySalt, PageCount, ReferrerCount, VisitDay, VisitorMark

PAGE = "/geschaeftsstelle/betrieb/zugriffe/"
FIREFOX = {
    "HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "HTTP_ACCEPT_LANGUAGE": "de",
}
DAY = date(2027, 3, 10)


@pytest.fixture
def collector(monkeypatch):
    """A collector that writes when it is told to: a thread of its own could not see what a test has not committed."""

    class Slow(visits.Collector):
        def flush(self) -> None:
            for day, batch in self._take().items():
                actions.add_visits(day, batch.pages, batch.referrers, batch.visitors)

        def _write(self) -> None:
            """Leave all to flush."""

    found = Slow()
    monkeypatch.setattr("akademie.operation.middleware.collector", found)
    return found


@pytest.fixture
def read(collector):
    """A function that opens an address and returns what was counted."""

    def open_page(path: str = "/anmelden/", method: str = "get", **more: str) -> dict[str, int]:
        getattr(Client(), method)(path, **{**FIREFOX, **more})
        before = dict(PageCount.objects.values_list("path", "views"))
        collector.flush()
        after = dict(PageCount.objects.values_list("path", "views"))
        return {path: views - before.get(path, 0) for path, views in after.items() if views != before.get(path)}

    return open_page


def counts() -> dict[tuple[str, str], int]:
    return {(row.area, row.path): row.views for row in PageCount.objects.all()}


@pytest.mark.django_db
def test_a_page_is_counted_by_its_path_alone(read):
    assert read("/anmelden/?next=/konto/&q=geheim") == {"/anmelden/": 1}
    assert (VisitDay.objects.get().views, VisitDay.objects.get().visitors) == (1, 1)


@pytest.mark.django_db
def test_a_secret_link_is_not_kept(read, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/anmelden/", {"email": "paula@stadt.example"})
    (link,) = [word for word in mailoutbox[0].body.split() if "/anmelden/" in word]
    path = "/" + link.split("/", 3)[3]
    assert Client().get(path).status_code == 200
    assert read(path) == {"/anmelden/": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "more",
    [
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"HTTP_USER_AGENT": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2) Chrome/120"},
        {"HTTP_USER_AGENT": "curl/8.5.0"},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_ACCEPT_LANGUAGE": ""},
        {"HTTP_DNT": "1"},
        {"HTTP_SEC_GPC": "1"},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_SEC_FETCH_DEST": "empty"},
        {"HTTP_HX_REQUEST": "true"},
        {"method": "head"},
        {"method": "post"},
        {"path": "/gibt-es-nicht/"},
        {"path": "/abmelden/"},
        {"path": "/gesundheit/"},
        {"path": "/geschaeftsstelle/betrieb/"},
    ],
    ids=str,
)
def test_what_no_person_reads_is_not_counted(read, more):
    assert read(**more) == {}
    assert read() == {"/anmelden/": 1}


@pytest.mark.django_db
def test_the_office_is_not_counted_and_participants_are(collector, editor, participant):
    for person, views in ((editor, 0), (participant, 1)):
        client = Client()
        client.force_login(person)
        client.get("/bausteine/", **FIREFOX)
        collector.flush()
        assert sum(VisitDay.objects.values_list("views", flat=True)) == views


@pytest.mark.django_db
def test_a_visitor_is_one_address_with_one_browser_on_one_day(read):
    other = {"HTTP_USER_AGENT": FIREFOX["HTTP_USER_AGENT"].replace("128", "129")}
    with time_machine.travel("2027-03-10 12:00 +0100", tick=False):
        for more in ({}, {}, other, {"REMOTE_ADDR": "10.0.0.2"}):
            read(**more)
    assert VisitDay.objects.get(day=DAY).visitors == 3
    with time_machine.travel("2027-03-11 12:00 +0100", tick=False):
        read()
    assert dict(VisitDay.objects.values_list("day", "visitors")) == {DAY: 3, DAY + timedelta(days=1): 1}


@pytest.mark.django_db
def test_after_midnight_nothing_tells_visitors_apart(collector):
    with time_machine.travel("2027-03-10 23:59:55 +0100", tick=False):
        Client().get("/anmelden/", **FIREFOX)
        collector.flush()
        marks = set(VisitorMark.objects.values_list("mark", flat=True))
        Client().get("/anmelden/", **FIREFOX)
    with time_machine.travel("2027-03-11 00:00:05 +0100", tick=False):
        collector.flush()  # what was read before midnight and is written after it
        assert (VisitDay.objects.get(day=DAY).views, VisitDay.objects.get(day=DAY).visitors) == (2, 1)
        actions.tidy_visits.enqueue()
        assert (DailySalt.objects.count(), VisitorMark.objects.count()) == (0, 0)
        Client().get("/anmelden/", **FIREFOX)
        collector.flush()
        assert marks.isdisjoint(VisitorMark.objects.values_list("mark", flat=True))


@pytest.mark.django_db
def test_the_address_is_nowhere(read):
    read(REMOTE_ADDR="203.0.113.77", HTTP_REFERER="https://203.0.113.99/x")
    for model in (VisitDay, PageCount, ReferrerCount, DailySalt, VisitorMark):
        for row in model.objects.values():
            assert "203.0.113" not in repr(row)
    assert ReferrerCount.objects.count() == 0


@pytest.mark.parametrize(
    ("referer", "host"),
    [
        ("https://www.kleinstadt.example/rathaus?geheim=1", "kleinstadt.example"),
        ("https://suche.example", "suche.example"),
        ("http://testserver/bibliothek/", ""),
        ("https://[::1]/", ""),
        ("https://127.0.0.1/", ""),
        ("https://localhost/", ""),
        ("android-app://com.example.app/", "com.example.app"),
        ("https://<script>.example/", ""),
        ("http://[kaputt", ""),
        ("", ""),
    ],
)
def test_of_where_somebody_comes_from_only_the_host_is_kept(referer, host):
    assert visits.referrer_of(RequestFactory().get("/", HTTP_REFERER=referer)) == host


# -- adding up --------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_pages_beyond_the_most_are_added_up_by_area(monkeypatch):
    monkeypatch.setattr(actions, "MOST_PAGES", 2)
    pages = {("praxis", f"/praxis/{number}/"): 1 for number in range(4)}
    for _ in range(2):
        actions.add_visits(DAY, pages, {}, [])
    assert counts() == {
        ("praxis", "/praxis/0/"): 2, ("praxis", "/praxis/1/"): 2, ("praxis", ""): 4,
    }  # fmt: skip
    assert VisitDay.objects.get().views == 8


@pytest.mark.django_db
def test_a_day_that_is_over_keeps_its_most_read_pages(monkeypatch):
    monkeypatch.setattr(actions, "KEPT_PAGES", 1)
    pages = {("praxis", "/praxis/a/"): 5, ("praxis", "/praxis/b/"): 2, ("praxis", "/praxis/c/"): 1, ("", "/"): 3}
    actions.add_visits(DAY, pages, {"a.example": 2, "b.example": 1}, [])
    for _ in range(2):
        actions.fold(DAY)
    assert counts() == {("praxis", "/praxis/a/"): 5, ("praxis", ""): 3, ("", ""): 3}
    assert dict(ReferrerCount.objects.values_list("host", "views")) == {"a.example": 2, "": 1}


@pytest.mark.django_db
def test_counts_are_kept_for_25_months():
    with time_machine.travel("2027-03-10 03:00 +0100", tick=False):
        assert actions.first_kept_day(DAY) == date(2025, 2, 1)
        for day in (date(2025, 1, 31), date(2025, 2, 1)):
            actions.add_visits(day, {("", "/"): 1}, {"a.example": 1}, [])
        actions.forget_days(actions.old_days())
    for model in (VisitDay, PageCount, ReferrerCount):
        assert list(model.objects.values_list("day", flat=True)) == [date(2025, 2, 1)]


@pytest.mark.django_db(transaction=True)
def test_processes_that_write_at_once_add_up():
    def write(number: int) -> None:
        try:
            for turn in range(5):
                pages = {("", "/"): 1, ("praxis", f"/praxis/{turn}/"): 1}
                actions.add_visits(timezone.localdate(), pages, {"a.example": 1}, [f"shared{turn}", f"{number}{turn}"])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts() == {("", "/"): 20, **{("praxis", f"/praxis/{turn}/"): 4 for turn in range(5)}}
    assert (VisitDay.objects.get().views, VisitDay.objects.get().visitors) == (40, 5 + 20)
    assert ReferrerCount.objects.get().views == 20


@pytest.mark.django_db(transaction=True)
def test_the_thread_writes_what_waits_and_ends():
    collector = visits.Collector()
    for _ in range(3):
        request = RequestFactory().get("/praxis/", **FIREFOX)
        request.resolver_match = None
        collector.count(request)
    writer = collector._writer
    assert VisitDay.objects.count() == 0
    collector.flush()
    assert not writer.is_alive()
    assert VisitDay.objects.get().views == 3
    collector.flush()  # nothing waits
    assert VisitDay.objects.get().views == 3


# -- the office's page ------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_office_sees_charts_pages_and_sites(client, editor):
    client.force_login(editor)
    assert "Noch keine Zugriffe" in client.get(PAGE).content.decode()
    today = timezone.localdate()
    actions.add_visits(today, {("anmelden", "/anmelden/"): 1200, ("", "/"): 1}, {"a.example": 2}, ["x"])
    actions.add_visits(today - timedelta(days=40), {("anmelden", "/anmelden/"): 3}, {}, [])
    page = client.get(PAGE).content.decode()
    assert "1.201 Seitenaufrufe bei 1 Besuch." in page
    assert page.count('<figure class="ak-chart">') == 2
    assert '<a href="/anmelden/">/anmelden/</a></th><td class="ak-number">1.200</td>' in page
    assert '<th scope="row">a.example</th><td class="ak-number">2</td>' in page
    assert "1.204 Seitenaufrufe" in client.get(f"{PAGE}?zeitraum=monate").content.decode()


@pytest.mark.django_db
def test_many_pages_cost_as_many_queries_as_one(client, editor, queries):
    client.force_login(editor)
    actions.add_visits(timezone.localdate(), {("praxis", "/praxis/"): 1}, {"a.example": 1}, [])
    one = queries(lambda: client.get(PAGE))
    actions.add_visits(
        timezone.localdate(),
        {("praxis", f"/praxis/{n}/"): 1 for n in range(9)},
        {f"{n}.example": 1 for n in range(3)},
        [],
    )
    assert queries(lambda: client.get(PAGE)) == one
