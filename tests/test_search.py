"""The search as a whole: what is noted, indexed, found and shown, and what never appears."""

import html
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from akademie.core.actions import load_data_sets
from akademie.core.contributions import public_kinds, reference_data
from akademie.library.tests.factories import LibraryItemFactory
from akademie.practices.models import PracticeTown
from akademie.practices.tests.factories import PracticeCaseFactory, TopicFactory, TownFactory
from akademie.search import actions, queries
from akademie.search.engine import TantivyEngine
from akademie.search.models import SearchOutbox, SynonymGroup
from akademie.search.tests.running_indexer import running_indexer


@pytest.fixture
def engine(settings, tmp_path: Path) -> Iterator[TantivyEngine]:
    """The engine of this process on a folder of its own, without an index."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    queries.engine.cache_clear()
    yield queries.engine()
    queries.engine().close()
    queries.engine.cache_clear()


@pytest.fixture(scope="module")
def empty_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the index of an empty database lies once the first test has made it."""
    return tmp_path_factory.mktemp("empty") / "index"


@pytest.fixture
def index(db: None, engine: TantivyEngine, empty_index: Path) -> TantivyEngine:
    """The engine with an index of what is in the database: nothing."""
    if not empty_index.exists():
        actions.rebuild_index(engine)
        engine.close()
        shutil.copytree(engine.root, empty_index)
    else:
        shutil.copytree(empty_index, engine.root)
    return engine


def titles(text: str, **more: object) -> list[str]:
    return [found.entry.title for found in queries.search(text, **more).found]


def text_of(response) -> str:
    return " ".join(html.unescape(response.content.decode()).split())


# -- the outbox -----------------------------------------------------------------------------------------------------
def test_a_change_and_its_note_share_the_transaction(db, engine):
    with transaction.atomic():
        LibraryItemFactory()
        assert SearchOutbox.objects.filter(kind="bibliothek").exists()
        transaction.set_rollback(True)
    assert not SearchOutbox.objects.exists()


def test_changes_are_found_after_the_next_batch(index):
    item = LibraryItemFactory(title="Mitfahrbank am Markt")
    assert titles("Mitfahrbank") == []
    assert actions.index_changes(index) > 0
    assert index.cursor() == SearchOutbox.objects.latest("seq").seq
    assert titles("Mitfahrbank") == ["Mitfahrbank am Markt"]
    item.title = "Rufbus am Markt"
    item.save()
    actions.index_changes(index)
    assert (titles("Rufbus"), titles("Mitfahrbank", correct=False)) == (["Rufbus am Markt"], [])
    item.delete()
    actions.index_changes(index)
    assert titles("Rufbus") == []
    assert actions.index_changes(index) == 0


def test_taking_the_same_notes_again_does_no_harm(index):
    LibraryItemFactory(title="Mitfahrbank am Markt")
    before = index.cursor()
    actions.index_changes(index)
    index.commit(before)  # as if the process had ended before it could store its place
    assert actions.index_changes(index) > 0
    assert titles("Mitfahrbank") == ["Mitfahrbank am Markt"]


def test_done_notes_go_after_a_day(index):
    LibraryItemFactory()
    SearchOutbox.objects.update(noted_at="2020-01-01T00:00:00Z")
    actions.remove_done_notes(index)
    assert SearchOutbox.objects.exists()
    actions.index_changes(index)
    actions.remove_done_notes(index)
    assert not SearchOutbox.objects.exists()


# -- visibility -----------------------------------------------------------------------------------------------------
def test_a_hidden_object_disappears_before_the_index_hears_of_it(client, index):
    item = LibraryItemFactory(title="Mitfahrbank am Markt")
    other = LibraryItemFactory(title="Mitfahrbank am Bahnhof")
    actions.index_changes(index)
    item.live = False
    item.save()
    page = client.get("/suche/?q=Mitfahrbank").context["page"]
    assert [entry.title for entry, _ in page.hits] == [other.title]
    assert (page.total, page.selection.facets[0].options[0].count) == (1, 1)
    assert item.title not in text_of(client.get("/suche/vorschlaege/?q=mitf"))
    assert [(kind.key, count) for kind, count in queries.stock()] == [("bibliothek", 1)]


def test_drafts_never_appear(client, index):
    LibraryItemFactory(title="Mitfahrbank am Markt", draft=True)
    PracticeCaseFactory(title="Mitfahrbank im Dorf", draft=True)
    while actions.index_changes(index):
        pass
    for address in ("/suche/?q=Mitfahrbank", "/suche/?art=bibliothek", "/suche/vorschlaege/?q=mitfahr", "/suche/"):
        assert "Mitfahrbank am" not in text_of(client.get(address))
    actions.rebuild_index(index)
    assert queries.search("Mitfahrbank").total == 0


# -- rebuild --------------------------------------------------------------------------------------------------------
def test_what_changes_during_a_rebuild_is_not_lost(index, monkeypatch):
    LibraryItemFactory(title="Mitfahrbank am Markt")
    swap = index.swap

    def swap_late(generation) -> None:
        LibraryItemFactory(title="Rufbus am Markt")  # after everything was read
        assert actions.index_changes(index) > 0  # the old index takes it in and moves on
        swap(generation)

    monkeypatch.setattr(index, "swap", swap_late)
    actions.rebuild_index(index)
    assert titles("Mitfahrbank") == ["Mitfahrbank am Markt"]
    assert actions.index_changes(index) > 0
    assert titles("Rufbus") == ["Rufbus am Markt"]


def test_a_batch_goes_into_one_index_even_when_another_process_changes_over(index, settings, monkeypatch):
    other = TantivyEngine(settings.SEARCH_INDEX_DIR)
    actions.rebuild_index(other)
    LibraryItemFactory(title="Rufbus am Markt")
    read = actions._settled_notes
    fresh = other.new_generation()  # of another process, read before the change
    fresh.commit(0)

    def read_and_change_over(cursor):
        notes = read(cursor)
        other.swap(fresh)
        return notes

    monkeypatch.setattr(actions, "_settled_notes", read_and_change_over)
    actions.index_changes(index)
    monkeypatch.undo()
    assert actions.index_changes(index) > 0
    assert titles("Rufbus") == ["Rufbus am Markt"]


def test_another_analysis_asks_for_a_new_index(index):
    assert index.needs_rebuild() is False
    folder = index.current()
    index.close()
    other = folder.with_name(f"0000000000-{folder.name.rpartition('-')[2]}")
    folder.rename(other)
    (index.root / "CURRENT").write_text(other.name)
    assert index.needs_rebuild() is True
    actions.rebuild_index(index)
    assert (index.needs_rebuild(), other.exists()) == (False, False)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_indexer_finds_a_change_within_a_second(engine):
    with running_indexer():
        wait_for(lambda: not engine.needs_rebuild(), 30)
        LibraryItemFactory(title="Mitfahrbank am Markt")
        started = time.monotonic()
        wait_for(lambda: titles("Mitfahrbank"), 5)
        assert time.monotonic() - started < 1


def wait_for(holds: Callable[[], object], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


# -- words ----------------------------------------------------------------------------------------------------------
def test_the_academy_is_found_in_both_spellings(index):
    LibraryItemFactory(title="Die Kleinstadtakademie")
    LibraryItemFactory(title="Kleinstadt Akademie im Norden")
    LibraryItemFactory(title="Rufbus")
    actions.index_changes(index)
    for text in ("Kleinstadtakademie", "Kleinstadt Akademie", "kleinstadt-akademie"):
        assert set(titles(text)) == {"Die Kleinstadtakademie", "Kleinstadt Akademie im Norden"}


def test_synonyms_of_the_editors_count_at_once(index):
    LibraryItemFactory(title="Plauderbank am Markt")
    actions.index_changes(index)
    assert titles("Schwätzchen") == []
    group = SynonymGroup.objects.create(words="Schwätzchen, Plauderbank")
    assert titles("Schwätzchen") == ["Plauderbank am Markt"]
    group.delete()
    assert titles("Schwätzchen") == []


@pytest.mark.parametrize("words", ["Rufbus", "Rufbus,", "=> Rufbus", "Rufbus =>", " , "])
def test_synonyms_that_say_nothing_are_refused(words):
    with pytest.raises(Exception, match="Nennen Sie mindestens zwei Wörter"):
        SynonymGroup(words=words).clean()


# -- names ----------------------------------------------------------------------------------------------------------
EVERYDAY = ("Freibad", "Radweg", "Radwege fehlen", "Feuerwehr", "Tourismus", "Hochwasser", "Leerstand", "Bürgerbus",
            "Starkregen", "Supermarkt", "Bahnhof", "Friedhof", "Grundschule", "Marktplatz", "Leerstand in der Stadt",
            "Kleinstadtakademie", "Kleinstadt Akademie")  # fmt: skip
NAMES = {
    "Perleberg": "Perleberg", "perleberg brandenburg": "Perleberg", "Perlebreg": "Perleberg", "Perleb": "Perleberg",
    "Bad Freienwalde": "Bad Freienwalde (Oder)", '"Bad Freienwalde"': "Bad Freienwalde (Oder)",
    "Frankenberg Eder": "Frankenberg (Eder)", "Wittenberge": "Wittenberge", "Moelln": "Mölln", "Molln": "Mölln",
    "Neu-Ruppin": "Neuruppin", "Neu Ruppin": "Neuruppin", "garmischpartenkirchen": "Garmisch-Partenkirchen",
    "Weil am Rhein": "Weil am Rhein", "Wald": "Wald", "16816": "Neuruppin",
}  # fmt: skip


@pytest.mark.slow
def test_everyday_words_find_no_towns_and_towns_are_found_by_their_names(db, engine):
    load_data_sets(reference_data, lambda sentence: None)
    assert queries.search("", filters={"kind": ["staedte"]}).total == 10_753
    found = {text: [found.kind.key for found in queries.search(text, limit=10).found] for text in EVERYDAY}
    assert {text: kinds.count("staedte") for text, kinds in found.items()} == dict.fromkeys(EVERYDAY, 0)
    assert {"praxis", "bibliothek"} <= set(found["Leerstand"])
    named = {
        "Kleinstadtakademie – Pilotphase",
        "Positionspapier des Beirats zur Pilotphase Kleinstadtakademie",
        "Kleinstadt Akademie auf Tour",
    }
    for text in ("Kleinstadtakademie", "Kleinstadt Akademie", "kleinstadt-akademie"):
        assert set(titles(text, limit=4)) >= named
    assert {text: titles(text, limit=1) for text in NAMES} == {text: [name] for text, name in NAMES.items()}
    assert "Büsum" in titles("Tourismus Büsum", limit=3)


# -- the page -------------------------------------------------------------------------------------------------------
def test_hits_show_label_link_and_the_passage(client, index):
    LibraryItemFactory(title="Mobil im Dorf", slug="mobil", abstract="Die Mitfahrbank <hilft>.", year=2021)
    actions.index_changes(index)
    response = client.get("/suche/?q=mitfahrbänke")
    assert '<a href="/bibliothek/mobil/">Mobil im Dorf</a>' in response.content.decode()
    assert "Die <mark>Mitfahrbank</mark> &lt;hilft&gt;." in response.content.decode()
    assert "Studie, 2021" in text_of(response)
    assert "1 Treffer für „mitfahrbänke“" in text_of(response)


def test_the_passage_comes_from_the_rest_when_nothing_shown_answers(client, index):
    LibraryItemFactory(title="Mobil im Dorf", abstract="Ohne das Wort.", publisher="Verlag Mitfahrbank")
    actions.index_changes(index)
    [(_entry, excerpt)] = client.get("/suche/?q=Mitfahrbank").context["page"].hits
    assert excerpt == "Verlag <mark>Mitfahrbank</mark>"


def test_keywords_are_no_passage_and_say_so(client, index):
    LibraryItemFactory(title="Mobil im Dorf", abstract="Ohne das Wort.", keywords="Rufbus\nMitfahrbank & mehr")
    actions.index_changes(index)
    [(_entry, excerpt)] = client.get("/suche/?q=Mitfahrbank").context["page"].hits
    assert excerpt == "Stichwörter: Rufbus, <mark>Mitfahrbank</mark> &amp; mehr"


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ({"series": "MORO Praxis 15", "pages": "5–23"}, "MORO Praxis 15, Seiten 5–23. "),
        ({"part_of": "Kompendium <1>", "pages": "46 Seiten"}, "in: Kompendium &lt;1&gt;, 46 Seiten. "),
        ({}, ""),
    ],
)
def test_without_a_summary_it_says_what_is_known(client, index, known, line):
    LibraryItemFactory(title="Mitfahrbank", abstract="", **{"series": "", "part_of": "", "pages": "", **known})
    actions.index_changes(index)
    [(_entry, excerpt)] = client.get("/suche/?q=Mitfahrbank").context["page"].hits
    assert excerpt == f"{line}Eine Zusammenfassung ist nicht dokumentiert."


def test_a_slip_is_corrected_and_can_be_insisted_on(client, index):
    LibraryItemFactory(title="Mitfahrbank am Markt")
    actions.index_changes(index)
    page = client.get("/suche/?q=Mitfahrbenk+Dorf").context["page"]
    assert (page.meant, len(page.hits)) == ("Mitfahrbank Dorf", 1)
    assert page.exact_link == "/suche/?q=Mitfahrbenk+Dorf&genau=1"
    exact = client.get(page.exact_link)
    assert exact.context["page"].hits == []
    assert "Auch ähnliche Schreibweisen suchen" in text_of(exact)


def test_filters_narrow_and_unknown_ones_are_named(client, index):
    TopicFactory(slug="verkehr", name="Verkehr")
    LibraryItemFactory(title="Mitfahrbank am Markt", about=["verkehr"], year=2021)
    PracticeCaseFactory(title="Mitfahrbank im Dorf")
    while actions.index_changes(index):
        pass
    page = client.get("/suche/?q=mitfahrbank&art=bibliothek&thema=verkehr&jahr=2021&land=Atlantis").context["page"]
    assert [entry.title for entry, _ in page.hits] == ["Mitfahrbank am Markt"]
    assert page.selection.unknown == ["Atlantis"]
    assert [(facet.key, option.label) for facet, option in page.selection.chosen] == [
        ("art", "Bibliothek"), ("thema", "Verkehr"), ("jahr", "2021"),
    ]  # fmt: skip
    kinds = {option.value: option.count for option in client.get("/suche/?q=mitfahrbank&art=praxis").context["page"].selection.facets[0].options}  # fmt: skip  # noqa: E501
    assert kinds == {"bibliothek": 1, "praxis": 1}


def test_a_page_beyond_the_end_is_the_last(client, index):
    for number in range(11):
        LibraryItemFactory(title=f"Mitfahrbank {number}")
    actions.index_changes(index)
    response = client.get("/suche/?q=mitfahrbank&seite=99999")
    assert (response.context["page"].selection.page.number, len(response.context["page"].hits)) == (2, 1)
    assert "Seite 99999 gibt es nicht" in text_of(response)
    assert 'href="?q=mitfahrbank&seite=1"' in text_of(response)


def test_too_much_is_shortened_and_said(client, index):
    response = client.get("/suche/", {"q": "Mitfahrbank " * 900})
    assert "ersten 600 Zeichen" in text_of(response)
    assert len(response.context["asked"].text) <= 600


def test_no_hits_lead_on(client, index):
    text = text_of(client.get("/suche/?q=Mondlandung&art=praxis"))
    assert "Kein Treffer für „Mondlandung“" in text
    for link in ("/wegweiser/?q=Mondlandung", "/austausch/frage/", "/suche/?q=Mondlandung"):
        assert f'href="{link}"' in text


def test_without_words_there_is_a_beginning(client, index):
    TopicFactory(slug="verkehr", name="Verkehr")
    actions.index_changes(index)
    text = text_of(client.get("/suche/"))
    assert "Leerstand in der Innenstadt" in text
    assert '<a href="/themen/verkehr/">Verkehr</a>' in text


def test_without_an_index_the_page_says_so(client, db, engine):
    assert "Die Suche ist noch nicht bereit" in text_of(client.get("/suche/"))
    assert client.get("/suche/?q=Rathaus").status_code == 200


def test_suggestions_are_options(client, index):
    LibraryItemFactory(title="Mitfahrbank & Rufbus")
    actions.index_changes(index)
    response = client.get("/suche/vorschlaege/?q=mitf")
    assert '<option value="Mitfahrbank &amp; Rufbus"></option>' in response.content.decode()
    assert client.get("/suche/vorschlaege/?q=m").content.strip() == b""


def test_three_hits_need_as_many_queries_as_one(client, index, queries):
    LibraryItemFactory(title="Mitfahrbank 1")
    PracticeCaseFactory(title="Mitfahrbank 2")
    while actions.index_changes(index):
        pass
    one = queries(lambda: client.get("/suche/?q=mitfahrbank"))
    for number in range(3):
        LibraryItemFactory(title=f"Mitfahrbank {number + 3}")
        PracticeCaseFactory(title=f"Mitfahrbank {number + 6}")
    while actions.index_changes(index):
        pass
    assert queries(lambda: client.get("/suche/?q=mitfahrbank")) == one


TYPED = st.text(max_size=80) | st.text("\"„“'-:*() \x00\u202e\u200f\u00ad<&%äß", max_size=40)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=TYPED, values=st.lists(st.tuples(st.sampled_from(["art", "thema", "land", "groesse", "jahr", "genau", "seite", "x"]), TYPED), max_size=5))  # fmt: skip  # noqa: E501
@example(q="\x00", values=[("seite", "99999"), ("art", "\x00")])
@example(q="Rathaus\u202e\u200f", values=[("land", "\u202eHessen")])
@example(q="x" * 10_000, values=[("thema", "y" * 10_000)])
@example(q='"unpaarig „leer', values=[("jahr", "0000")])
@example(q="art:nichts -", values=[("seite", "-1")])
def test_whatever_is_asked_there_is_an_answer(client, index, q, values):
    parameters = [("q", q), *values]
    data: dict[str, list[str]] = {}
    for key, value in parameters:
        data.setdefault(key, []).append(value.encode("utf-8", "ignore").decode())
    for address in ("/suche/", "/suche/vorschlaege/"):
        assert client.get(address, data).status_code == 200


def test_every_kind_describes_the_same_on_a_card(index):
    LibraryItemFactory(about=["verkehr"])
    PracticeTown.objects.create(case=PracticeCaseFactory(), town=TownFactory(name="Wittenberge"))
    PracticeCaseFactory()
    for kind in public_kinds:
        if kind.cards:
            rows = kind.visible_to(None)
            whole = {pk: (e.title, e.url, e.summary, e.label) for pk, e in kind.entries(rows)}
            assert {pk: (e.title, e.url, e.summary, e.label) for pk, e in kind.cards(rows)} == whole
