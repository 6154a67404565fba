"""The catalogue as people see it."""

import csv
import re
from collections.abc import Callable
from html import unescape

import pytest
import time_machine
from django.test import Client

from akademie.accounts.models import User
from akademie.core.shipped import read_records
from akademie.editing.actions import confirm
from akademie.editing.models import Upkeep
from akademie.formats import actions
from akademie.formats.models import FormatProfile
from akademie.formats.tests.factories import FormatProfileFactory, FormatRunFactory
from akademie.terms.tests.factories import TermFactory
from akademie.topics.models import Topic

pytestmark = pytest.mark.django_db
LIST, TABLE = "/formate/", "/formate/tabelle/"


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return unescape(" ".join(response.content.decode().split()))


def cards(client: Client, query: str = "") -> list[str]:
    return re.findall(r"<h3><a href=\"[^\"]+\">([^<]+)</a>", page(client, LIST + query))


def rows(client: Client, query: str = "") -> list[str]:
    text = page(client, TABLE + query)
    return re.findall(r'<th scope="row" role="rowheader"><a href="[^"]+">([^<]+)</a>', text)


# -- list -----------------------------------------------------------------------------------------------------------
def test_list_shows_the_formats_by_name_and_no_draft(client: Client) -> None:
    for name in ("Webinar", "Auf Tour", "kleines Forum"):
        FormatProfileFactory(name=name)
    FormatProfileFactory(name="Geheim", draft=True)
    assert cards(client) == ["Auf Tour", "kleines Forum", "Webinar"]
    assert "Geheim" not in page(client, LIST)


def test_card_says_what_it_is_and_its_four_figures(client: Client) -> None:
    FormatProfileFactory(
        name="Forum", kind="austausch", purpose="Unter sich sprechen.", mode=["digital", "praesenz"], effort="gering",
        duration_min=60, duration_max=120, group_min=None, group_max=None,
    )  # fmt: skip
    text = page(client, LIST)
    assert re.findall(r"<dt>([^<]+)</dt><dd[^>]*>([^<]+)</dd>", text) == [
        ("Dauer", "1 bis 2 Stunden"),
        ("Gruppe", "nicht dokumentiert"),
        ("Aufwand", "gering"),
        ("Durchführung", "digital oder vor Ort"),
    ]
    assert '<p class="ak-card__tab">Austausch</p>' in text
    assert "<p>Unter sich sprechen.</p>" in text


def test_list_without_formats_leads_on(client: Client) -> None:
    assert '<a href="/austausch/frage/">Fragen Sie die Geschäftsstelle</a>' in page(client, LIST)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?art=lernen", ["Kurz"]),
        ("?modus=praesenz", ["Lang"]),
        ("?aufwand=hoch", ["Lang"]),
        ("?dauer=bis-60-minuten", ["Kurz"]),
        ("?dauer=bis-2-stunden", ["Kurz"]),
        ("?dauer=ganzer-tag", ["Lang"]),
        ("?dauer=offen", ["Offen"]),
        ("?gruppe=bis-5", ["Kurz"]),
        ("?gruppe=6-bis-15", ["Kurz", "Lang"]),
        ("?gruppe=offen", ["Offen"]),
        ("?dauer=bis-60-minuten&dauer=offen", ["Kurz", "Offen"]),
        ("?art=lernen&aufwand=hoch", []),
        ("?thema=leerstand", ["Lang"]),
    ],
)
def test_list_is_narrowed_by_facets(client: Client, query: str, expected: list[str]) -> None:
    FormatProfileFactory(
        name="Kurz", kind="lernen", mode=["digital"], effort="gering", duration_min=45, duration_max=75, group_min=2,
        group_max=12,
    )  # fmt: skip
    long = FormatProfileFactory(
        name="Lang", kind="austausch", mode=["praesenz"], effort="hoch", duration_min=480, duration_max=960,
        group_min=15, group_max=60,
    )  # fmt: skip
    topic = Topic.objects.create(slug="leerstand", name="Leerstand")
    long.topics.add(Topic.objects.create(slug="laeden", name="Läden", parent=topic))
    long.save()
    FormatProfileFactory(name="Offen", kind="beratung")
    assert cards(client, query) == expected


def test_unknown_choices_and_pages_beyond_the_end_are_said(client: Client) -> None:
    FormatProfileFactory(name="Webinar")
    text = page(client, LIST + "?art=quatsch%00&aufwand=x&seite=99999")
    assert "„quatsch“, „x“ kennen wir nicht." in text
    assert "Seite 99999 gibt es nicht. Hier ist die letzte Seite." in text
    assert cards(client, "?art=quatsch&seite=99999") == ["Webinar"]


def test_list_turns_pages_and_keeps_the_choice(client: Client) -> None:
    FormatProfileFactory.create_batch(21)
    assert len(cards(client)) == 20
    assert len(cards(client, "?art=lernen&seite=2")) == 1
    assert 'href="?art=lernen&seite=2"' in page(client, LIST + "?art=lernen")


def test_a_change_is_in_the_list_at_once(client: Client) -> None:
    profile = FormatProfileFactory(name="Alt")
    assert cards(client) == ["Alt"]
    profile.name = "Neu"
    profile.save()
    assert cards(client) == ["Neu"]
    profile.delete()
    assert cards(client) == []


def test_pages_cost_the_same_queries_for_three_formats_as_for_one(
    client: Client, queries: Callable[[Callable[[], object]], int]
) -> None:
    first = FormatProfileFactory(steps=[("Ankommen", 5)])
    addresses = [LIST, TABLE, "/formate/tabelle.csv", first.get_absolute_url()]
    one = {address: queries(lambda address=address: client.get(address)) for address in addresses}
    FormatProfileFactory.create_batch(2, steps=[("Ankommen", 5), ("Reden", 20)])
    three = {address: queries(lambda address=address: client.get(address)) for address in addresses}
    assert three == one


# -- table ----------------------------------------------------------------------------------------------------------
ALL = {
    "": "Auf Tour, Bürgerrat, Coaching",
    "?sortieren=name&richtung=ab": "Coaching, Bürgerrat, Auf Tour",
    "?sortieren=dauer": "Coaching, Auf Tour, Bürgerrat",
    "?sortieren=dauer&richtung=ab": "Auf Tour, Coaching, Bürgerrat",
    "?sortieren=gruppe": "Coaching, Bürgerrat, Auf Tour",
    "?sortieren=aufwand": "Auf Tour, Coaching, Bürgerrat",
    "?sortieren=aufwand&richtung=ab": "Coaching, Auf Tour, Bürgerrat",
    "?sortieren=art": "Auf Tour, Coaching, Bürgerrat",
    "?sortieren=durchfuehrung": "Coaching, Auf Tour, Bürgerrat",
    "?sortieren=reife": "Coaching, Auf Tour, Bürgerrat",
    "?sortieren=quatsch&richtung=quatsch": "Auf Tour, Bürgerrat, Coaching",
}


@pytest.fixture
def three_formats() -> None:
    FormatProfileFactory(
        name="Auf Tour", kind="austausch", mode=["praesenz"], duration_min=180, duration_max=360, effort="gering",
        maturity="idee",
    )  # fmt: skip
    FormatProfileFactory(name="Bürgerrat", kind="beratung", group_min=20, group_max=60)
    FormatProfileFactory(
        name="Coaching", kind="austausch", mode=["praesenz", "digital"], duration_min=60, duration_max=120,
        effort="hoch", group_min=5, group_max=10, maturity="erprobt",
    )  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), ALL.items(), ids=lambda value: value or "as it comes")
def test_table_sorts_and_puts_the_unknown_last(client: Client, three_formats: None, query: str, expected: str) -> None:
    assert ", ".join(rows(client, query)) == expected


def test_table_head_says_how_it_is_sorted_and_turns_round(client: Client, three_formats: None) -> None:
    text = page(client, TABLE + "?sortieren=dauer")
    heads = re.findall(r'<th scope="col" role="columnheader"( aria-sort="\w+")?>(?:<a href="([^"]+)">)?(\w+)', text)
    assert (' aria-sort="ascending"', "?sortieren=dauer&richtung=ab", "Dauer") in heads
    assert [label for sort, _, label in heads if sort] == ["Dauer"]
    assert [label for _, link, label in heads if not link] == ["Zweck", "Ergebnis"]
    turned = page(client, TABLE + "?sortieren=dauer&richtung=ab")
    assert '<th scope="col" role="columnheader" aria-sort="descending"><a href="?sortieren=dauer">Dauer' in turned
    assert "3 Formate, sortiert nach Dauer, absteigend" in turned


def test_table_says_that_it_cannot_be_sorted_so(client: Client, three_formats: None) -> None:
    assert "Nach „<b>“ lässt sich die Tabelle nicht sortieren." in page(client, TABLE + "?sortieren=<b>")


def test_table_without_formats_leads_on(client: Client) -> None:
    FormatProfileFactory(draft=True)
    assert "Noch ist kein Format veröffentlicht." in page(client, TABLE)


def test_csv_holds_every_format_and_no_formula(client: Client) -> None:
    FormatProfileFactory(name="=SUMME(A1)", roles=["Moderation", "Technik"], sourced_fields=["name"])
    FormatProfileFactory(name="Geheim", draft=True)
    response = client.get("/formate/tabelle.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    table = list(csv.DictReader(response.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert [row["Name"] for row in table] == ["'=SUMME(A1)"]
    assert (table[0]["Rollen"], table[0]["Dauer"], table[0]["belegt"]) == (
        "Moderation; Technik", "nicht dokumentiert", "Name",
    )  # fmt: skip


# -- Steckbrief -----------------------------------------------------------------------------------------------------
def test_steckbrief_tells_sourced_from_proposed_in_words(client: Client) -> None:
    profile = FormatProfileFactory(
        result="Kontaktliste", roles=["Moderation"], sourced_fields=["result", "tips"], proposed_fields=["roles"]
    )
    text = page(client, profile.get_absolute_url())
    assert re.findall(r"<h2>([^<]+?) ?<span class=\"ak-origin ak-origin--(\w+)\">(\w+)</span>", text) == [
        ("Ergebnis", "belegt", "belegt"),
        ("Rollen", "vorschlag", "Vorschlag"),
    ]
    assert "Belegt: Ergebnis. Vorschlag der Akademie: Rollen." in text


def test_steckbrief_of_the_data_shows_every_field(client: Client) -> None:
    actions.load_formats(lambda line: None)
    for record in read_records(actions.SOURCE, actions.FIELDS):
        text = page(client, f"/formate/{record['id']}/")
        shown = [
            record["name"], record["purpose"], *record["target_groups"], *record["roles"], *record["tools"],
            record["result"], record["tips"], *(step["title"] for step in record["steps"]), *record["source"],
            *(f"{step['minutes']} Min." for step in record["steps"] if step["minutes"]),
            record["piloted"]["where"] or "", record["effort"],
        ]  # fmt: skip
        assert [part for part in shown if part not in text] == [], record["id"]


def test_steps_have_minutes_and_a_drawing_that_fills_its_width(client: Client) -> None:
    profile = FormatProfileFactory(steps=[("Vorab", 0), ("Ankommen", 10), ("Reden", 20), ("Schluss", 3)])
    text = page(client, profile.get_absolute_url())
    assert re.findall(r"<li><span>(\w+)</span><(?:b|span)[^>]*>([^<]+)<", text) == [
        ("Vorab", "ohne feste Zeit"), ("Ankommen", "10 Min."), ("Reden", "20 Min."), ("Schluss", "3 Min."),
    ]  # fmt: skip
    assert sum(int(width) for width in re.findall(r'<rect[^>]* width="(\d+)"', text)) == 1000
    assert "zusammen 33 Minuten" in text


def test_steckbrief_names_similar_formats_with_reasons(client: Client) -> None:
    same = {"kind": "austausch", "mode": ["digital"], "effort": "gering"}
    one = FormatProfileFactory(name="Forum", **same)
    FormatProfileFactory(name="Tandem", slug="tandem", **same)
    FormatProfileFactory(name="Geheim", draft=True, **same)
    FormatProfileFactory(name="Anders", kind="lernen", mode=["praesenz"], effort="hoch")
    text = page(client, one.get_absolute_url())
    assert re.findall(r'<a href="/formate/tandem/">Tandem</a> <span class="ak-note">([^<]+)<', text) == [
        "auch für Austausch, auch digital und geringer Aufwand"
    ]
    assert ("Anders" in text, "Geheim" in text) == (False, False)


@pytest.mark.parametrize("address", ["/formate/{}/", "/formate/{}/steckbrief.pdf"])
def test_drafts_and_unknown_formats_are_not_found(client: Client, address: str) -> None:
    profile = FormatProfileFactory(name="Geheim", slug="geheim", draft=True)
    assert client.get(address.format(profile.slug)).status_code == 404
    assert client.get(address.format("gibt-es-nicht")).status_code == 404
    profile.live = True
    profile.save()
    assert client.get(address.format(profile.slug)).status_code == 200


def test_typed_text_is_shown_as_text(client: Client) -> None:
    profile = FormatProfileFactory(name="<script>x</script>", roles=["<img>"], steps=[("<b>", 5)])
    raw = client.get(profile.get_absolute_url()).content.decode()
    assert ("<script>x" in raw, "<img>" in raw, "<span><b></span>" in raw) == (False, False, False)


# -- PDF ------------------------------------------------------------------------------------------------------------
def test_pdf_has_headers_and_is_not_sent_twice(client: Client) -> None:
    profile = FormatProfileFactory(slug="forum")
    first = client.get("/formate/forum/steckbrief.pdf")
    assert first.content[:5] == b"%PDF-"
    assert (first["Content-Type"], first["Content-Disposition"], first["Cache-Control"]) == (
        "application/pdf", 'inline; filename="Steckbrief-forum.pdf"', "no-cache",
    )  # fmt: skip
    again = client.get("/formate/forum/steckbrief.pdf", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    profile.name = "Neues Forum"
    profile.save()
    changed = client.get("/formate/forum/steckbrief.pdf", headers={"if-none-match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


def test_hidden_steckbrief_is_gone_even_for_those_who_have_it(client: Client) -> None:
    profile = FormatProfileFactory(slug="forum")
    first = client.get("/formate/forum/steckbrief.pdf")
    profile.unpublish()
    assert client.get("/formate/forum/steckbrief.pdf", headers={"if-none-match": first["ETag"]}).status_code == 404


@pytest.mark.parametrize("address", [LIST, TABLE, "/formate/tabelle.csv"])
def test_nothing_here_takes_a_post(client: Client, address: str) -> None:
    assert client.post(address, {"x": "1"}).status_code == 405


# -- what a process keeps drawn -------------------------------------------------------------------------------------
def test_every_change_shows_on_the_next_request(client: Client, editor: User) -> None:
    def shown(*words: str) -> list[str]:
        text = page(client, "/formate/forum/")
        return [word for word in words if word in text]

    topic = Topic.objects.create(slug="leerstand", name="Leerstand")
    forum = FormatProfileFactory(slug="forum", name="Forum", purpose="Fördermittel verstehen.", kind="austausch")
    forum.topics.add(topic)
    forum.save()
    words = ["Leerstand", "Leere Häuser", 'class="ak-term"', "Was es heißt.", "Anders erklärt.", "Gemessen", "geprüft",
             "eigene Variante veröffentlicht", "Abendforum", "anders ist: abends"]  # fmt: skip
    assert shown(*words) == ["Leerstand", "eigene Variante veröffentlicht"]

    topic.name = "Leere Häuser"
    topic.save()
    assert shown(*words) == ["Leere Häuser", "eigene Variante veröffentlicht"]

    term = TermFactory(title="Fördermittel", explanation="Was es heißt.")
    assert shown(*words[2:5]) == ['class="ak-term"', "Was es heißt."]
    term.explanation = "Anders erklärt."
    term.save()
    assert shown(*words[2:5]) == ['class="ak-term"', "Anders erklärt."]
    term.delete()
    assert shown(*words[2:5]) == []

    FormatRunFactory(profile=forum)
    assert shown(*words[5:]) == ["Gemessen", "eigene Variante veröffentlicht"]
    upkeep = Upkeep.objects.get(kind="formate", object_pk=str(forum.pk))
    for day in ("2026-03-14", "2026-03-15"):
        with time_machine.travel(f"{day} 12:00+01:00"):
            confirm(upkeep, by=editor)
        assert shown("geprüft am 14. März 2026", "geprüft am 15. März 2026") == [
            f"geprüft am {int(day[-2:])}. März 2026"
        ]

    FormatProfileFactory(name="Abendforum", kind="austausch", origin=forum, differs="abends")
    assert shown(*words[7:]) == ["Abendforum", "anders ist: abends"]
    FormatProfile.objects.get(pk=forum.pk).unpublish()
    page(client, "/formate/forum/", status=404)
