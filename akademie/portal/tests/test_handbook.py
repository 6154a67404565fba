"""The handbook: every card is built as a card and complete; everybody reads one book, the office another."""

import re
from itertools import chain

import pytest

from akademie.portal import handbook

ADDRESSES = {handbook.OFFICE: "/geschaeftsstelle/handbuch/", handbook.TOWNS: "/hilfe/"}
CARDS = [card for key in ADDRESSES for card in handbook.book(key).cards]
MARKDOWN = re.compile(r"[*_`#\[\]]|\n")


@pytest.mark.parametrize("key", ADDRESSES)
def test_the_contents_name_every_card_by_its_title(key) -> None:
    cards, folder = handbook.book(key).cards, handbook.FOLDER / key
    named = re.findall(
        r"^- \[(.+)\]\((.+)\)", (handbook.FOLDER / f"{key}.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert named == [(card.title, f"{key}/{card.slug}.md") for card in cards]
    files = [f"{card.slug}.{ending}" for card in cards for ending in ("md", "webp")]
    assert sorted(path.name for path in folder.iterdir()) == sorted(files)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.slug)
def test_a_card_is_short_and_plain(card: handbook.Card) -> None:
    assert [word for word, _ in card.before][:2] == ["Wann:", "Wer:"]
    assert 3 <= len(card.steps) <= 8
    assert [step for step in card.steps if len(re.findall(r"[.?](?=\s|$)", step)) != 1] == [], "one sentence each"
    texts = [card.title, *card.steps, card.alternative, *chain.from_iterable(card.before + card.after)]
    assert [text for text in texts if MARKDOWN.search(text)] == []
    assert card.picture.stat().st_size <= 60_000


@pytest.mark.parametrize(
    "text",
    ["# A\n\n**Wann:** x\n\n1. Eins.\n\nkein Bild", "# A\n\n**Wann:** x\n\nkeine Schritte\n\n![B](a.webp)", "A\n\nB"],
)
def test_what_is_not_built_like_a_card_is_refused(tmp_path, text) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.md|unpack"):
        handbook.read(tmp_path / "a.md")


def read_whole(client, key: str) -> None:
    """Read the contents, every card that they lead to, and its picture."""
    page = client.get(ADDRESSES[key]).content.decode()
    cards = handbook.book(key).cards
    assert re.findall(r'<h3><a href="([a-z-]+)/">', page) == [card.slug for card in cards]
    for card in cards:
        page = client.get(f"{ADDRESSES[key]}{card.slug}/").content.decode()
        assert re.findall(r"<li><span>(.+?)</span></li>", page) == card.steps
        answer = client.get(f"{ADDRESSES[key]}{card.slug}/bild.webp")
        assert (answer["Content-Type"], answer.content) == ("image/webp", card.picture.read_bytes())
    assert client.get(f"{ADDRESSES[key]}gibt-es-nicht/").status_code == 404


@pytest.mark.django_db
def test_everybody_reads_the_book_of_the_towns(client) -> None:
    read_whole(client, handbook.TOWNS)
    assert '<a href="/hilfe/">Hilfe</a>' in client.get("/").content.decode()


@pytest.mark.django_db
def test_the_office_reads_its_own(client, editor) -> None:
    client.force_login(editor)
    read_whole(client, handbook.OFFICE)
    assert '<a href="/geschaeftsstelle/handbuch/">Handbuch</a>' in client.get("/geschaeftsstelle/").content.decode()


@pytest.mark.django_db
def test_a_screen_of_the_office_links_to_the_card_that_helps_there(client, editor) -> None:
    client.force_login(editor)

    def helps(path: str) -> list[str]:
        return re.findall(r'href="(/geschaeftsstelle/handbuch/[^"]+)">Hilfe: ', client.get(path).content.decode())

    assert helps("/geschaeftsstelle/") == ["/geschaeftsstelle/handbuch/schreibtisch/"]
    assert helps("/geschaeftsstelle/meldungen/") == ["/geschaeftsstelle/handbuch/meldung-entscheiden/"]
    assert helps("/geschaeftsstelle/betrieb/sicherungen/") == ["/geschaeftsstelle/handbuch/sicherung-pruefen/"]
    assert helps("/geschaeftsstelle/handbuch/") == []  # the card of the desk does not help everywhere
    assert helps("/hilfe/") == []


@pytest.mark.django_db
def test_nobody_else_reads_it(client, participant) -> None:
    paths = [
        f"{ADDRESSES[handbook.OFFICE]}{rest}" for rest in ("", "frage-beantworten/", "frage-beantworten/bild.webp")
    ]
    assert [client.get(path).status_code for path in paths] == [302, 302, 302]
    client.force_login(participant)
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("hilfe anmelden", ["anmelden"]),
        ("Hilfe", []),
        ("Leerstand", []),
        ("Benachrichtigungen einstellen", ["benachrichtigungen"]),
        ("an", []),
    ],
)
def test_the_search_names_cards_in_which_all_words_stand(index, client, text, slugs) -> None:
    found = re.findall(r'href="/hilfe/([a-z-]+)/"', client.get("/suche/", {"q": text}).content.decode())
    assert found == slugs


@pytest.mark.django_db
def test_the_sitemap_names_every_card_for_everybody_and_none_of_the_office(client) -> None:
    text = b"".join(client.get("/sitemap.xml")).decode()
    slugs = re.findall(r"/hilfe/([a-z-]+)/</loc>", text)
    assert sorted(slugs) == sorted(card.slug for card in handbook.book(handbook.TOWNS).cards)
    assert "/geschaeftsstelle/" not in text
