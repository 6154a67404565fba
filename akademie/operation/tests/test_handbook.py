"""The handbook of the office: every card is built as a card, complete, and for the office only."""

import re
from itertools import chain

import pytest

from akademie.operation.queries import handbook

LIST = "/geschaeftsstelle/handbuch/"
CARDS = list(chain.from_iterable(handbook.groups().values()))
MARKDOWN = re.compile(r"[*_`#\[\]]|\n")


def test_the_contents_name_every_card_by_its_title() -> None:
    files = {path.stem for path in handbook.FOLDER.glob("*.md")} - {handbook.CONTENTS.stem}
    assert sorted(card.slug for card in CARDS) == sorted(files)
    named = re.findall(r"^- \[(.+)\]", handbook.CONTENTS.read_text(encoding="utf-8"), re.MULTILINE)
    assert named == [card.title for card in CARDS]
    assert {path.stem for path in handbook.FOLDER.glob("*.png")} == files


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.slug)
def test_a_card_is_short_and_plain(card: handbook.Card) -> None:
    assert [word for word, _ in card.before][:2] == ["Wann:", "Wer:"]
    assert 4 <= len(card.steps) <= 8
    assert [step for step in card.steps if len(re.findall(r"[.?](?=\s|$)", step)) != 1] == [], "one sentence each"
    texts = [card.title, *card.steps, card.alternative, *chain.from_iterable(card.before + card.after)]
    assert [text for text in texts if MARKDOWN.search(text)] == []
    assert card.picture.stat().st_size <= 60_000


@pytest.mark.parametrize(
    "text",
    ["# A\n\n**Wann:** x\n\n1. Eins.\n\nkein Bild", "# A\n\n**Wann:** x\n\nkeine Schritte\n\n![B](a.png)", "A\n\nB"],
)
def test_what_is_not_built_like_a_card_is_refused(tmp_path, text) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.md|unpack"):
        handbook.read(tmp_path / "a.md")


@pytest.mark.django_db
def test_the_office_reads_cards_and_sees_their_pictures(client, editor) -> None:
    client.force_login(editor)
    page = client.get(LIST).content.decode()
    assert re.findall(r'<li><a href="/geschaeftsstelle/handbuch/([a-z-]+)/">', page) == [card.slug for card in CARDS]
    page = client.get(f"{LIST}frage-beantworten/").content.decode()
    assert "<li><span>Öffnen Sie „Redaktion“, dann „Anfragen“.</span></li>" in page
    answer = client.get(f"{LIST}frage-beantworten/bild.png")
    assert (answer["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")
    assert client.get(f"{LIST}gibt-es-nicht/").status_code == 404
    assert LIST in client.get("/geschaeftsstelle/betrieb/").content.decode()


@pytest.mark.django_db
def test_nobody_else_reads_them(client, participant) -> None:
    for path in (LIST, f"{LIST}frage-beantworten/", f"{LIST}frage-beantworten/bild.png"):
        assert client.get(path).status_code == 302
    client.force_login(participant)
    for path in (LIST, f"{LIST}frage-beantworten/", f"{LIST}frage-beantworten/bild.png"):
        assert client.get(path).status_code == 404
