"""Two editors write the same page or record at once: nobody's text is lost, in order and truly at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from akademie.accounts.models import Role, User
from akademie.cms.actions import load_pages, set_up_office
from akademie.cms.tests.factories import make_page
from akademie.library.tests.factories import LibraryItemFactory

DESK = "/geschaeftsstelle/cms"
KINDS = ["page", "record"]


def seat(email: str, first: str) -> Client:
    """The browser of somebody of the Redaktion."""
    user = User.objects.create(email=email, first_name=first, last_name="Test", role=Role.EDITOR)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def make(kind: str) -> tuple[Any, str, str]:
    """Something published, its address in the back office and the id of its form."""
    if kind == "page":
        page = make_page("Alt", "seite")
        return page, f"{DESK}/pages/{page.pk}/edit/", "page-edit-form"
    item = LibraryItemFactory(slug="eins", title="Alt")
    return item, f"{DESK}/snippets/library/libraryitem/edit/{item.pk}/", "w-editor-form"


def opened(client: Client, address: str, form_id: str) -> Any:
    """The form as a browser holds it."""
    return held(client.get(address), form_id)


def held(answer: Any, form_id: str) -> dict[str, Any]:
    """The form of an answer; the blocks of a page are made by Wagtail's script."""
    fields = querydict_from_html(answer.content.decode(), form_id=form_id)
    return {name: fields.getlist(name) for name in fields} | {"body-count": "0"}


def latest(thing: Any) -> Any:
    """The newest text, published or not."""
    return type(thing).objects.get(pk=thing.pk).get_latest_revision_as_object()


@pytest.fixture
def two(kept: Any, db: None) -> tuple[Client, Client]:
    kept("pages", lambda: load_pages(lambda _: None))
    kept("office", lambda: set_up_office(lambda _: None))
    return seat("anna@akademie.example", "Anna"), seat("bert@akademie.example", "Bert")


@pytest.mark.parametrize(
    ("first_version", "button"), [(True, {}), (False, {"action-publish": "action-publish"})], ids=["draft", "publish"]
)
@pytest.mark.parametrize("kind", KINDS)
def test_who_saves_second_is_told_keeps_the_text_and_decides(two, kind, first_version, button):
    anna, bert = two
    thing, address, form_id = make(kind)
    if not first_version:
        thing.save_revision().publish()
    hers, his = opened(anna, address, form_id), opened(bert, address, form_id)
    assert anna.post(address, hers | {"title": "Von Anna"} | button).status_code == 302
    answer = bert.post(address, his | {"title": "Von Bert"} | button)
    html = answer.content.decode()
    day = timezone.localdate()
    assert answer.status_code == 200
    assert re.search(
        rf"Anna Test hat das gespeichert, während Sie geschrieben haben: am {day.day}\. \w+ {day:%Y}", html
    )
    assert (answer.context["form"]["title"].value(), latest(thing).title) == ("Von Bert", "Von Anna")
    again = held(answer, form_id) | button
    assert bert.post(address, again).status_code == 200  # asked again until he decides
    assert latest(thing).title == "Von Anna"
    decided = re.search(r'name="save_over" value="([^"]+)"', html)
    assert bert.post(address, again | {"save_over": decided[1]}).status_code == 302
    assert latest(thing).title == "Von Bert"
    kept = [revision.content["title"] for revision in thing.revisions.order_by("pk")]
    assert kept[-2:] == ["Von Anna", "Von Bert"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_typed_wrongly_does_not_hide_that_somebody_was_first(two, kind):
    anna, bert = two
    thing, address, form_id = make(kind)
    hers, his = opened(anna, address, form_id), opened(bert, address, form_id)
    anna.post(address, hers | {"title": "Von Anna"})
    answer = bert.post(address, his | {"title": "x" * 400, "action-publish": "action-publish"})
    again = held(answer, form_id)
    answer = bert.post(address, again | {"title": "Von Bert", "action-publish": "action-publish"})
    assert (answer.status_code, latest(thing).title) == (200, "Von Anna")


@pytest.mark.parametrize("kind", KINDS)
def test_who_types_on_alone_is_never_asked(two, kind):
    anna, _ = two
    thing, address, form_id = make(kind)
    for title in ("Eins", "Zwei", "Drei"):
        form = opened(anna, address, form_id) | {"title": title}
        assert anna.post(address, form).status_code == 302
    by_itself = anna.post(address, opened(anna, address, form_id) | {"title": "Vier"}, HTTP_ACCEPT="application/json")
    form = opened(anna, address, form_id) | {"title": "Fünf", "overwrite_revision_id": by_itself.json()["revision_id"]}
    assert anna.post(address, form).status_code == 302
    assert latest(thing).title == "Fünf"


@pytest.mark.parametrize("kind", KINDS)
def test_what_saves_by_itself_is_not_saved_over_a_colleague(two, kind):
    anna, bert = two
    thing, address, form_id = make(kind)
    hers, his = opened(anna, address, form_id), opened(bert, address, form_id)
    assert anna.post(address, hers | {"title": "Von Anna"}, HTTP_ACCEPT="application/json").json()["success"]
    refused = bert.post(address, his | {"title": "Von Bert"}, HTTP_ACCEPT="application/json").json()
    assert (refused["success"], refused["error_code"], latest(thing).title) == (False, "invalid_revision", "Von Anna")


@pytest.mark.parametrize("kind", KINDS)
def test_going_back_to_an_old_version_asks_too(two, kind):
    anna, bert = two
    thing, address, form_id = make(kind)
    first = thing.save_revision()
    back = (
        f"{DESK}/pages/{thing.pk}/revisions/{first.pk}/revert/" if kind == "page"
        else f"{DESK}/snippets/library/libraryitem/history/{thing.pk}/revisions/{first.pk}/revert/"
    )  # fmt: skip
    his = opened(bert, back, form_id)
    anna.post(address, opened(anna, address, form_id) | {"title": "Von Anna"})
    assert (bert.post(back, his).status_code, latest(thing).title) == (200, "Von Anna")
    assert bert.post(back, opened(bert, back, form_id)).status_code == 302
    assert latest(thing).title == "Alt"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_the_same_moment_one_is_told(two, kind):
    thing, address, form_id = make(kind)
    forms = [opened(client, address, form_id) | {"action-publish": "action-publish"} for client in two]
    gate = Barrier(2)

    def press(client: Client, form: Any, title: str) -> int:
        gate.wait()
        try:
            return client.post(address, form | {"title": title}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(press, two, forms, ("Von Anna", "Von Bert")))
    assert (answers, thing.revisions.count()) == ([200, 302], 1)
