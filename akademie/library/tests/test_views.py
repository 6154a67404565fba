"""The library for everyone: what is shown, what is not, and at which price."""

import html
import json

import pytest
from django.urls import reverse

from akademie.core.stamps import Stamp
from akademie.library import actions
from akademie.library.kinds import Kind
from akademie.library.models import LibraryItem
from akademie.library.queries import entries, visible_to
from akademie.library.tests.factories import LibraryItemFactory, TopicFactory

pytestmark = pytest.mark.django_db
LIST = "/bibliothek/"


def text_of(response):
    return " ".join(html.unescape(response.content.decode()).split())


def shown(response):
    return [row.title for row in response.context["rows"]]


@pytest.fixture
def loaded(topics, kept):
    kept("library", lambda: actions.load_library(lambda sentence: None))


# -- the real records -----------------------------------------------------------------------------------------------
def test_every_page_shows_every_field_of_its_record(loaded, client, records):
    for record in records:
        text = text_of(client.get(f"/bibliothek/{record['id']}/"))
        values = [record[name] for name in ("title", "publisher", "kind", "series", "in", "pages", "license", "note")]
        values += [
            record["abstract"],
            ", ".join(record["keywords"]),
            *record["persons"],
            *record["source"],
            *record["identifiers"].values(),
        ]
        values += [
            str(record["year"] or "Jahr nicht dokumentiert"),
            *(f"/themen/{slug}/" for slug in (*record["topics"], *record["subtopics"])),
        ]
        assert [value for value in values if value and value not in text] == [], record["id"]


def test_unknown_values_say_so(client):
    LibraryItemFactory(slug="fast-leer", year=None)
    text = text_of(client.get("/bibliothek/fast-leer/"))
    # persons, publisher, series, pages, identifiers, licence, sources; year and abstract in words
    assert text.count('<span class="ak-unknown">nicht dokumentiert</span>') == 7
    assert text.count("nicht dokumentiert") == 9


def test_only_what_appears_in_a_volume_lacks_one(client):
    LibraryItemFactory(slug="aufsatz", kind=Kind.ESSAY)
    LibraryItemFactory(slug="studie", kind=Kind.STUDY)
    heading = "<dt>Erschienen in</dt>"
    assert [heading in text_of(client.get(f"/bibliothek/{slug}/")) for slug in ("aufsatz", "studie")] == [True, False]


def test_facets_count_what_the_records_say(loaded, client, records, topics_of):
    facets = {facet.key: facet for facet in client.get(LIST).context["selection"].facets}
    assert {option.value: option.count for option in facets["thema"].options} == {
        slug: sum(slug in topics_of(record) for record in records)
        for slug in {slug for record in records for slug in topics_of(record)}
    }
    assert {option.value: option.count for option in facets["jahr"].options} == {
        str(year or "ohne"): sum(record["year"] == year for record in records)
        for year in {record["year"] for record in records}
    }
    assert sum(option.count for option in facets["art"].options) == 58


def test_parts_and_volume_lead_to_each_other(loaded, client):
    volume = client.get("/bibliothek/arl-16/")
    assert [row.url for row in volume.context["inside"]] == [
        "/bibliothek/arl-16-c/", "/bibliothek/arl-16-a/", "/bibliothek/arl-16-b/",
    ]  # fmt: skip
    part = client.get("/bibliothek/arl-16-a/")
    assert part.context["host"].slug == "arl-16"
    assert [reason for _, _, reason in part.context["related"]][:3] == [
        "Aufsatz, 2021; aus demselben Heft oder Band: Kompendium Kleinstadtforschung",
        "Aufsatz, 2021; aus demselben Heft oder Band: Kompendium Kleinstadtforschung",
        "Working Paper, 2022; gleiche Themen „Verwaltung, Steuerung und Zusammenarbeit“ und „Stadtimage und Identität“",
    ]


# -- the list -------------------------------------------------------------------------------------------------------
def test_list_shows_newest_first_and_by_title(client):
    for title, year in (("B", 2020), ("A", 2019), ("C", None)):
        LibraryItemFactory(title=title, year=year)
    assert shown(client.get(LIST)) == ["B", "A", "C"]
    assert shown(client.get(LIST, {"sortieren": "titel"})) == ["A", "B", "C"]
    assert shown(client.get(LIST, {"sortieren": "quatsch"})) == ["B", "A", "C"]


def test_list_is_narrowed_by_kind_topic_and_year(client):
    LibraryItemFactory(title="Gesucht", kind=Kind.ESSAY, year=2020, about=["wohnen"])
    LibraryItemFactory(title="Andere Art", kind=Kind.STUDY, year=2020, about=["wohnen"])
    LibraryItemFactory(title="Anderes Thema", kind=Kind.ESSAY, year=2020, about=["klima"])
    LibraryItemFactory(title="Anderes Jahr", kind=Kind.ESSAY, year=None, about=["wohnen"])
    assert shown(client.get(LIST, {"art": "aufsaetze", "thema": "wohnen", "jahr": "2020"})) == ["Gesucht"]
    assert shown(client.get(LIST, {"jahr": "ohne"})) == ["Anderes Jahr"]


def test_subtopic_counts_for_its_topic(client):
    parent = TopicFactory(slug="innenstadt", name="Innenstadt")
    TopicFactory(slug="handel", name="Handel", parent=parent)
    LibraryItemFactory(title="Läden", about=["handel"])
    assert shown(client.get(LIST, {"thema": "innenstadt"})) == ["Läden"]
    thema = client.get(LIST).context["selection"].facets[1]
    assert [(option.value, option.count) for option in thema.options] == [("innenstadt", 1)]


def test_subtopic_is_a_choice_while_it_is_chosen(client):
    parent = TopicFactory(slug="innenstadt", name="Innenstadt")
    TopicFactory(slug="handel", name="Handel", parent=parent)
    TopicFactory(slug="leer", name="Leer", parent=parent)
    LibraryItemFactory(title="Läden", about=["handel"])
    LibraryItemFactory(title="Anderes", about=["innenstadt"])
    response = client.get(LIST, {"thema": ["handel", "leer", "handel"]})
    assert shown(response) == ["Läden"]
    assert [option.value for _, option in response.context["selection"].chosen] == ["handel"]
    assert response.context["selection"].unknown == ["leer"]


def test_unknown_choice_is_named_and_the_list_stays(client):
    LibraryItemFactory(title="Da")
    response = client.get(LIST, {"thema": "<b>raumfahrt", "jahr": "\u202e2020"})
    assert shown(response) == ["Da"]
    assert "„<b>raumfahrt“, „2020“ kennen wir nicht." in text_of(response)
    assert b"<b>raumfahrt" not in response.content


@pytest.mark.parametrize("page", ["99999", "0", "-1", "x", "9" * 400, "%00", "\x00", "2"])
def test_page_that_does_not_exist_shows_one_that_does(client, page):
    LibraryItemFactory(title="Da")
    response = client.get(LIST, {"seite": page})
    assert (response.status_code, shown(response)) == (200, ["Da"])


def test_page_beyond_the_end_is_the_last_and_says_so(client):
    LibraryItemFactory.create_batch(21)
    response = client.get(LIST, {"seite": "99999"})
    assert (len(response.context["rows"]), response.context["selection"].page.number) == (1, 2)
    assert "Seite 99999 gibt es nicht. Hier ist die letzte Seite." in text_of(response)


@pytest.mark.parametrize("value", ["a" * 10_000, "\x00", "'\"<>", "ä" * 3000, "\u202eabc", "; drop table"])
def test_strange_choices_never_break_the_list(client, value):
    LibraryItemFactory(title="Da")
    for facet in ("art", "thema", "jahr", "sortieren", "seite", "unbekannt"):
        response = client.get(LIST, {facet: value})
        assert (response.status_code, shown(response)) == (200, ["Da"])


def test_empty_list_leads_on(client):
    text = text_of(client.get(LIST))
    assert "Dazu haben wir noch nichts." in text
    assert 'href="/austausch/frage/"' in text


def test_list_needs_the_same_queries_for_three_items(client, queries):
    LibraryItemFactory(about=["wohnen"])
    one = queries(lambda: client.get(LIST))
    LibraryItemFactory.create_batch(2, about=["wohnen"])
    assert queries(lambda: client.get(LIST)) == one == 2


def test_page_needs_the_same_queries_for_three_related_items(client, queries):
    LibraryItemFactory(slug="einer", about=["wohnen", "klima"])
    one = queries(lambda: client.get("/bibliothek/einer/"))
    for item in LibraryItemFactory.create_batch(3, about=["wohnen"]):
        item.host = LibraryItem.objects.get(slug="einer")
        item.save()
    assert queries(lambda: client.get("/bibliothek/einer/")) == one == 3


def test_entries_need_the_same_queries_for_three_items(queries):
    LibraryItemFactory(about=["wohnen"])
    one = queries(lambda: list(_entries()))
    LibraryItemFactory.create_batch(2, about=["klima", "wohnen"])
    assert queries(lambda: list(_entries())) == one == 2


def _entries():
    return entries(visible_to(None))


# -- drafts ---------------------------------------------------------------------------------------------------------
def test_draft_is_nowhere(client):
    draft = LibraryItemFactory(slug="entwurf", title="Geheimer Entwurf", draft=True, about=["wohnen"])
    part = LibraryItemFactory(slug="teil", title="Ein Teil", kind=Kind.ESSAY, part_of="Ein Band", about=["wohnen"])
    part.host = draft
    part.save()
    for address in ("/bibliothek/entwurf/", *(f"/bibliothek/entwurf.{end}" for end in ("bib", "ris", "csl.json"))):
        assert client.get(address).status_code == 404
    assert shown(client.get(LIST)) == ["Ein Teil"]
    page = client.get("/bibliothek/teil/")
    assert page.context["related"] == []
    assert "Geheimer Entwurf" not in text_of(page)
    for end in ("bib", "ris", "csl.json"):
        assert "Geheimer" not in client.get(f"/bibliothek/teil.{end}").content.decode()
    assert [entry.title for _, entry in _entries()] == ["Ein Teil"]


def test_unpublished_changes_stay_inside_until_they_are_published(client):
    item = LibraryItemFactory(slug="eins", title="Alt", about=["wohnen"])
    item.title = "Neu"
    revision = item.save_revision()
    assert client.get("/bibliothek/eins/").context["item"].title == "Alt"
    assert shown(client.get(LIST)) == ["Alt"]
    revision.publish()
    assert client.get("/bibliothek/eins/").context["item"].title == "Neu"
    assert shown(client.get(LIST)) == ["Neu"]
    assert [topic.slug for topic in LibraryItem.objects.get(slug="eins").topics.all()] == ["wohnen"]


def test_publishing_renews_the_stamp():
    item = LibraryItemFactory()
    before = Stamp.objects.get(key="bibliothek").value
    item.save_revision().publish()
    assert Stamp.objects.get(key="bibliothek").value != before


def test_preview_is_the_page_with_the_draft(client):
    item = LibraryItemFactory(slug="eins", title="Alt", about=["wohnen"])
    item.title, item.topics = "Entwurf <b>neu</b>", [TopicFactory(slug="klima", name="Klima")]
    response = item.make_preview_request()
    text = text_of(response)
    assert response.status_code == 200
    assert "Entwurf <b>neu</b>" in text
    assert "/themen/klima/" in text
    assert LibraryItem.objects.get().title == "Alt"


# -- files ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("bib", "application/x-bibtex; charset=utf-8"),
        ("ris", "application/x-research-info-systems; charset=utf-8"),
        ("csl.json", "application/vnd.citationstyles.csl+json; charset=utf-8"),
    ],
)
def test_files_are_attachments_with_a_name(client, ending, media_type):
    LibraryItemFactory(slug="eins", title="Größe")
    response = client.get(f"/bibliothek/eins.{ending}")
    assert response.headers["Content-Type"] == media_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="eins.{ending}"'
    assert "Größe" in response.content.decode()


def test_all_shipped_records_make_files(loaded, client, records):
    for record in records:
        answer = json.loads(client.get(f"/bibliothek/{record['id']}.csl.json").content)
        assert [(item["id"], item["title"]) for item in answer] == [(record["id"], record["title"])]


def test_unknown_item_and_file_are_not_found(client):
    for address in ("/bibliothek/gibt-es-nicht/", "/bibliothek/gibt-es-nicht.bib", "/bibliothek/eins.exe"):
        assert client.get(address).status_code == 404


def test_only_reading_is_possible(client):
    LibraryItemFactory(slug="eins")
    assert client.post(LIST).status_code == 405
    assert client.post("/bibliothek/eins/").status_code == 405
    assert reverse("library:citation_file", args=["eins", "bib"]) == "/bibliothek/eins.bib"


def test_meta_tags_are_in_the_head_and_escaped(client):
    LibraryItemFactory(slug="eins", title='Ein "Titel" & mehr')
    text = client.get("/bibliothek/eins/").content.decode()
    assert '<meta name="citation_title" content="Ein &quot;Titel&quot; &amp; mehr">' in text.split("</head>")[0]


def test_topic_lists_agree_with_the_public_kind(loaded):
    assert visible_to(None).filter(topics__slug="energie").count() == 1
