"""The library in the back office: an editor writes down an item, checks it, publishes it."""

import pytest
from wagtail.test.utils.form_data import querydict_from_html

from akademie.cms.actions import set_up_office
from akademie.library.models import LibraryItem
from akademie.library.tests.factories import LibraryItemFactory, TopicFactory

pytestmark = pytest.mark.django_db
DESK = "/geschaeftsstelle/cms/snippets/library/libraryitem/"


@pytest.fixture
def desk(client, kept, editor):
    """The browser of an editor."""
    kept("office", lambda: set_up_office(lambda sentence: None))
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_of(desk, address):
    return querydict_from_html(desk.get(address).content.decode(), form_id="w-editor-form")


def test_editor_writes_down_an_item_and_publishes_it(desk, client):
    topic = TopicFactory(slug="wohnen")
    data = form_of(desk, f"{DESK}add/")
    data.update(
        {
            "title": "Größe zählt nicht", "persons": "Milbert, Antonia\nBBSR (Hrsg.)", "kind": "studie", "year": "2024",
            "source": "bbsr.bund.de", "isbn": "978-3-87994-533-7", "action-publish": "action-publish",
        }
    )  # fmt: skip
    data.setlist("topics", [str(topic.pk)])
    response = desk.post(f"{DESK}add/", data)
    assert response.status_code == 302
    item = LibraryItem.objects.get()
    assert (item.slug, item.live, [one.slug for one in item.topics.all()]) == ("groesse-zaehlt-nicht", True, ["wohnen"])
    assert client.get("/bibliothek/groesse-zaehlt-nicht/").context["citation"] == (
        "Milbert, Antonia; BBSR (Hrsg.) (2024): Größe zählt nicht. ISBN 978-3-87994-533-7."
    )


def test_draft_is_kept_beside_what_is_public(desk, client):
    item = LibraryItemFactory(slug="eins", title="Alt")
    data = form_of(desk, f"{DESK}edit/{item.pk}/")
    data["title"] = "Neu"
    assert desk.post(f"{DESK}edit/{item.pk}/", data).status_code == 302
    assert client.get("/bibliothek/eins/").context["item"].title == "Alt"
    assert form_of(desk, f"{DESK}edit/{item.pk}/")["title"] == "Neu"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("isbn", "978-3-87994-533-8", "Diese ISBN stimmt nicht."),
        ("issn", "1611-9984", "Diese ISSN stimmt nicht."),
        ("doi", "https://doi.org/10.1", "Eine DOI beginnt mit 10."),
        ("urn", "nbn:de", "Eine URN beginnt mit urn:nbn:de:"),
        ("slug", "anders", "Das Kürzel steht schon in Adressen und bleibt gleich."),
    ],
)
def test_wrong_input_is_said_and_kept(desk, field, value, said):
    item = LibraryItemFactory(slug="eins")
    data = form_of(desk, f"{DESK}edit/{item.pk}/")
    data[field], data["action-publish"] = value, "action-publish"
    response = desk.post(f"{DESK}edit/{item.pk}/", data)
    assert response.status_code == 200
    text = response.content.decode()
    assert said in text
    assert value in text
    assert getattr(LibraryItem.objects.get(), field) == getattr(item, field)


def test_list_is_searched_and_narrowed(desk):
    LibraryItemFactory(title="Kompendium", kind="sammelband")
    LibraryItemFactory(title="Handreichung", kind="handreichung")
    found = {
        query: [item.title for item in desk.get(DESK + query).context["object_list"]]
        for query in ("?q=kompend", "?kind=handreichung")
    }
    assert found == {"?q=kompend": ["Kompendium"], "?kind=handreichung": ["Handreichung"]}


def test_form_offers_every_field_of_the_data(desk):
    assert {
        "title", "persons", "publisher", "year", "kind", "series", "part_of", "host", "pages", "isbn", "issn", "doi",
        "urn", "link", "language", "license", "topics", "keywords", "abstract", "note", "source", "sourced", "slug",
    } <= set(desk.get(f"{DESK}add/").context["form"].fields)  # fmt: skip


def test_guest_is_led_to_the_sign_in(client):
    assert client.get(DESK).status_code == 302
