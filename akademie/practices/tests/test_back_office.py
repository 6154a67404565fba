"""Practice cases in the back office: an editor collects a case and finds its towns."""

import pytest
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html

from akademie.cms.actions import set_up_office
from akademie.practices.models import PracticeCase
from akademie.practices.tests.factories import PracticeCaseFactory, TopicFactory, TownFactory

pytestmark = pytest.mark.django_db
DESK = "/geschaeftsstelle/cms/snippets/practices/practicecase/"
CHOOSER = "/geschaeftsstelle/cms/praxis/stadt/"


def towns_form(rows):
    return nested_form_data({"practice_towns": inline_formset(rows)})


@pytest.fixture
def desk(client, kept, editor):
    """The browser of an editor."""
    kept("office", lambda: set_up_office(lambda sentence: None))
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_of(desk, address):
    return querydict_from_html(desk.get(address).content.decode(), form_id="w-editor-form")


def test_editor_collects_a_case_of_two_towns_and_publishes_it(desk, client):
    topic, towns = TopicFactory(slug="wohnen"), [TownFactory(name="Zwönitz"), TownFactory(name="Bönen")]
    data = form_of(desk, f"{DESK}add/")
    data.update(
        {
            "title": "Bücherschrank", "summary": "Ein Schrank für alle.", "status": "laeuft", "kind": "verbund",
            "years": "seit 2020", "action-publish": "action-publish",
        }
        | towns_form([{"town": town.pk, "ORDER": n + 1} for n, town in enumerate(towns)])
    )  # fmt: skip
    data.setlist("topics", [str(topic.pk)])
    response = desk.post(f"{DESK}add/", data)
    assert response.status_code == 302
    case = PracticeCase.objects.get()
    assert (case.slug, case.live, case.year_from, case.ongoing) == ("buecherschrank", True, 2020, True)
    page = client.get("/praxis/buecherschrank/")
    assert [town.name for town in page.context["towns"]] == ["Zwönitz", "Bönen"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"years": "früher"}, "Bitte schreiben Sie 2019–2021, seit 2019 oder 2022."),
        ({"slug": "anders"}, "Das Kürzel steht schon in Adressen und bleibt gleich."),
        (towns_form([]), "Bitte wählen Sie mindestens 1 Stadt."),
    ],
)
def test_wrong_input_is_said_and_nothing_is_published(desk, changes, said):
    case = PracticeCaseFactory(slug="eins", title="Alt", towns=[TownFactory()])
    data = form_of(desk, f"{DESK}edit/{case.pk}/")
    data.update({"title": "Neu", "action-publish": "action-publish"} | changes)
    for key, value in changes.items():
        data[key] = value
    response = desk.post(f"{DESK}edit/{case.pk}/", data)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert PracticeCase.objects.get().title == "Alt"


def test_towns_are_found_by_the_beginning_of_the_name_or_the_postal_code(desk):
    TownFactory(name="Mölln", state="Schleswig-Holstein", district="Herzogtum Lauenburg", postal_code="23879")
    TownFactory(name="Mölln", state="Mecklenburg-Vorpommern", postal_code="17091")
    TownFactory(name="Prüm", postal_code="54595")

    def found(query):
        return [town.postal_code for town in desk.get(f"{CHOOSER}results/", {"q": query}).context["results"]]

    assert {query: found(query) for query in ("Möl", "238", "Lauenburg", "x" * 5000, "\x00")} == {
        "Möl": ["17091", "23879"], "238": ["23879"], "Lauenburg": [], "x" * 5000: ["17091", "23879", "54595"],
        "\x00": ["17091", "23879", "54595"],
    }  # fmt: skip
    assert "Herzogtum Lauenburg" in desk.get(CHOOSER).content.decode()


def test_form_offers_every_field_of_the_data(desk):
    form = desk.get(f"{DESK}add/").context["form"]
    assert {
        "title", "kind", "population_note", "topics", "keywords", "years", "status", "status_note", "change_note",
        "summary", "result", "lesson", "source", "sourced", "slug",
    } <= set(form.fields)  # fmt: skip
    assert list(form.formsets) == ["practice_towns"]


def test_guest_is_led_to_the_sign_in(client):
    assert client.get(DESK).status_code == 302
    assert client.get(CHOOSER).status_code == 302
