"""Feeds, sitemap and what search engines read: the same public things, nothing else."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from akademie.api.queries import collections
from akademie.api.tests.conftest import SECRET
from akademie.api.views import crawlers
from akademie.practices.tests.factories import PracticeCaseFactory
from akademie.towns.tests.factories import TownFactory

SITE = "http://127.0.0.1:8000"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FEEDS = ("/praxis/feed/", "/bibliothek/feed/", "/formate/feed/", "/aktuelles/feed/", "/staedte/feed/",
         "/themen/leerstand/feed/")  # fmt: skip


def feed(client: Client, path: str) -> ElementTree.Element:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(answer.content)


def titles(client: Client, path: str) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in feed(client, path).iter(f"{ATOM}entry")]


@pytest.mark.parametrize("path", FEEDS)
def test_feeds_are_complete_and_tell_no_secret(client: Client, things: dict[str, Any], path: str) -> None:
    things["format"].first_published_at = datetime(2026, 5, 1, tzinfo=UTC)
    things["format"].save()
    things["news"].save_revision().publish()
    found = feed(client, path)
    for demanded in ("title", "id", "updated"):
        assert found.findtext(f"{ATOM}{demanded}"), demanded
    links = {link.get("rel"): link.get("href") for link in found.findall(f"{ATOM}link")}
    assert links["self"] == f"{SITE}{path}"
    entries = list(found.iter(f"{ATOM}entry"))
    assert entries != []
    for entry in entries:
        for demanded in ("title", "id", "updated"):
            assert entry.findtext(f"{ATOM}{demanded}"), demanded
        address = entry.find(f"{ATOM}link")
        assert address is not None
        assert client.get(str(address.get("href")).removeprefix(SITE)).status_code == 200
    assert SECRET not in ElementTree.tostring(found, "unicode")


def test_feeds_keep_the_filters_of_their_list(client: Client, things: dict[str, Any]) -> None:
    bavarian = TownFactory(ags="09189114", state="Bayern")
    PracticeCaseFactory(title="Bei den Bayern", towns=[bavarian], first_published_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert titles(client, "/praxis/feed/") == ["Für alle", "Bei den Bayern"]  # the newest first
    assert titles(client, "/praxis/feed/?land=Bayern") == ["Bei den Bayern"]
    assert titles(client, "/staedte/feed/?land=Bayern") == ["Bei den Bayern"]
    assert titles(client, "/praxis/feed/?thema=leerstand") == ["Für alle"]
    narrowed = feed(client, "/praxis/feed/?land=Bayern")
    assert narrowed.findtext(f"{ATOM}title") == "Praxisbeispiele: Bayern – Kleinstadtakademie"
    page = client.get("/praxis/?land=Bayern").content.decode()
    assert (
        '<link rel="alternate" type="application/atom+xml" title="Praxisbeispiele" href="/praxis/feed/?land=Bayern">'
        in page
    )
    assert '<a href="/praxis/feed/?land=Bayern">als Feed abonnieren</a>' in page


def test_a_feed_of_a_topic_takes_all_kinds(client: Client, things: dict[str, Any]) -> None:
    entries = list(feed(client, "/themen/leerstand/feed/").iter(f"{ATOM}entry"))
    kinds = {str(entry.findtext(f"{ATOM}id")).removeprefix(SITE).split("/")[1] for entry in entries}
    assert kinds == {"praxis", "bibliothek", "veranstaltungen"}
    assert client.get("/themen/quatsch/feed/").status_code == 404


def test_a_feed_costs_the_same_for_three(client: Client, db: None, queries: Callable[[Callable[[], Any]], int]) -> None:
    PracticeCaseFactory(towns=[TownFactory()])
    client.get("/praxis/feed/")  # the first page of all writes the settings
    one = queries(lambda: client.get("/praxis/feed/"))
    PracticeCaseFactory(towns=[TownFactory()]), PracticeCaseFactory(towns=[TownFactory()])
    assert queries(lambda: client.get("/praxis/feed/")) == one


def addresses(client: Client, path: str) -> list[str]:
    text = b"".join(client.get(path).streaming_content)
    return [str(loc.text).removeprefix(SITE) for loc in ElementTree.fromstring(text).iter(f"{MAP}loc")]


def test_the_sitemap_names_every_public_page_once(client: Client, things: dict[str, Any]) -> None:
    found = addresses(client, "/sitemap.xml")
    assert len(found) == len(set(found))
    for path in ("/", "/praxis/", "/praxis/offen/", "/bibliothek/offen/", "/formate/offen/", "/aktuelles/offen/",
                 "/staedte/12070296/", "/themen/leerstand/", "/impressum/", "/daten/"):  # fmt: skip
        assert path in found
    assert [path for path in found if "geheim" in path] == []
    assert [path for path in found if client.get(path).status_code != 200] == []


def test_crawlers_are_asked_to_read_what_the_sitemap_names_and_no_forms(client: Client, things: dict[str, Any]) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert (lines[0], lines[-1]) == ("User-agent: *", f"Sitemap: {SITE}/sitemap.xml")
    rules = [(word, path) for word, _colon, path in (line.partition(": ") for line in lines[1:-2])]

    def is_open(address: str) -> bool:
        """As RFC 9309 has it: the longest rule that fits decides."""
        fitting = [(len(path), word) for word, path in rules if re.match(re.escape(path).replace(r"\*", ".*"), address)]
        return max(fitting, default=(0, "Allow"))[1] == "Allow"

    assert [path for path in addresses(client, "/sitemap.xml") if not is_open(path)] == []
    for path in ("/konto/", "/inhalt-melden/?seite=/praxis/", "/suche/?q=x", "/praxis/?land=Bayern&seite=2",
                 "/api/v1/praxis/"):  # fmt: skip
        assert not is_open(path), path
    for path in ("/daten/praxis.csv", "/static/core/css/academy.css", "/praxis/feed/", "/api/v1/docs"):
        assert is_open(path), path


def test_a_large_sitemap_is_an_index(client: Client, things: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = addresses(client, "/sitemap.xml")
    monkeypatch.setattr(crawlers, "PER_FILE", 10)
    index = ElementTree.fromstring(client.get("/sitemap.xml", headers={"if-none-match": ""}).content)
    files = [str(loc.text).removeprefix(SITE) for loc in index.iter(f"{MAP}loc")]
    assert len(files) > 1
    assert [path for file in files for path in addresses(client, file)] == whole
    for beyond in ("/sitemap-0.xml", "/sitemap-99.xml"):
        assert client.get(beyond).status_code == 404


# -- what those see who share a page -----------------------------------------------------------------------------------
def test_pages_have_a_preview_for_those_who_share_them(client: Client, things: dict[str, Any]) -> None:
    things["case"].title = 'Ein „Titel" & mehr'
    things["case"].save()
    page = client.get("/praxis/offen/").content.decode()
    meta = dict(re.findall(r'<meta property="(og:[\w:]+)" content="(.*?)">', page))
    assert meta == {
        "og:site_name": "Kleinstadtakademie",
        "og:title": "Ein „Titel&quot; &amp; mehr",
        "og:description": "Die Stadt hat das leere Kaufhaus gekauft.",
        "og:type": "website",
        "og:locale": "de_DE",
        "og:url": f"{SITE}/praxis/offen/",
        "og:image": f"{SITE}/static/core/img/preview.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Gezeichnete Häuser und Türme einer kleinen Stadt",
    }
    picture = finders.find("core/img/preview.png")
    assert picture is not None
    with Image.open(picture) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
    assert "<title>Ein „Titel&quot; &amp; mehr – Kleinstadtakademie</title>" in page
    assert len(re.findall('<meta name="description"', page)) == 1


def test_a_shared_list_keeps_its_filters(client: Client, things: dict[str, Any]) -> None:
    page = client.get("/praxis/?land=Bayern&sortieren=titel").content.decode()
    assert f'<meta property="og:url" content="{SITE}/praxis/?land=Bayern&amp;sortieren=titel">' in page


def test_every_kind_of_public_thing_is_a_collection() -> None:
    assert set(collections()) >= {"praxis", "bibliothek", "formate", "staedte", "themen", "aktuelles", "seiten"}
