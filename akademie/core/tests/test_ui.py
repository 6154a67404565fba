"""Components refuse typos, escape what they are given and say the same from Python and from a template."""

import re

import pytest
from django.template import Context, Template, TemplateSyntaxError

from akademie.core.components import card_html
from akademie.core.facets import FacetView, Option, Page, Selection


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ('{% ui "kard" %}', "There is no component 'kard'"),
        ('{% ui "card" titel="x" url="/" %}', "'card' knows no 'titel'"),
        ('{% ui "card" url="/" %}', "'card' needs 'heading'"),
        ('{% ui "badge" "x" %}', "'badge' knows no '\"x\"'"),
        ('{% ui "sign" %}{% slot "fuss" %}x{% endslot %}{% endui %}', "'sign' has no slot 'fuss'"),
        ("{% ui badge text='x' %}", "{% ui %} begins with a name in quotes, not badge"),
    ],
)
def test_a_typo_stops_the_template_when_it_is_compiled(source, complaint):
    with pytest.raises(TemplateSyntaxError) as refusal:
        Template(source)
    assert str(refusal.value) == complaint


def test_body_and_slot_go_where_the_component_puts_them():
    source = '{% ui "sign" heading=word %}<p>{{ word }}</p>{% slot "action" %}<i>{{ word }}</i>{% endslot %}{% endui %}'
    assert (
        draw(source, word="<b>").strip()
        == '<div class="ak-sign"><h2>&lt;b&gt;</h2><p>&lt;b&gt;</p><i>&lt;b&gt;</i></div>'
    )


def test_a_component_sees_only_its_own_values():
    assert draw('{% ui "badge" text="eins" %}', text="zwei").strip() == '<span class="ak-badge">eins</span>'


def test_card_is_the_same_from_python_and_from_a_template():
    card = {"heading": "A & B", "url": "/x/?a=1&b=2", "text": "<i>", "tab": "Lernen", "figures": [("Dauer", "1 Tag")]}
    source = '{% ui "card" heading=c.heading url=c.url text=c.text tab=c.tab figures=c.figures level=2 %}'
    assert draw(source, c=card) == card_html(**card, level=2)
    assert card_html(**card, level=2) == (
        '<article class="ak-card"><p class="ak-card__tab">Lernen</p><h2><a href="/x/?a=1&amp;b=2">A &amp; B</a></h2>'
        '<p>&lt;i&gt;</p><dl class="ak-figures"><div><dt>Dauer</dt><dd>1 Tag</dd></div></dl></article>'
    )


@pytest.mark.parametrize(("kind", "role"), [("info", "status"), ("warning", "status"), ("danger", "alert")])
def test_only_an_error_interrupts(kind, role):
    drawn = draw('{% ui "alert" kind=kind %}<p>Text</p>{% endui %}', kind=kind)
    assert drawn.strip() == (
        f'<div class="kern-alert kern-alert--{kind}" role="{role}">'
        f'<span class="kern-icon kern-icon--{kind}" aria-hidden="true"></span><div><p>Text</p></div></div>'
    )


def test_facets_show_what_is_chosen_left_and_kept():
    options = [Option("a&b", "A & B", 10753, True), Option("c", "C", 0, False), Option("d", "D", 2, False)]
    selection = Selection(Page([1], 1, 1), [FacetView("thema", "Thema", options), FacetView("leer", "Leer", [])])
    drawn = draw(
        '{% ui "facets" selection=s url="/x/" orders=orders keep=keep %}',
        s=selection,
        orders=[("", "Neueste"), ("titel", "Titel")],
        keep=[("q", "<i>"), ("leer", "")],
    )
    assert re.findall(r"<input[^>]*>", drawn) == [
        '<input type="hidden" name="q" value="&lt;i&gt;">',
        '<input type="checkbox" name="thema" value="a&amp;b" checked>',
        '<input type="checkbox" name="thema" value="d">',
    ]
    assert re.findall(r"<small>(.*?)</small>", drawn) == ["10.753", "2"]
    assert re.findall(r"<summary>(.*?)</summary>", drawn) == ["Liste eingrenzen (1 gewählt)", "Thema"]
    assert re.findall(r"<option[^>]*>", drawn) == ['<option value="" selected>', '<option value="titel">']
    assert "Auswahl aufheben" in drawn


@pytest.mark.parametrize(
    ("values", "bar", "words", "link"),
    [
        ("done=0 total=3", ' max="3" value="0"', "0 %", True),
        ('done=1999 total=2000 counted="Zeilen"', ' max="2000" value="1999"', "99 %, 1.999 von 2.000 Zeilen", True),
        ('done=3 total=3 counted="Bildern"', ' max="3" value="3"', "Fertig, 3 von 3 Bildern", False),
        ("done=7 total=3", ' max="3" value="3"', "Fertig", False),
        ("done=0 total=0", ' max="1" value="1"', "Fertig", False),
        ("done=-2", ' max="100" value="0"', "0 %", True),
        ("", "", "Wie lange es dauert, wissen wir noch nicht.", True),
    ],
)
def test_progress_says_in_words_what_the_bar_shows(values, bar, words, link):
    drawn = draw(f'{{% ui "progress" label=label url="/x/" {values} %}}', label="Lesen <i>")
    assert re.search(r"<label>(.*?)<progress(.*?)>(.*?)</progress>", drawn).groups() == ("Lesen &lt;i&gt; ", bar, words)
    assert re.search(r"<p>(.*?)</p>", drawn)[1] == words + (' <a href="/x/">Stand neu laden</a>' if link else "")
