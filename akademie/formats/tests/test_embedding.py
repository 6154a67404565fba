"""A format on other websites: frame, script-free copy, oEmbed. None of them looks at a session."""

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from html import unescape
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from akademie.accounts.models import User
from akademie.core.embedding import at_address, oembed_address
from akademie.formats.models import FormatProfile
from akademie.formats.tests.factories import FormatProfileFactory

pytestmark = pytest.mark.django_db
FRAME, COPY, HOW = "/einbetten/formate/forum/", "/formate/forum/einbetten.html", "/formate/forum/einbetten/"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"


@pytest.fixture
def forum() -> FormatProfile:
    return FormatProfileFactory(
        slug="forum", name="Forum <für> alle", purpose="Reden & hören.", target_groups=["Verwaltung"],
        steps=[("Ankommen", 5), ("Vorab sammeln", 0)],
    )  # fmt: skip


def asked(client: Client, address: str, **query: str) -> tuple[int, str]:
    response = client.get("/oembed/", {"url": address, **query})
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("address", [FRAME, COPY])
def test_what_others_show_may_be_framed_and_sets_no_cookie(
    client: Client, forum: FormatProfile, editor: User, address: str
) -> None:
    client.force_login(editor)
    before = list(Session.objects.values())
    response = client.get(address)
    assert response["Content-Security-Policy"] == POLICY
    assert "X-Frame-Options" not in response
    assert response.cookies == {}
    assert "cookie" not in response.get("Vary", "").lower()
    assert response["Cache-Control"] == "public, max-age=300"
    assert list(Session.objects.values()) == before
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", ["/formate/forum/", HOW, "/", "/oembed/"])
def test_every_other_page_refuses_to_be_framed(client: Client, forum: FormatProfile, address: str) -> None:
    response = client.get(address)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_a_guest_costs_the_frame_no_query_for_a_session(
    client: Client, forum: FormatProfile, queries: Callable
) -> None:
    assert queries(lambda: client.get(FRAME)) == 1  # the stamps


def test_frame_says_what_it_is_where_it_comes_from_and_what_one_may_do(client: Client, forum: FormatProfile) -> None:
    text = " ".join(re.sub(r"<[^>]+>", " ", client.get(FRAME).content.decode()).split())
    text = unescape(text)
    for part in (
        "Format · Lernen Forum <für> alle Reden & hören.",
        "So läuft es Ankommen (5 Min.) Vorab sammeln (ohne feste Zeit)",
        "Zielgruppen Verwaltung", "Quelle: Kleinstadtakademie", "Lizenz: Datenlizenz Deutschland – Namensnennung",
    ):  # fmt: skip
        assert part in text


def test_links_of_the_frame_leave_it_and_those_of_the_copy_stay(client: Client, forum: FormatProfile) -> None:
    links = re.findall(r"<a [^>]+>", client.get(FRAME).content.decode())
    assert [link for link in links if 'target="_blank" rel="noopener"' not in link] == []
    copy = client.get(COPY).content.decode()
    assert [word for word in ("target=", "style", "class=", "script") if word in copy] == []
    assert f'<a href="{settings.SITE_URL}/formate/forum/">' in copy


def test_page_gives_both_codes_to_copy(client: Client, forum: FormatProfile) -> None:
    frame, copy = (
        unescape(text)
        for text in re.findall(r"<textarea[^>]*>(.*?)</textarea>", client.get(HOW).content.decode(), re.S)
    )
    assert frame == (
        f'<iframe src="{settings.SITE_URL}{FRAME}" title="Forum &lt;für&gt; alle – Kleinstadtakademie" width="600" '
        'height="640" loading="lazy"></iframe>'
    )
    article = re.search(r"<article.*</article>", client.get(COPY).content.decode(), re.S)
    assert article
    assert copy == re.sub(r"<(/?)h([12])>", lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}>", article[0])


def test_what_is_hidden_says_so_inside_the_frame(client: Client, forum: FormatProfile) -> None:
    first = client.get(FRAME)
    forum.unpublish()
    for address in (FRAME, COPY):
        response = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (response.status_code, response["Content-Security-Policy"]) == (404, POLICY)
        assert "Das gibt es nicht mehr" in response.content.decode()
    assert client.get(HOW).status_code == 404
    assert client.get("/praxis/forum/einbetten/").status_code == 404


# -- oEmbed ---------------------------------------------------------------------------------------------------------
def test_profile_tells_where_to_ask_for_oembed(client: Client, forum: FormatProfile) -> None:
    head = client.get("/formate/forum/").content.decode()
    (address,) = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', head)
    assert unescape(address) == oembed_address("/formate/forum/")
    told = client.get(unescape(address).removeprefix(settings.SITE_URL))
    assert told["Access-Control-Allow-Origin"] == "*"
    assert told.json() == {
        "version": "1.0", "type": "rich", "title": "Forum <für> alle", "provider_name": "Kleinstadtakademie",
        "provider_url": f"{settings.SITE_URL}/", "cache_age": 300, "width": 600, "height": 640,
        "html": f'<iframe src="{settings.SITE_URL}{FRAME}" title="Forum &lt;für&gt; alle – Kleinstadtakademie" '
        'width="600" height="640" loading="lazy"></iframe>',
    }  # fmt: skip


def test_oembed_keeps_to_the_size_of_its_host_and_speaks_xml(client: Client, forum: FormatProfile) -> None:
    here = f"{settings.SITE_URL}/formate/forum/"
    status, text = asked(client, here, format="xml", maxwidth="320", maxheight="9999")
    told = {one.tag: one.text for one in ElementTree.fromstring(text)}
    assert (status, told["type"], told["width"], told["height"]) == (200, "rich", "320", "640")
    assert 'width="320"' in (told["html"] or "")
    assert json.loads(asked(client, f"{settings.SITE_URL}{FRAME}?a=b#c")[1])["title"] == "Forum <für> alle"


@pytest.mark.parametrize(("query", "status"), [
    ({"format": "yaml"}, 501), ({"maxwidth": "breit"}, 400), ({"maxheight": "0"}, 400), ({"maxwidth": "9" * 5000}, 400),
    ({"maxwidth": "-5"}, 400), ({"maxwidth": "٣"}, 400),
])  # fmt: skip
def test_oembed_says_what_it_does_not_understand(
    client: Client, forum: FormatProfile, query: dict[str, str], status: int
) -> None:
    assert asked(client, f"{settings.SITE_URL}/formate/forum/", **query)[0] == status


@pytest.mark.parametrize("address", [
    "", "/formate/forum/", "https://anderswo.example/formate/forum/", "javascript:alert(1)",
    "//127.0.0.1:8000/formate/forum/",
    "http://[", f"{settings.SITE_URL}@anderswo.example/formate/forum/", f"{settings.SITE_URL}/formate/nichts/",
    f"{settings.SITE_URL}/formate/", f"{settings.SITE_URL}/formate/forum/steckbrief.pdf",
    f"{settings.SITE_URL}/konto/forum/",
    "x" * 4000,
])  # fmt: skip
def test_oembed_knows_only_our_own_pages(client: Client, forum: FormatProfile, address: str) -> None:
    assert asked(client, address)[0] == 404


def test_a_draft_is_not_embedded(client: Client) -> None:
    FormatProfileFactory(slug="geheim", draft=True)
    assert asked(client, f"{settings.SITE_URL}/formate/geheim/")[0] == 404
    assert client.get("/einbetten/formate/geheim/").status_code == 404


def test_addresses_are_taken_apart_not_compared_by_their_beginning() -> None:
    assert at_address(f"{settings.SITE_URL}/formate/forum") == ("formate", "forum")
    assert at_address(f"{settings.SITE_URL}.anderswo.example/formate/forum/") is None
    assert at_address(quote(f"{settings.SITE_URL}/formate/forum/", safe="")) is None
