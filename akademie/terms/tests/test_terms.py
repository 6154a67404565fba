"""The list, the page of a term, what a change does, and the terms that the product ships."""

import json

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template import Context, Template

from akademie.core.actions import NotPossible
from akademie.core.contributions import public_kinds
from akademie.core.readability import measure
from akademie.terms import actions
from akademie.terms.models import MAX_EXPLANATION, MAX_FORMS, Term
from akademie.terms.tests.factories import TermFactory

pytestmark = pytest.mark.django_db
RECORDS = json.loads((settings.REFERENCE_DIR / "terms.json").read_text(encoding="utf-8"))["records"]


def quiet(sentence):
    """Nobody listens."""


@pytest.fixture
def loaded(db, kept):
    kept("terms", lambda: actions.load_terms(quiet))


def page(texts, **context):
    """Return a page with these texts, each marked, and the list of what was."""
    marked = "".join("<p>{% terms unless easy %}" + text + "{% endterms %}</p>" for text in texts)
    return Template("{% load terms %}" + marked + "{% terms_on_page %}").render(Context(context))


# -- what the product ships -------------------------------------------------------------------------------------------
def test_all_91_terms_arrive_as_they_stand_in_the_data(loaded):
    assert (len(RECORDS), Term.objects.published().count()) == (91, 91)
    for record in RECORDS:
        found = actions.record_of(Term.objects.get(slug=record["id"]))
        assert found == {"law": "", "law_url": ""} | record


def test_every_explanation_is_short_and_can_be_read(loaded):
    for record in RECORDS:
        assert len(record["explanation"]) <= MAX_EXPLANATION, record["id"]
        assert measure(record["explanation"]).lix <= 60, record["id"]


def test_what_the_office_changed_or_hid_stays_after_an_update(loaded, tmp_path):
    changed, hidden = Term.objects.get(slug="isek"), Term.objects.get(slug="gak")
    changed.explanation = "So sagen wir es."
    changed.save()
    hidden.unpublish()
    newer = tmp_path / "terms.json"
    records = [record | {"explanation": f"{record['explanation'][:200]} Neu."} for record in RECORDS]
    newer.write_text(json.dumps({"records": records}), encoding="utf-8")
    actions.load_terms(quiet, newer)
    rows = Term.objects.in_bulk(["isek", "gak", "eler"], field_name="slug")
    assert (rows["isek"].explanation, rows["gak"].live) == ("So sagen wir es.", False)
    assert rows["eler"].explanation.endswith(" Neu.")


def test_broken_data_are_refused_and_named(tmp_path):
    path = tmp_path / "terms.json"
    twice = [{"id": name, "title": "ISEK", "forms": [], "explanation": "x"} for name in ("eins", "zwei")]
    path.write_text(json.dumps({"records": twice}), encoding="utf-8")
    with pytest.raises(NotPossible, match="„zwei“: title: „ISEK“ steht schon beim Fachwort „ISEK“"):
        actions.load_terms(quiet, path)
    assert Term.objects.count() == 0


# -- what a term may be -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"forms": "Quartier\nB"}, "forms", "„B“: Eine Form hat 2 bis 80 Zeichen."),
        ({"forms": "x" * 81}, "forms", "Eine Form hat 2 bis 80 Zeichen."),
        ({"forms": "\n".join(f"Form {n}" for n in range(31))}, "forms", f"höchstens {MAX_FORMS}."),
        ({"title": "Sanierungsgebiete"}, "title", "steht schon beim Fachwort „Sanierungsgebiet“."),
        ({"forms": "Sanierungsgebiet"}, "forms", "steht schon beim Fachwort „Sanierungsgebiet“."),
        ({"law_url": "https://gesetze.example/"}, "law", "wohin die Adresse führt"),
    ],
)
def test_what_is_refused(wrong, field, says):
    TermFactory(title="Sanierungsgebiet", forms="Sanierungsgebiete")
    with pytest.raises(ValidationError) as refused:
        Term(**{"title": "Quartier", "explanation": "Ein Teil der Stadt.", **wrong}).full_clean()
    assert list(refused.value.message_dict) == [field]
    assert says in refused.value.message_dict[field][0]


def test_forms_are_put_in_order():
    term = Term(title=" Quartier ", forms="Quartiere\r\n\n Quartiers \nQuartiere\nQuartier", explanation="x")
    term.full_clean()
    assert (term.title, term.form_lines(), term.slug) == ("Quartier", ["Quartiere", "Quartiers"], "quartier")


# -- on pages ---------------------------------------------------------------------------------------------------------
def test_all_texts_of_a_page_share_their_terms_and_the_list_explains_them():
    TermFactory(slug="isek", title="ISEK", explanation="Ein <Konzept>.")
    TermFactory(slug="leader", title="LEADER", explanation="Ein Programm.")
    html = page(["Das ISEK", "LEADER und ISEK"])
    assert html.count('class="ak-term"') == 2
    assert html.endswith(
        '<section class="ak-terms" aria-labelledby="fachwoerter-hier"><h2 id="fachwoerter-hier">Fachwörter auf dieser '
        'Seite</h2><ol><li><a href="/fachwoerter/isek/">ISEK</a>: <span id="fachwort-isek">Ein &lt;Konzept&gt;.</span>'
        '</li><li><a href="/fachwoerter/leader/">LEADER</a>: <span id="fachwort-leader">Ein Programm.</span></li></ol>'
        '<script type="module" src="/static/terms/terms.js"></script></section>'
    )


def test_easy_language_and_pages_without_terms_stay_as_they_are():
    TermFactory(title="ISEK")
    assert page(["Das ISEK"], easy=True) == "<p>Das ISEK</p>"
    assert page(["Das Konzept"]) == "<p>Das Konzept</p>"


def test_a_change_shows_at_once_and_costs_no_query_when_nothing_changed(queries):
    term = TermFactory(title="ISEK", explanation="Alt.")
    assert "Alt." in page(["Das ISEK"])
    term.explanation = "Neu."
    term.save()
    assert "Neu." in page(["Das ISEK"])
    term.unpublish()
    assert page(["Das ISEK"]) == "<p>Das ISEK</p>"
    assert queries(lambda: page(["Das ISEK"])) == 1  # the stamps, which a request reads anyway


# -- for everyone -----------------------------------------------------------------------------------------------------
def test_list_goes_from_a_to_z_and_leaves_drafts_out(client):
    for title in ("Ämtertausch", "Zweckverband", "abwägen", "Bauleitplan"):
        TermFactory(title=title)
    TermFactory(draft=True, title="Entwurf")
    letters = client.get("/fachwoerter/").context["letters"]
    assert [(letter, [row.entry.title for row in rows]) for letter, rows in letters] == [
        ("A", ["abwägen", "Ämtertausch"]), ("B", ["Bauleitplan"]), ("Z", ["Zweckverband"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("isek", ["Konzept"]),
        ("KONZEPT", ["Konzept"]),
        ("für Städte", ["Konzept"]),
        ("%", []),
        ("", ["Konzept", "Z"]),
    ],
)
def test_list_is_narrowed_by_words_in_term_form_and_explanation(client, words, found):
    TermFactory(title="Konzept", forms="ISEK", explanation="Ein Papier für Städte.")
    TermFactory(title="Z", explanation="Etwas anderes.")
    answer = client.get("/fachwoerter/", {"q": words})
    assert [row.entry.title for _, rows in answer.context["letters"] for row in rows] == found


def test_list_costs_the_same_for_many_terms(client, queries):
    TermFactory.create_batch(1)
    one = queries(lambda: client.get("/fachwoerter/"))
    TermFactory.create_batch(3)
    assert queries(lambda: client.get("/fachwoerter/")) == one


def test_page_of_a_term_says_everything_and_a_draft_has_none(client):
    term = TermFactory(slug="isek", title="ISEK", forms="ISEKs", law="§ 171b BauGB", law_url="https://bau.example/")
    answer = client.get("/fachwoerter/isek/")
    html = answer.content.decode()
    assert '<a href="https://bau.example/" rel="external">§ 171b BauGB</a>' in html
    assert "Andere Formen: ISEKs" in html
    told = json.loads(answer.context["json_ld"])
    assert (told["@type"], told["name"], told["inDefinedTermSet"]["@type"]) == ("DefinedTerm", "ISEK", "DefinedTermSet")
    term.unpublish()
    assert client.get("/fachwoerter/isek/").status_code == 404
    assert client.get("/fachwoerter/").context["letters"] == []


def test_search_and_programs_get_terms(client):
    TermFactory(slug="isek", title="ISEK", forms="INSEK", more="Länger.", law="§ 171b BauGB")
    TermFactory(draft=True)
    kind = public_kinds.get("fachwoerter")
    ((_pk, entry),) = kind.entries(kind.visible_to(None)[:1])  # as when the pages are warmed
    assert (entry.title, entry.url, entry.text) == ("ISEK", "/fachwoerter/isek/", "INSEK\nLänger.\n§ 171b BauGB")
    record = client.get("/api/v1/fachwoerter/isek/").json()
    assert (record["title"], record["forms"], record["law_url"]) == ("ISEK", ["INSEK"], None)
