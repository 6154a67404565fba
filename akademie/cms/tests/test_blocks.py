"""Blocks: what they become, and what the editor refuses."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.images.tests.utils import get_test_image_file

from akademie.cms.blocks import BodyBlock, table_error, table_rows
from akademie.cms.models import NewsPage, StandardPage
from akademie.cms.tests.factories import body, make_page
from akademie.files.models import AcademyImage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def make_image(**fields) -> AcademyImage:
    values = {"title": "Markt", "description": "Der Marktplatz", "credit": "Rita Rahn", "licence": "CC BY 4.0"}
    return AcademyImage.objects.create(file=get_test_image_file(size=(1600, 900)), **{**values, **fields})


def rendered(*blocks) -> str:
    return " ".join(make_page("Seite", "seite", body=body(*blocks)).body_html.split())


def test_a_heading_can_be_linked_to():
    assert rendered(("heading", {"text": "Größe & Maß", "level": "3"})) == '<h3 id="groesse-mass">Größe &amp; Maß</h3>'


def test_a_picture_says_what_is_to_be_seen_and_whose_it_is():
    html = rendered(("picture", {"image": make_image().pk, "caption": "Im Mai"}))
    assert 'alt="Der Marktplatz"' in html
    licence = '<a href="https://creativecommons.org/licenses/by/4.0/deed.de" rel="license">CC BY 4.0</a>'
    assert f"<figcaption>Im Mai <small>Bild: Rita Rahn, {licence}</small></figcaption>" in html
    assert "style=" not in html


def test_a_picture_that_decorates_has_an_empty_alternative():
    image = make_image(decorates_only=True, description="")
    assert 'alt=""' in rendered(("picture", {"image": image.pk, "caption": ""}))


def test_new_rights_of_a_picture_show_on_all_pages(client):
    image = make_image()
    make_page("Seite", "seite", body=body(("picture", {"image": image.pk, "caption": ""})))
    image.credit = "Das Stadtarchiv"
    image.save()
    assert "Bild: Das Stadtarchiv, <a" in client.get("/seite/").content.decode()


def test_a_link_to_a_page_follows_the_page(client, django_capture_on_commit_callbacks):
    target = make_page("Ziel", "ziel")
    make_page("Seite", "seite", body=body(
        ("paragraph", f'<p><a linktype="page" id="{target.pk}">Ziel</a></p>'),
        ("links", [{"text": "Auch hier", "page": target.pk, "document": None, "url": ""}]),
    ))  # fmt: skip
    assert client.get("/seite/").content.decode().count('href="/ziel/"') == 2
    target.slug = "neues-ziel"
    with django_capture_on_commit_callbacks(execute=True):
        target.save_revision().publish()
    assert client.get("/seite/").content.decode().count('href="/neues-ziel/"') == 2


def test_a_table_has_heads_for_columns_and_rows():
    html = rendered(("table", {"caption": "Zahlen", "rows": "Ort | Einwohner\n\nMölln\t19627\nKyritz|9147"}))
    assert '<th scope="col">Ort</th><th scope="col">Einwohner</th>' in html
    assert '<th scope="row">Mölln</th><td>19627</td>' in html
    assert '<th scope="row">Kyritz</th><td>9147</td>' in html


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("a|b\n1|2", ""),
        ("a|b", "Bitte geben Sie eine Kopfzeile und mindestens eine weitere Zeile ein."),
        ("", "Bitte geben Sie eine Kopfzeile und mindestens eine weitere Zeile ein."),
        ("a|b\n1|2\n1|2|3", "Zeile 3 hat 3 Spalten, die Kopfzeile hat 2. Bitte gleichen Sie das an."),
        ("a|b\n" + "1|2\n" * 200, "Die Tabelle ist zu groß: Es gehen 200 Zeilen und 8 Spalten."),
    ],
)
def test_a_table_that_does_not_fit_is_refused(text, error):
    assert table_error(table_rows(text)) == error
    block = BodyBlock().child_blocks["table"]
    value = block.to_python({"caption": "Zahlen", "rows": text or " "})
    if error:
        with pytest.raises(ValidationError):
            block.clean(value)
    else:
        assert block.clean(value)["rows"] == text


@pytest.mark.parametrize(
    ("link", "fits"),
    [
        ({"url": "https://www.bund.de/"}, True),
        ({"url": ""}, False),
        ({"url": "javascript:alert(1)"}, False),
        ({"url": "https://www.bund.de/", "page": 1}, False),
    ],
)
def test_a_link_has_exactly_one_target(link, fits):
    block = BodyBlock().child_blocks["links"].child_block
    value = block.to_python({"text": "Mehr", "page": None, "document": None, **link})
    if fits:
        assert block.clean(value)["text"] == "Mehr"
    else:
        with pytest.raises(ValidationError):
            block.clean(value)


def test_typed_text_never_becomes_markup():
    bad = "<script>alert(1)</script>"
    html = rendered(
        ("heading", {"text": bad, "level": "2"}),
        ("quote", {"text": bad, "person": bad, "role": bad}),
        ("box", {"title": bad, "text": f"<p>{bad}</p>"}),
        ("details", {"summary": bad, "text": "<p>gut</p>"}),
        ("table", {"caption": bad, "rows": f"a|b\n{bad}|2"}),
    )
    assert html.count("<script>") == 1  # rich text is cleaned by the editor's form, not here
    assert html.count("&lt;script&gt;") == 10


def test_nothing_is_rendered_again_when_a_page_is_read(client, queries):
    image = make_image()
    make_page("Bild", "bild", body=body(("picture", {"image": image.pk, "caption": ""})))
    make_page("Text", "text", body=body(("paragraph", "<p>Text</p>")))
    assert queries(lambda: client.get("/bild/")) == queries(lambda: client.get("/text/"))


@pytest.mark.parametrize("model", [StandardPage, NewsPage])
def test_the_preview_shows_the_draft(model, client, lead, rf):
    page = model(title="Entwurf", slug="entwurf", body=body(("box", {"title": "Kasten", "text": "<p>Neu</p>"})))
    request = rf.get("/")
    request.user = lead
    response = page.make_preview_request(request)
    assert response.status_code == 200
    html = response.content.decode()
    assert [word in html for word in ("Entwurf", "Kasten", "Neu")] == [True, True, True]
