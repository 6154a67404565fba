"""News: the list with its facets, the single piece, what others get of it."""

import re
from datetime import date

import pytest

from akademie.cms.models import NewsIndexPage
from akademie.cms.tests.factories import body, make_news
from akademie.core.contributions import public_kinds
from akademie.topics.models import Topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


@pytest.fixture
def centre() -> Topic:
    """A topic."""
    return Topic.objects.create(slug="innenstadt", name="Innenstadt")


@pytest.fixture
def vacancy(centre: Topic) -> Topic:
    """A topic below it."""
    return Topic.objects.create(slug="leerstand", name="Leerstand", parent=centre)


def shown(client, query: str = "") -> list[str]:
    return re.findall(r'<h3><a href="/aktuelles/([\w-]+)/"', client.get(f"/aktuelles/{query}").content.decode())


def test_the_newest_comes_first_and_drafts_do_not_come(client):
    make_news("Alt", "alt", on=date(2025, 3, 1))
    make_news("Neu", "neu", on=date(2026, 3, 1))
    make_news("Geheim", "geheim", on=date(2026, 4, 1), live=False)
    assert shown(client) == ["neu", "alt"]
    assert client.get("/aktuelles/geheim/").status_code == 404


def test_without_news_the_page_says_so(client):
    assert "Noch gibt es keine Nachrichten" in client.get("/aktuelles/").content.decode()


def test_news_narrow_by_topic_and_year(client, centre, vacancy):
    make_news("Läden", "laeden", on=date(2026, 3, 1), topics=[vacancy])
    make_news("Markt", "markt", on=date(2025, 3, 1), topics=[centre])
    make_news("Sonst", "sonst", on=date(2026, 2, 1))
    assert shown(client, "?thema=innenstadt") == ["laeden", "markt"]
    assert shown(client, "?thema=innenstadt&jahr=2025") == ["markt"]
    assert shown(client, "?jahr=2026") == ["laeden", "sonst"]
    assert shown(client, "?thema=leerstand") == ["laeden"]


def test_a_subtopic_is_a_choice_while_it_is_chosen(client, centre, vacancy):
    make_news("Läden", "laeden", on=date(2026, 3, 1), topics=[vacancy])
    make_news("Markt", "markt", on=date(2025, 3, 1), topics=[centre])

    def choices(query: str) -> list[tuple[str, int, bool]]:
        facet = client.get(f"/aktuelles/{query}").context["selection"].facets[0]
        return [(option.label, option.count, option.chosen) for option in facet.options]

    assert choices("") == [("Innenstadt", 2, False)]
    assert choices("?thema=leerstand&thema=leerstand") == [("Innenstadt", 2, False), ("Leerstand", 1, True)]


def test_what_nobody_knows_is_named_and_the_list_stays(client):
    make_news("Neu", "neu")
    answer = client.get("/aktuelles/?thema=quatsch&jahr=%00&seite=99999")
    assert answer.status_code == 200
    assert "„quatsch“" in answer.content.decode()
    assert shown(client, "?thema=quatsch&jahr=%00&seite=99999") == ["neu"]


def test_a_changed_piece_shows_at_once(client):
    news = make_news("Neu", "neu", body=body(("paragraph", "<p>Erster Stand</p>")))
    assert "Erster Stand" in client.get("/aktuelles/neu/").content.decode()
    news.title, news.body = "Neuer", body(("paragraph", "<p>Zweiter Stand</p>"))
    news.save_revision().publish()
    assert "Zweiter Stand" in client.get("/aktuelles/neu/").content.decode()
    assert "Neuer" in client.get("/aktuelles/").content.decode()
    news.unpublish()
    assert shown(client) == []


def test_the_address_is_the_one_that_wagtail_says():
    assert make_news("Neu", "neu").url == "/aktuelles/neu/"


def test_many_news_cost_as_many_queries_as_one(client, queries, vacancy):
    make_news("Eins", "eins", topics=[vacancy])
    one = queries(lambda: client.get("/aktuelles/"))
    piece = queries(lambda: client.get("/aktuelles/eins/"))
    for number in range(25):
        make_news(f"Nummer {number}", f"n-{number}", topics=[vacancy])
    assert queries(lambda: client.get("/aktuelles/")) == one == 2
    assert queries(lambda: client.get("/aktuelles/n-3/")) == piece


def test_a_second_page_and_one_beyond_the_end(client):
    for number in range(25):
        make_news(f"Nummer {number}", f"n-{number}", on=date(2026, 1, 1 + number))
    assert len(shown(client)) == 20
    assert shown(client, "?seite=2") == [f"n-{number}" for number in (4, 3, 2, 1, 0)]
    assert shown(client, "?seite=99999") == shown(client, "?seite=2")


def test_others_get_the_news_with_topics_and_date(centre):
    make_news("Neu", "neu", summary="Kurz", topics=[centre], body=body(("paragraph", "<p>Viel <b>Text</b></p>")))
    make_news("Geheim", "geheim", live=False)
    kind = public_kinds.get("aktuelles")
    ((_, entry),) = kind.entries(kind.visible_to(None))
    assert (entry.title, entry.url, entry.summary, entry.topics, entry.date, entry.text) == (
        "Neu", "/aktuelles/neu/", "Kurz", ("innenstadt",), date(2026, 11, 2), "Viel Text",
    )  # fmt: skip
    assert kind.visible_to(None).filter(**{kind.topic_lookup: centre}).count() == 1


def test_the_list_has_the_words_of_the_office(client):
    index = NewsIndexPage.objects.get()
    index.introduction = "Was bei uns los ist."
    index.save_revision().publish()
    assert "Was bei uns los ist." in client.get("/aktuelles/").content.decode()
