"""Practice cases for everyone: what is shown, what is not, and at which price."""

import html

import pytest

from akademie.practices import actions
from akademie.practices.models import PracticeCase, PracticeTown, Status
from akademie.practices.queries import entries, visible_to
from akademie.practices.tests.factories import PracticeCaseFactory, TopicFactory, TownFactory
from akademie.towns.models import Size

pytestmark = pytest.mark.django_db
LIST = "/praxis/"


def text_of(response):
    return " ".join(html.unescape(response.content.decode()).split())


def shown(response):
    return [row.title for row in response.context["rows"]]


@pytest.fixture
def loaded(surroundings, kept):
    kept("practices", lambda: actions.load_practices(lambda sentence: None))


# -- the real cases -------------------------------------------------------------------------------------------------
def test_every_page_shows_every_field_of_its_case(loaded, client, records):
    for record in records:
        text = text_of(client.get(f"/praxis/{record['id']}/"))
        values = [record[name] for name in ("title", "summary", "result", "lesson", "status", "years", "kind")]
        values += [record["population_note"], *record["source"], ", ".join(record["keywords"])]
        values += [f"/themen/{slug}/" for slug in (*record["topics"], *record["subtopics"])]
        values += [actions.STATES.get(state, state) for state in record["state"].split(", ")]
        values += [name for name in record["town"].split(", ") if name != "Murnau am Staffelsee"]
        assert [value for value in values if value and value not in text] == [], record["id"]


def test_facets_count_what_the_cases_say(loaded, client, records, topics_of):
    facets = {facet.key: facet for facet in client.get(LIST).context["selection"].facets}
    counts = {key: {option.value: option.count for option in facet.options} for key, facet in facets.items()}
    states = [{actions.STATES.get(state, state) for state in record["state"].split(", ")} for record in records]
    assert counts["land"] == {state: sum(state in here for here in states) for state in set().union(*states)}
    assert counts["thema"] == {
        slug: sum(slug in topics_of(record) for record in records)
        for slug in {slug for record in records for slug in topics_of(record)}
    }
    assert counts["status"] == {
        status.value: sum(record["status"].partition(",")[0] == status.label for record in records) for status in Status
    }
    assert sum(counts["groesse"].values()) >= 29


def test_ended_case_says_why_it_is_worth_reading(loaded, client):
    text = text_of(client.get("/praxis/murnau-omobi/"))
    assert "beendet, regional fortgeführt" in text
    assert "Auch daraus lässt sich lernen" in text
    assert 'href="/austausch/frage/?praxis=murnau-omobi"' in text


def test_similar_cases_say_why(loaded, client):
    page = client.get("/praxis/zwoenitz-erzmobil/")
    assert [(url, reason) for url, _, reason in page.context["similar"]][:2] == [
        (
            "/praxis/murnau-omobi/",
            "Murnau a.Staffelsee, Bayern; beendet, regional fortgeführt; "
            "gleiche Themen „Rufbus und On-Demand-Verkehr“ und „Bahn- und Busanbindung“, ähnlich viele Einwohner",
        ),
        (
            "/praxis/zwoenitz-buntspeicher/",
            "Zwönitz, Sachsen; läuft; "
            "gleiches Thema „Digitalisierung und Smart City“, auch aus Zwönitz, ähnlich viele Einwohner",
        ),
    ]


# -- the list -------------------------------------------------------------------------------------------------------
def test_list_is_narrowed_by_topic_state_size_and_status(client):
    here = TownFactory(state="Hessen", size=Size.UNDER_10)
    there = TownFactory(state="Bayern", size=Size.UNDER_5)
    PracticeCaseFactory(title="Gesucht", status=Status.ENDED, about=["wohnen"], towns=[here, there])
    PracticeCaseFactory(title="Anderes Thema", status=Status.ENDED, about=["klima"], towns=[here])
    PracticeCaseFactory(title="Anderer Stand", status=Status.RUNNING, about=["wohnen"], towns=[here])
    PracticeCaseFactory(title="Anderswo", status=Status.ENDED, about=["wohnen"], towns=[there])
    wanted = {"thema": "wohnen", "land": "Hessen", "groesse": "5000-9999", "status": "beendet"}
    assert shown(client.get(LIST, wanted)) == ["Gesucht"]
    assert shown(client.get(LIST, {"land": ["Hessen", "Bayern"], "status": "beendet", "sortieren": "titel"})) == [
        "Anderes Thema", "Anderswo", "Gesucht",
    ]  # fmt: skip


def test_list_shows_the_newest_beginning_first(client):
    for title, years in (("Alt", "1995–2001"), ("Ohne", ""), ("Neu", "seit 2022")):
        PracticeCaseFactory(title=title, years=years)
    assert shown(client.get(LIST)) == ["Neu", "Alt", "Ohne"]


def test_towns_of_a_network_keep_their_order(client):
    towns = [TownFactory(name=name, state=state) for name, state in (("Zwönitz", "Sachsen"), ("Bönen", "NRW"))]
    PracticeCaseFactory(slug="eins", towns=towns)
    assert [row.where for row in client.get(LIST).context["rows"]] == ["Zwönitz (Sachsen), Bönen (NRW)"]
    assert [town.name for town in client.get("/praxis/eins/").context["towns"]] == ["Zwönitz", "Bönen"]


def test_unknown_choice_is_named_and_the_list_stays(client):
    PracticeCaseFactory(title="Da")
    response = client.get(LIST, {"land": "<i>Atlantis"})
    assert shown(response) == ["Da"]
    assert "„<i>Atlantis“ kennen wir nicht." in text_of(response)
    assert b"<i>Atlantis" not in response.content


@pytest.mark.parametrize("value", ["a" * 10_000, "\x00", "'\"<>", "\u202eabc", "99999", "-1"])
def test_strange_values_never_break_list_and_map(client, value):
    PracticeCaseFactory(title="Da", towns=[TownFactory()])
    for address in (LIST, "/praxis/karte/"):
        for key in ("thema", "land", "groesse", "status", "sortieren", "seite", "unbekannt"):
            assert client.get(address, {key: value}).status_code == 200


def test_page_beyond_the_end_is_the_last_and_says_so(client):
    PracticeCaseFactory.create_batch(21)
    response = client.get(LIST, {"seite": "99999"})
    assert (len(response.context["rows"]), response.context["selection"].page.number) == (1, 2)
    assert "Seite 99999 gibt es nicht. Hier ist die letzte Seite." in text_of(response)


def test_empty_list_leads_on(client):
    text = text_of(client.get(LIST))
    assert "Dazu haben wir noch kein Beispiel." in text
    assert 'href="/austausch/frage/"' in text


def test_list_needs_the_same_queries_for_three_cases(client, queries):
    PracticeCaseFactory(about=["wohnen"], towns=[TownFactory()])
    one = queries(lambda: client.get(LIST))
    PracticeCaseFactory.create_batch(2, about=["wohnen"], towns=[TownFactory(), TownFactory()])
    assert queries(lambda: client.get(LIST)) == one == 3


def test_page_needs_the_same_queries_for_three_similar_cases_and_towns(client, queries):
    PracticeCaseFactory(slug="eins", about=["wohnen"], towns=[TownFactory()])
    one = queries(lambda: client.get("/praxis/eins/"))
    PracticeCaseFactory.create_batch(3, about=["wohnen"], towns=[TownFactory(), TownFactory()])
    case = PracticeCase.objects.get(slug="eins")
    case.practice_towns = [PracticeTown(town=TownFactory(), sort_order=n) for n in range(3)]
    case.save()
    assert queries(lambda: client.get("/praxis/eins/")) == one == 3


def test_entries_need_the_same_queries_for_three_cases(queries):
    PracticeCaseFactory(about=["wohnen"], towns=[TownFactory()])
    one = queries(lambda: list(entries(visible_to(None))))
    PracticeCaseFactory.create_batch(2, about=["wohnen", "klima"], towns=[TownFactory(), TownFactory()])
    assert queries(lambda: list(entries(visible_to(None)))) == one == 3


# -- the map --------------------------------------------------------------------------------------------------------
def test_map_shows_the_selection_as_list_and_as_one_point_per_town(client):
    here, there = TownFactory(ags="12070424", name="Wittenberge"), TownFactory(ags="09180124", state="Bayern")
    PracticeCaseFactory(slug="eins", title="Eins", towns=[here])
    PracticeCaseFactory(slug="zwei", title="Zwei", towns=[here, there])
    page = client.get("/praxis/karte/")
    assert shown(page) == ["Eins", "Zwei"]
    points = client.get("/praxis/karte/orte.json").json()["points"]
    assert [(point["title"], point["url"], point["label"]) for point in points] == [
        ("Wittenberge", "/staedte/12070424/", "Eins; Zwei"),
        (there.name, "/praxis/zwei/", "Zwei"),
    ]
    assert page.content.decode().count('class="point"') == 2
    assert 'data-ak-map="/praxis/karte/orte.json"' in page.content.decode()


def test_map_is_narrowed_like_the_list(client):
    PracticeCaseFactory(title="Hier", towns=[TownFactory(state="Hessen")])
    PracticeCaseFactory(title="Dort", towns=[TownFactory(state="Bayern")])
    page = client.get("/praxis/karte/", {"land": "Hessen"})
    assert shown(page) == ["Hier"]
    assert 'data-ak-map="/praxis/karte/orte.json?land=Hessen"' in page.content.decode()
    points = client.get("/praxis/karte/orte.json", {"land": "Hessen"}).json()["points"]
    assert [point["label"] for point in points] == ["Hier"]
    assert 'href="/praxis/?land=Hessen"' in page.content.decode()


def test_map_names_its_source(client):
    assert "© GeoBasis-DE / BKG 2016 (Daten verändert)" in text_of(client.get("/praxis/karte/"))


def test_map_needs_the_same_queries_for_three_cases(client, queries):
    PracticeCaseFactory(towns=[TownFactory()])
    one = queries(lambda: client.get("/praxis/karte/"))
    PracticeCaseFactory.create_batch(2, towns=[TownFactory(), TownFactory()])
    assert queries(lambda: client.get("/praxis/karte/")) == one == 3


# -- elsewhere ------------------------------------------------------------------------------------------------------
def test_entry_tells_search_and_pages_everything(loaded):
    found = dict(entries(visible_to(None).filter(slug="verbund-sommer")))
    entry = next(iter(found.values()))
    assert entry.label == "Praxisbeispiel aus Bad Soden-Salmünster, Penkun, Seelow, Stadtroda"
    assert entry.facets == {
        "land": ("Hessen", "Mecklenburg-Vorpommern", "Brandenburg", "Thüringen"),
        "groesse": ("10000-19999", "unter-5000", "5000-9999"),
        "jahr": ("2021",),
        "status": ("abgeschlossen",),
    }
    assert len(entry.towns) == 4
    assert "Kleine Budgets je Stadt machen aus Werkstätten sichtbare Maßnahmen." in entry.text
    assert visible_to(None).filter(practice_towns__town__name="Zwönitz").count() == 3


def test_case_among_many_of_its_topic_and_town_shows_its_towns(client, monkeypatch):
    for module in ("topics.links", "practices.queries"):
        monkeypatch.setattr(f"akademie.{module}.CANDIDATES", 2)
    town = TownFactory(name="Wittenberge")
    PracticeCaseFactory(slug="alt", years="1995", about=["wohnen"], towns=[town])
    PracticeCaseFactory.create_batch(4, years="2020", about=["wohnen"], towns=[town])
    page = client.get("/praxis/alt/")
    assert [town.name for town in page.context["towns"]] == ["Wittenberge"]
    assert len(page.context["similar"]) == 2


# -- drafts ---------------------------------------------------------------------------------------------------------
def test_draft_is_nowhere(client):
    town = TownFactory()
    PracticeCaseFactory(slug="entwurf", title="Geheim", draft=True, about=["wohnen"], towns=[town])
    PracticeCaseFactory(slug="da", title="Da", about=["wohnen"], towns=[town])
    assert client.get("/praxis/entwurf/").status_code == 404
    assert shown(client.get(LIST)) == ["Da"]
    assert client.get("/praxis/da/").context["similar"] == []
    assert "Geheim" not in text_of(client.get("/praxis/karte/"))
    assert [entry.title for _, entry in entries(visible_to(None))] == ["Da"]


def test_draft_of_towns_and_topics_stays_inside_until_it_is_published(client):
    old, new = TownFactory(name="Alt"), TownFactory(name="Neu")
    case = PracticeCaseFactory(slug="eins", about=["wohnen"], towns=[old])
    case.practice_towns = [PracticeTown(town=new, sort_order=0)]
    case.topics = [TopicFactory(slug="klima")]
    revision = case.save_revision()
    assert [town.name for town in client.get("/praxis/eins/").context["towns"]] == ["Alt"]
    revision.publish()
    page = client.get("/praxis/eins/")
    assert [town.name for town in page.context["towns"]] == ["Neu"]
    assert "/themen/klima/" in page.context["facts"]
    assert "/themen/wohnen/" not in page.context["facts"]
    assert [row.where for row in client.get(LIST).context["rows"]] == ["Neu, Brandenburg"]


def test_preview_is_the_page_with_the_draft():
    case = PracticeCaseFactory(slug="eins", title="Alt", towns=[TownFactory(name="Alt")])
    case.title = "Entwurf <b>neu</b>"
    case.practice_towns = [PracticeTown(town=TownFactory(name="Neustadt"), sort_order=0)]
    response = case.make_preview_request()
    text = text_of(response)
    assert response.status_code == 200
    assert "Entwurf <b>neu</b>" in text
    assert "Neustadt" in text
    assert PracticeCase.objects.get().title == "Alt"


def test_unknown_values_say_so(client):
    PracticeCaseFactory(slug="fast-leer", towns=[TownFactory()])
    text = text_of(client.get("/praxis/fast-leer/"))
    # checked, period, result, lesson, population, sources
    assert text.count('<span class="ak-unknown">nicht dokumentiert</span>') == 6


def test_unknown_case_is_not_found_and_only_reading_is_possible(client):
    PracticeCaseFactory(slug="eins")
    assert client.get("/praxis/gibt-es-nicht/").status_code == 404
    assert client.post(LIST).status_code == 405
    assert client.post("/praxis/eins/").status_code == 405
