"""Events for everyone: the list by time and facet, one event, calendars and feeds, the clock."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from akademie.core import stamps
from akademie.events.actions.clock import keep_time
from akademie.events.models import Event, Recap
from akademie.events.queries import KIND, rows
from akademie.events.tests.factories import EventFactory, EventTypeFactory
from akademie.search import queries as search
from akademie.search.actions import rebuild_index
from akademie.topics.tests.factories import TopicFactory
from akademie.towns.tests.factories import TownFactory

pytestmark = pytest.mark.django_db
LIST = "/veranstaltungen/"
NOW = "2027-01-10 12:00 +0100"


def at(days: float) -> object:
    return timezone.now() + timedelta(days=days)


def listed(client: Client, query: str = "", url: str = LIST) -> list[str]:
    page = client.get(f"{url}{query}").content.decode()
    return re.findall(r'<h3><a href="/veranstaltungen/([^/]*)/">', page)


def in_calendar(client: Client, query: str = "") -> list[str]:
    written = client.get(f"/veranstaltungen.ics{query}").content
    return [str(event["url"]).rstrip("/").rpartition("/")[2] for event in Calendar.from_ical(written).events]


@time_machine.travel(NOW, tick=False)
def test_the_list_goes_by_time(client):
    for slug, days in (("spaeter", 40), ("bald", 3), ("gestern", -1), ("frueher", -60)):
        EventFactory(slug=slug, starts_at=at(days))
    EventFactory(draft=True, slug="entwurf")
    EventFactory(slug="noch-nicht", publish_at=at(1))
    assert listed(client) == ["bald", "spaeter"]
    assert listed(client, "?zeit=vergangene") == ["gestern", "frueher"]
    assert listed(client, "?zeit=alle") == ["frueher", "gestern", "bald", "spaeter"]
    assert listed(client, "?zeit=2027-01") == ["gestern", "bald"]
    assert listed(client, "?zeit=2027-13") == ["bald", "spaeter"]
    assert "„2027-13“ kennen wir nicht" in client.get(f"{LIST}?zeit=2027-13").content.decode()


@time_machine.travel(NOW, tick=False)
def test_filters_hold_in_list_calendar_and_feed(client):
    leerstand, town = TopicFactory(slug="leerstand"), TownFactory(state="Bayern")
    EventFactory(slug="beides", about=[leerstand], town=town)
    EventFactory(slug="nur-land", town=town)
    EventFactory(slug="vor-ort", about=[leerstand], town=town, mode="praesenz", kind=EventTypeFactory(slug="tagung"))
    EventFactory(slug="frueher", about=[leerstand], town=town, starts_at=at(-30))
    query = "?thema=leerstand&durchfuehrung=digital&land=Bayern"
    assert listed(client, query) == ["beides"]
    assert in_calendar(client, query) == ["frueher", "beides"]
    feed = client.get(f"{LIST}feed/{query}").content.decode()
    assert set(re.findall(r"<id>\S*/veranstaltungen/([a-z-]+)/</id>", feed)) == {"beides", "frueher"}
    page = client.get(f"{LIST}{query}").content.decode()
    kept = query.replace("&", "&amp;")
    assert f"/veranstaltungen.ics{kept}" in page
    assert f"{LIST}feed/{kept}" in page
    assert listed(client, "?art=tagung") == ["vor-ort"]
    assert listed(client, "?art=tagung&durchfuehrung=digital") == []


def test_three_rows_cost_as_many_queries_as_one(client, queries):
    EventFactory()
    one = queries(lambda: client.get(LIST))
    EventFactory.create_batch(2, town=TownFactory())
    assert (queries(lambda: client.get(LIST)), one) == (2, 2)


def test_an_empty_list_says_what_to_do(client):
    assert "Im Augenblick ist nichts angekündigt" in client.get(LIST).content.decode()
    EventFactory(mode="digital")
    assert listed(client, "?durchfuehrung=digital&zeit=vergangene") == []
    assert "Zu dieser Auswahl" in client.get(f"{LIST}?durchfuehrung=digital&zeit=vergangene").content.decode()


# -- one event --------------------------------------------------------------------------------------------------------
@time_machine.travel(NOW, tick=False)
def test_the_page_says_when_where_and_who(client):
    town = TownFactory(name="Perleberg", state="Brandenburg")
    event = EventFactory(
        slug="markt", title="Markt & Leben", mode="hybrid", place="Rathaus", town=town, capacity=12,
        starts_at=at(4), contact_name="Paula Perle", contact_email="paula@stadt.example", contact_phone="03876 12 34",
        programme=[("Begrüßung", 15), ("Drei Beispiele", 45)],
    )  # fmt: skip
    page = client.get(event.get_absolute_url()).content.decode()
    for words in (
        "Donnerstag, 14. Januar 2027, 12:00 bis 14:00 Uhr", "Rathaus und online", "Paula Perle", "tel:038761234",
        '<span class="ak-agenda__time">12:15</span> <span>Drei Beispiele', f'href="/staedte/{town.pk}/"',
    ):  # fmt: skip
        assert words in page
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert (told["@type"], told["name"], told["startDate"]) == ("Event", "Markt & Leben", "2027-01-14T12:00:00+01:00")
    assert told["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in told["location"]] == ["Place", "VirtualLocation"]


def test_a_draft_is_seen_by_its_host_and_the_office_only(client, participant, editor):
    event = EventFactory(draft=True, owner=participant)
    other = EventFactory(draft=True)
    for url in (event.get_absolute_url(), f"{event.get_absolute_url()[:-1]}.ics"):
        assert client.get(url).status_code == 404
        client.force_login(participant)
        assert client.get(url).status_code == 200
        assert client.get(url.replace(event.slug, other.slug)).status_code == 404
        client.force_login(editor)
        assert client.get(url).status_code == 200
        client.logout()


def test_what_is_called_off_or_over_says_so(client):
    off = client.get(EventFactory(cancelled=True).get_absolute_url()).content.decode()
    assert "Diese Veranstaltung ist abgesagt" in off
    assert "Zu kalt im Saal." in off
    assert "https://schema.org/EventCancelled" in off
    event = EventFactory(over=True)
    Recap.objects.create(event=event, learnings=["Klein anfangen"], published_at=timezone.now())
    over = client.get(event.get_absolute_url()).content.decode()
    assert "Diese Veranstaltung ist vorbei" in over
    assert "Klein anfangen" in over
    assert "In den Kalender eintragen" not in over


# -- calendars --------------------------------------------------------------------------------------------------------
def test_a_moved_event_stays_the_same_date_in_calendars(client):
    event = EventFactory(cancelled=True, sequence=4, place="Markt 1", mode="praesenz")
    (one,) = Calendar.from_ical(client.get(f"/veranstaltungen/{event.slug}.ics").content).events
    assert str(one["uid"]).partition("@")[0] == f"event-{event.uid}"
    assert (int(one["sequence"]), str(one["status"]), str(one["location"])) == (4, "CANCELLED", "vor Ort, Markt 1")
    assert [str(word) for word in one["categories"].cats] == ["Webinar"]


def test_the_calendar_is_not_sent_again_while_it_is_the_same(client, queries):
    with time_machine.travel(NOW, tick=False) as clock:
        event = EventFactory(starts_at=at(2))
        EventFactory(slug="lange-her", starts_at=at(-400))
        clock.shift(60)
        answer = client.get("/veranstaltungen.ics")
        assert in_calendar(client) == [event.slug]
        headers = {"HTTP_IF_NONE_MATCH": answer["ETag"]}
        assert client.get("/veranstaltungen.ics", **headers).status_code == 304
        since = {"HTTP_IF_MODIFIED_SINCE": answer["Last-Modified"]}
        assert client.get("/veranstaltungen.ics", **since).status_code == 304
        event.sequence += 1
        event.save()
        assert client.get("/veranstaltungen.ics", **headers).status_code == 200


# -- the clock --------------------------------------------------------------------------------------------------------
def test_the_clock_shows_and_ends_events_by_itself(client):
    with time_machine.travel(NOW, tick=False) as clock:
        EventFactory(slug="bald", starts_at=at(1))
        EventFactory(slug="noch-nicht", starts_at=at(5), publish_at=at(0.5), published_at=at(0.5))
        late = "/veranstaltungen/noch-nicht/"
        assert (listed(client), in_calendar(client), client.get(late).status_code) == (["bald"], ["bald"], 404)
        assert "noch-nicht" not in client.get("/api/v1/veranstaltungen/").content.decode()
        clock.shift(timedelta(hours=13))
        assert listed(client) == ["bald", "noch-nicht"]
        assert in_calendar(client) == ["bald", "noch-nicht"]
        assert client.get(late).status_code == 200
        clock.shift(timedelta(hours=13.5))
        assert listed(client) == ["noch-nicht"]
        assert listed(client, "?zeit=vergangene") == ["bald"]


def test_what_is_kept_hears_of_the_time(django_capture_on_commit_callbacks):
    with time_machine.travel(NOW, tick=False) as clock:
        event = EventFactory(publish_at=at(0.5), starts_at=at(2))
        before = stamps.current()[KIND]
        keep_time.func()
        assert stamps.current()[KIND] == before
        clock.shift(timedelta(hours=13))
        keep_time.func()
        out = stamps.current()[KIND]
        event.refresh_from_db()
        assert (out == before, event.publish_at, event.published_at) == (False, None, at(-1 / 24))
        keep_time.func()
        assert stamps.current()[KIND] == out
        clock.shift(timedelta(days=2))
        keep_time.func()
        assert stamps.current()[KIND] != out
        assert Event.objects.public().upcoming().count() == 0


def test_search_finds_what_is_to_come_first(client, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    search.engine.cache_clear()
    EventFactory(slug="frueher", title="Bürgerbus fährt", over=True)
    EventFactory(slug="bald", title="Bürgerbus fährt")
    EventFactory(slug="entwurf", title="Bürgerbus fährt", draft=True)
    EventFactory(slug="spaeter-da", title="Bürgerbus fährt", publish_at=at(1))
    rebuild_index(search.engine())
    page = client.get("/suche/?q=Bürgerbus&art=veranstaltungen").content.decode()
    search.engine().close()
    assert re.findall(r'href="/veranstaltungen/([a-z-]+)/"', page) == ["bald", "frueher"]


def test_rows_come_in_the_order_asked_for():
    first, second = EventFactory(), EventFactory()
    assert [row.pk for row in rows([second.pk, 0, first.pk])] == [second.pk, first.pk]
