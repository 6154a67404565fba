"""A new page from a template: a draft with its headings and hints, at an address of its own."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from akademie.accounts.models import User
from akademie.cms import actions as cms
from akademie.cms.actions.new_page import start_page
from akademie.cms.models import BodyPage, NewsPage, StandardPage
from akademie.cms.page_templates import templates

ADDRESS = "/geschaeftsstelle/neue-seite/"


@pytest.fixture
def pages(db: None, kept: Any) -> None:
    """The site with its pages, and the back office."""
    kept("pages", lambda: cms.load_pages(lambda _: None))
    kept("office", lambda: cms.set_up_office(lambda _: None))


@pytest.fixture
def office(client: Client, editor: User, pages: None) -> Client:
    """A browser of the Redaktion."""
    editor.save()  # joins the group that has just been made
    client.force_login(editor)
    return client


@pytest.mark.parametrize("key", templates())
def test_every_template_can_be_written_on(office: Client, key: str) -> None:
    answer = office.post(ADDRESS, {"template": key, "title": "Mehr Grün für Märkte"})
    page = templates()[key].model.objects.get(title="Mehr Grün für Märkte")
    assert answer["Location"] == f"/geschaeftsstelle/cms/pages/{page.pk}/edit/"
    form = office.get(answer["Location"])
    assert (form.status_code, page.live, page.slug) == (200, False, "mehr-gruen-fuer-maerkte")
    page.full_clean()
    kinds = [block.block_type for block in page.body]
    assert kinds.count("heading") >= 3
    assert kinds[0] == "draft_note"  # says what belongs where; a reader would see it
    place = "/aktuelles/" if isinstance(page, NewsPage) else "/"
    assert page.url == f"{place}mehr-gruen-fuer-maerkte/"
    assert office.get(page.url).status_code == 404


def test_a_title_that_is_an_address_of_an_area_gets_one_of_its_own(editor: User, pages: None) -> None:
    page = start_page(templates()["angebot"], title="Bibliothek", by=editor)
    assert page.slug == "bibliothek-seite"


def test_what_is_missing_is_said_and_what_was_typed_stays(office: Client) -> None:
    answer = office.post(ADDRESS, {"title": "Mehr Grün"})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "Bitte wählen Sie eine Vorlage." in text
    assert 'value="Mehr Grün"' in text
    answer = office.post(ADDRESS, {"template": "gibt-es-nicht", "title": "x" * 151})
    text = answer.content.decode()
    assert "Bitte wählen Sie eine der Vorlagen." in text
    assert "Bitte kürzen Sie den Titel auf 150 Zeichen." in text
    assert not StandardPage.objects.filter(title__startswith="x").exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_pages(editor: User, pages: None) -> None:
    def start(_: int) -> BodyPage:
        try:
            return start_page(templates()["termin"], title="Treffen", by=editor)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        slugs = sorted(page.slug for page in both.map(start, range(2)))
    assert slugs == ["treffen", "treffen-1"]
