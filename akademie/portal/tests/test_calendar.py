"""The calendar of all areas: months, filters, the file, the next dates on the start page."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar

from akademie.events.tests.factories import EventFactory, EventTypeFactory
from akademie.topics.tests.factories import TopicFactory
from akademie.towns.tests.factories import TownFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("january")]
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def january():
    with time_machine.travel("2027-01-10 12:00 +0100", tick=False) as clock:
        yield clock


def make(slug: str, day: int, month: int = 1, hours: float = 2, **more: object):
    starts = datetime(2027, month, day, 10, tzinfo=BERLIN)
    return EventFactory(slug=slug, title=slug, starts_at=starts, ends_at=starts + timedelta(hours=hours), **more)


def listed(client, query: str = "") -> list[str]:
    page = client.get(f"/kalender/{query}").content.decode().partition('<ol class="ak-dates">')[2]
    return re.findall('<a href="/veranstaltungen/([^/]*)/">', page.partition("</ol>")[0])


def days_of(client, slug: str) -> list[str]:
    table = re.search('<table class="ak-month">.*?</table>', client.get("/kalender/").content.decode(), re.DOTALL)[0]
    fields = re.findall(r"<td[^>]*>(.*?)</td>", table, re.DOTALL)
    return [re.search(r"(\d+)", field)[1] for field in fields if f"/veranstaltungen/{slug}/" in field]


def test_a_month_has_its_days_and_dates(client):
    make("eines", 14)
    make("drei-tage", 30, hours=60)
    make("bis-mitternacht", 20, hours=14)
    make("februar", 10, month=2)
    EventFactory(draft=True, starts_at=datetime(2027, 1, 15, 9, tzinfo=BERLIN))
    assert listed(client) == ["eines", "bis-mitternacht", "drei-tage"]
    assert listed(client, "?monat=2027-02") == ["drei-tage", "februar"]
    assert (days_of(client, "eines"), days_of(client, "bis-mitternacht")) == (["14"], ["20"])
    assert days_of(client, "drei-tage") == ["30", "31"]
    page = client.get("/kalender/").content.decode()
    assert re.search(r'aria-current="date"><span class="ak-month__day">(\d+)', page)[1] == "10"
    assert re.findall(r'rel="(?:prev|next)" href="/kalender/\?monat=([\d-]+)"', page) == ["2026-12", "2027-02"]


@pytest.mark.parametrize("asked", ["2027-13", "2027-00", "1999-01", "2031-01", "januar", "२०२७-०१", "2027-1"])
def test_a_month_out_of_reach_is_answered(client, asked):
    answer = client.get("/kalender/", {"monat": asked})
    page = answer.content.decode()
    assert (answer.status_code, f"Den Monat „{asked}“ zeigt der Kalender nicht" in page) == (200, True)
    assert '<h2 id="monat">Januar 2027</h2>' in page


def test_filters_hold_in_links_and_in_the_file(client):
    topic, town = TopicFactory(slug="leerstand"), TownFactory(state="Bayern")
    make("beides", 14, about=[topic], town=town)
    make("nur-land", 15, town=town)
    make("tagung", 16, kind=EventTypeFactory(slug="tagung"), mode="praesenz")
    query = "?thema=leerstand&land=Bayern"
    assert listed(client, query) == ["beides"]
    assert listed(client, "?art=tagung&art=webinar&durchfuehrung=praesenz") == ["tagung"]
    assert listed(client, "?land=Atlantis") == []
    page = client.get(f"/kalender/{query}").content.decode()
    kept = query.replace("&", "&amp;")
    assert page.count(f"/kalender.ics{kept}") == 3
    assert f"/kalender/{kept}&amp;monat=2027-02" in page
    file = client.get(f"/kalender.ics{query}")
    assert [str(one["summary"]) for one in Calendar.from_ical(file.content).events] == ["beides"]
    assert client.get(f"/kalender.ics{query}", HTTP_IF_NONE_MATCH=file["ETag"]).status_code == 304
    make("neu", 17)
    assert client.get(f"/kalender.ics{query}", HTTP_IF_NONE_MATCH=file["ETag"]).status_code == 200


def test_more_dates_cost_no_more_queries(client, queries):
    make("eines", 14)
    one = queries(lambda: client.get("/kalender/"))
    for day in range(15, 20):
        make(f"tag-{day}", day, about=[TopicFactory()], town=TownFactory())
    assert (queries(lambda: client.get("/kalender/")), one) == (3, 3)


def test_the_start_page_shows_the_next_three_by_the_clock(client, january):
    assert "Was als Nächstes ansteht" not in client.get("/").content.decode()
    for day in (11, 12, 13, 14):
        make(f"tag-{day}", day)
    make("faellt-aus", 11, cancelled=True)

    def shown() -> list[str]:
        return re.findall('<h3><a href="/veranstaltungen/([^/]*)/">', client.get("/").content.decode())

    assert shown() == ["tag-11", "tag-12", "tag-13"]
    january.shift(timedelta(days=1, hours=1))
    assert shown() == ["tag-12", "tag-13", "tag-14"]
