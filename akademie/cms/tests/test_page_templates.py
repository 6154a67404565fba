"""An editor begins a page with a template."""

import pytest
from django.test import Client
from wagtail.models import Page, Site

from akademie.cms import page_templates
from akademie.cms.models import NewsIndexPage, NewsPage, StandardPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def add(model: type[Page]) -> str:
    parent = NewsIndexPage.objects.get() if model is NewsPage else Site.objects.get(is_default_site=True).root_page
    return f"/geschaeftsstelle/cms/pages/add/cms/{model._meta.model_name}/{parent.pk}/"


@pytest.fixture
def desk(client: Client, editor) -> Client:
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("model", [StandardPage, NewsPage])
def test_the_form_of_a_new_page_offers_the_templates_for_it(desk, model):
    pages = Page.objects.count()
    html = desk.get(add(model)).content.decode()
    templates = page_templates.offered(model)
    assert [key for key in templates if f'<a href="?vorlage={key}">{templates[key].label}</a>' not in html] == []
    for key, template in templates.items():
        form = desk.get(add(model), {"vorlage": key}).context["form"]
        assert [block.block_type for block in form["body"].value()] == [kind for kind, _ in template.body]
        assert str(form["body"].value().render_as_block()).count("<h2") == sum(
            kind == "heading" for kind, _ in template.body
        )
    assert Page.objects.count() == pages  # opening a form saves nothing


def test_there_is_a_template_for_each_purpose():
    assert {model.__name__: sorted(page_templates.offered(model)) for model in (StandardPage, NewsPage)} == {
        "StandardPage": ["angebot", "erklaerseite"], "NewsPage": ["ergebnis", "termin"],
    }  # fmt: skip


@pytest.mark.parametrize("key", ["", "termin", "x" * 5000, "\x00"])
def test_a_template_that_there_is_not_opens_an_empty_form(desk, key):
    answer = desk.get(add(StandardPage), {"vorlage": key})
    assert (answer.status_code, len(answer.context["form"]["body"].value())) == (200, 0)
