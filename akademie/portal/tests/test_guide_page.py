"""The Wegweiser's page: its address holds all of the answer, its code leads back to it, its cost does not grow."""

import xml.etree.ElementTree as ET
from urllib.parse import parse_qs, urlsplit

import pytest

from akademie.portal.guide.sharing import address, code
from akademie.practices.models import PracticeTown
from akademie.practices.tests.factories import PracticeCaseFactory
from akademie.search import actions
from akademie.search import queries as search
from akademie.towns.models import Town
from akademie.towns.queries import OWN_TOWN_COOKIE


def test_a_remembered_town_becomes_part_of_the_address(index, client):
    klein = Town.objects.get(name="Klein")
    client.cookies[OWN_TOWN_COOKIE] = klein.pk
    answered = client.get("/wegweiser/", {"q": "Rufbus & mehr"})
    assert (answered.status_code, answered.url) == (302, f"/wegweiser/?q=Rufbus+%26+mehr&stadt={klein.pk}")
    page = client.get(answered.url)
    assert (page.status_code, page.context["answer"].town) == (200, klein)
    assert client.get("/wegweiser/", {"q": "Rufbus", "stadt": ""}).context["answer"].town is None
    assert client.get("/wegweiser/").status_code == 200


def test_the_printed_answer_has_the_code_of_its_address(index, client):
    klein = Town.objects.get(name="Klein")
    given = client.get("/wegweiser/", {"q": "Rufbus", "stadt": "Klein"}).context["code_url"]
    assert parse_qs(urlsplit(given).query) == {"q": ["Rufbus"], "stadt": [klein.pk]}
    drawn = client.get(given)
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/svg+xml")
    assert drawn.content == code("Rufbus", klein.pk)
    assert ET.fromstring(drawn.content).tag == "{http://www.w3.org/2000/svg}svg"
    assert client.get(address("Rufbus", klein.pk)).context["answer"].town == klein


@pytest.mark.parametrize("about", [{}, {"q": "Rufbus", "stadt": "Nirgendwo"}, {"q": "ä" * 600}])
def test_without_an_address_that_a_phone_can_read_there_is_no_code(index, client, about):
    page = client.get("/wegweiser/", about)
    assert (page.status_code, page.context.get("code_url", "")) == (200, "")
    assert client.get("/wegweiser/code.svg", about).status_code == 404


def test_an_empty_answer_is_not_pointed_to(index, client):
    assert client.get("/wegweiser/", {"q": "Rezept für Pizzateig"}).context["code_url"] == ""


def test_three_sentences_still_have_a_code(index, client):
    concern = ("Unser Rufbus fährt nur dreimal am Tag, und wir suchen Städte, die es besser machen. " * 8)[:600].strip()
    assert client.get("/wegweiser/", {"q": concern}).context["code_url"]
    assert client.get("/wegweiser/code.svg", {"q": concern}).status_code == 200


def test_a_fuller_page_costs_no_more_queries(index, client, queries):
    def ask() -> None:
        assert client.get("/wegweiser/?q=Rufbus&stadt=Klein").status_code == 200

    ask()
    before = queries(ask)
    for number in range(3):
        case = PracticeCaseFactory(title=f"Noch ein Rufbus {number}", about=["on-demand"])
        PracticeTown.objects.create(case=case, town=Town.objects.get(name="Gross"))
    actions.index_changes(search.engine())
    ask()
    assert queries(ask) == before
    assert before <= 5  # stamps, own town, what waits for the index, practices, documents
