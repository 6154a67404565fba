"""The back office shows what is being written as it will stand on the site and on paper, from the first word on."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import querydict_from_html

from akademie.cms.actions import load_pages, set_up_office
from akademie.cms.models import BasePage, NewsIndexPage, NewsPage
from akademie.core.records import Record

pytestmark = pytest.mark.django_db
DESK = "/geschaeftsstelle/cms"
MODES = [("", "Ansicht"), ("druck", "Druck")]


@pytest.fixture
def desk(client: Client, kept: Any, editor: Any) -> Client:
    """The browser of an editor."""
    kept("pages", lambda: load_pages(lambda _: None))
    kept("office", lambda: set_up_office(lambda _: None))
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client


def previewed() -> list[Any]:
    """Every page and record with a preview."""
    models = [model for model in apps.get_models() if issubclass(model, (BasePage, Record))]
    return [model for model in models if model().preview_modes]


def add_place(model: Any) -> str:
    label = f"{model._meta.app_label}/{model._meta.model_name}"
    if not issubclass(model, Page):
        return f"{DESK}/snippets/{label}/add/"
    parent = NewsIndexPage.objects.get() if model is NewsPage else Site.objects.get(is_default_site=True).root_page
    return f"{DESK}/pages/add/{label}/{parent.pk}/"


def test_every_kind_is_previewed_in_our_words() -> None:
    modes = {model.__name__: model().preview_modes[:2] for model in previewed()}
    assert set(modes) >= {"StandardPage", "NewsPage", "PracticeCase", "LibraryItem", "FormatProfile"}
    assert [name for name, offered in modes.items() if offered != MODES] == []


def test_an_empty_new_draft_is_previewed(desk: Client) -> None:
    failed = []
    for model in previewed():
        place = add_place(model)
        preview = place.replace("add/", "preview/") if "snippets" in place else f"{place}preview/"
        form_id = "page-edit-form" if issubclass(model, Page) else "w-editor-form"
        page = desk.get(place).content.decode()
        fields = querydict_from_html(page, form_id=form_id)
        data = {name: fields.getlist(name) for name in fields} | {"body-count": "0"}
        for mode, _ in MODES:
            kept = desk.post(preview, data).json()
            shown = desk.get(preview, {"mode": mode})
            seen = (kept, shown.status_code, b"paper.js" in shown.content, b'<main id="inhalt"' in shown.content)
            if seen != ({"is_valid": True, "is_available": True}, 200, mode == "druck", True):
                failed.append((model.__name__, mode, seen))
    assert failed == []


def test_the_sizes_and_the_modes_are_offered_in_german(desk: Client) -> None:
    page = desk.get(f"{DESK}/snippets/library/libraryitem/add/").content.decode()
    offered = page[page.index('class="w-preview__sizes"') : page.index('id="w-preview-iframe"')]
    words = ["Ansicht</option>", "Druck</option>", "Vorschaumodus"]
    assert [word for word in words if word not in offered] == []
    assert [
        word for word in ("Preview", "size", "Default") if f">{word}" in offered or f'label="{word}' in offered
    ] == []
