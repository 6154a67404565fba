"""The pages about towns: list, map, profile, addresses that are none, one's own town, the back office."""

import json
import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akademie.core import contributions
from akademie.core.contributions import PagePanel, PublicEntry, PublicKind
from akademie.towns.models import Town
from akademie.towns.tests.factories import TownFactory

LIST, MAP, POINTS, PROFILE = "/staedte/", "/staedte/karte/", "/staedte/karte/punkte.json", "/staedte/12070424/"


def listed(response) -> list[str]:
    return re.findall(r'<h3><a href="/staedte/\d{8}/">([^<]*)</a>', response.content.decode())


def test_the_list_shows_small_towns_and_leads_to_all(client, towns):
    response = client.get(LIST)
    assert listed(response) == [
        "Laucha an der Unstrut", "Mölln", "Munster", "Röbel/Müritz", "Sankt Goar", "Weißwasser/O.L. / Běła Woda",
        "Wittenberge"]  # fmt: skip
    assert "nur Kleinstädte" in response.content.decode()
    assert len(listed(client.get(LIST, {"umfang": "alle"}))) == 9


def test_the_list_finds_by_text_in_the_order_of_fit(client, towns):
    assert listed(client.get(LIST, {"q": "Munster"})) == ["Munster", "Münster"]


def test_an_unknown_town_is_answered_with_the_nearest(client, towns):
    response = client.get(LIST, {"q": "Wittenbrege"})
    assert listed(response) == ["Wittenberge"]
    assert "„Wittenbrege“ steht nicht im Gemeindeverzeichnis." in response.content.decode()
    assert "Diese Stadt kennen wir nicht" in client.get(LIST, {"q": "Entenhausen"}).content.decode()


def test_what_is_typed_is_kept_when_the_list_is_narrowed(client, towns):
    text = client.get(LIST, {"q": "Mölln", "land": "Sachsen"}).content.decode()
    assert 'name="q" value="Mölln"' in text


@pytest.mark.parametrize("page", ["99999", "-1", "abc", "1e9", "٣"])
def test_any_page_number_shows_a_page(client, towns, page):
    assert len(listed(client.get(LIST, {"seite": page}))) == 7


def test_unknown_choices_are_named(client, towns):
    text = client.get(LIST, {"land": "Atlantis", "kleinstadt": "vielleicht"}).content.decode()
    assert "„vielleicht“, „Atlantis“ kennen wir nicht." in text


BAD = ["x" * 10_000, "\x00", "‮nllöM", '"', "'", "((", "[", "\\", "%", "<script>alert(1)</script>", "a" * 80, "-1", "*"]


@pytest.mark.parametrize("typed", BAD)
@pytest.mark.parametrize("address", [LIST, MAP, POINTS])
def test_bad_input_gets_a_page(client, towns, address, typed):
    response = client.get(address, {"q": typed, "umfang": typed, "sortieren": typed, "lage": typed})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=120))
def test_whatever_is_typed_gets_a_page(towns, typed):
    assert Client().get(LIST, {"q": typed}).status_code == 200


def test_the_list_before_the_register_is_loaded(client, db):
    assert "Noch ist keine Stadt da" in client.get(LIST).content.decode()


@pytest.mark.parametrize("address", [LIST, f"{LIST}?q=Mölln", MAP, POINTS])
def test_lists_need_one_query_however_many_towns(client, towns, queries, address):
    assert queries(lambda: client.get(address)) == 1  # the stamps
    TownFactory.create_batch(25)
    assert queries(lambda: client.get(address)) == 1


def test_a_profile_needs_one_query(client, towns, queries):
    assert queries(lambda: client.get(PROFILE)) == 1  # the stamps


def test_the_map_has_the_points_of_the_list(client, towns):
    points = client.get(POINTS, {"land": "Brandenburg"})
    assert points.json() == {
        "points": [{"title": "Wittenberge", "url": PROFILE, "label": "Landkreis Prignitz, 17.058 Einwohner",
                    "lat": 53.0, "lon": 11.75}]
    }  # fmt: skip
    assert points["Cache-Control"] == "public, max-age=3600"
    text = client.get(MAP).content.decode()
    assert "© GeoBasis-DE / BKG 2016 (Daten verändert)" in text
    assert text.index('id="treffer"') < text.index('id="karte"')


# -- profile ----------------------------------------------------------------------------------------------------------
def test_a_profile_shows_every_figure(client, towns):
    text = client.get(PROFILE).content.decode()
    rows = re.findall(r'<tr><th scope="row">([^<]*)</th><td>([^<]*)</td><td class="ak-note">', text)
    assert dict(rows) == {
        "Einwohner": "17.058",
        "Entwicklung 2013 bis 2023": "−1,8 % (stabil)",
        "Fläche": "50,00 km²",
        "Einwohner je km²": "341",
        "Lage (eigene Einschätzung)": "sehr peripher",
        "Einwohner im Umkreis von 50 km": "327 Tausend",
        "Weg zur nächsten Großstadt": "91 km",
        "Stadt- und Gemeindetyp 2015": "nicht dokumentiert",
        "Kleinstadt": "ja, nach der Einteilung des BBSR von 2015",
        "Gemeindeverband": "keiner mit mehreren Mitgliedern",
        "Postleitzahl der Verwaltung": "19322",
        "Gemeindeschlüssel (AGS)": "12070424",
    }


def test_a_profile_names_the_place_and_its_silhouette(client, towns):
    text = client.get("/staedte/14626600/").content.decode()
    assert "<h1>Weißwasser/O.L. / Běła Woda</h1>" in text
    assert '<p class="ak-note">Stadt · Landkreis Görlitz, Sachsen</p>' in text
    assert '<svg class="silhouette"' in text


def test_an_unknown_development_says_so(client, towns):
    town = TownFactory(
        name="Wiedenborstel", population=12, pop_change_pct=None, trend="", small_town="", kind="Gemeinde"
    )
    text = client.get(town.get_absolute_url()).content.decode()
    assert '<th scope="row">Entwicklung 2013 bis 2023</th><td>nicht dokumentiert</td>' in text
    assert "hier nicht als Kleinstadt gezählt; mitmachen kann sie trotzdem" in text


def test_a_profile_explains_similar_towns(client, towns):
    text = client.get(PROFILE).content.decode()
    assert text.count("ähnlich groß") == 3
    assert "15.002 Einwohner, ähnlich groß; auch sehr peripher gelegen; Einwohnerzahl auch stabil" in text


def test_a_profile_tells_machines_what_it_is(client, towns):
    text = client.get(PROFILE).content.decode()
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    assert (told["@type"], told["name"], told["identifier"]) == ("City", "Wittenberge", "12070424")


def test_what_machines_are_told_cannot_break_out(client, towns):
    town = TownFactory(name="</script><b>Neustadt")
    assert "</script><b>" not in client.get(town.get_absolute_url()).content.decode()


@pytest.fixture
def things(monkeypatch):
    """A kind of public thing that two of the towns have; what others make public is left out."""
    kind = PublicKind(
        key="probe", title="Proben", singular="Probe", model=Town, town_lookup="pk",
        visible_to=lambda user: Town.objects.filter(pk__in=["12070424", "14626600"]),
        entries=lambda rows: [(row.pk, PublicEntry(title=f"Probe {row.pk}", url="/probe/")) for row in rows],
    )  # fmt: skip
    points = contributions.ContributionPoint("public_kinds", PublicKind)
    points.add(kind)
    points.add(contributions.public_kinds.get("staedte"))
    monkeypatch.setattr("akademie.towns.queries.public.public_kinds", points)
    monkeypatch.setattr("akademie.towns.queries.public._kept", None)
    monkeypatch.setattr("akademie.towns.queries.public._things", None)


def test_a_profile_gathers_what_the_academy_has(client, towns, things, queries):
    text = client.get(PROFILE).content.decode()
    assert re.findall(r'<h3><a href="/probe/">([^<]*)</a>', text) == ["Probe 12070424"]
    assert "Proben aus Wittenberge" in text
    assert text.count('class="lit"') == 2  # its own windows, and those of Weißwasser among the similar towns
    assert "Noch kein Beispiel" in client.get("/staedte/03358016/").content.decode()
    assert queries(lambda: client.get(PROFILE)) == 1


def test_windows_in_the_list_are_lit_by_activity(client, towns, things):
    assert client.get(LIST).content.decode().count('class="lit"') == 2


def test_a_town_without_public_things_is_asked_for_some(client, towns):
    assert "Noch kein Beispiel aus dieser Stadt" in client.get(PROFILE).content.decode()


def test_a_town_that_has_left_the_register_says_so(client, towns):
    Town.objects.filter(pk="12070424").update(left_register=True)
    towns["01053090"].save()  # renews the stamp
    assert "steht nicht mehr im Gemeindeverzeichnis" in client.get(PROFILE).content.decode()


def test_other_areas_add_panels(client, towns, monkeypatch):
    points = contributions.ContributionPoint("page_panels", PagePanel)
    for key, page, heading in (("a", "town", "Aufruf"), ("b", "topic", "Anderswo"), ("c", "town", "")):
        points.add(
            PagePanel(
                key=key,
                page=page,
                template="ui/empty.html",
                context=lambda request, town, heading=heading: {"heading": heading} if heading else None,
            )
        )
    monkeypatch.setattr("akademie.towns.pages.page_panels", points)
    shown = client.get(PROFILE).context["panels"]
    assert shown == [("ui/empty.html", {"heading": "Aufruf"})]


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/staedte/1053090/", "/staedte/01053090/"),
        ("/staedte/120700424424/", PROFILE),
        ("/staedte/wittenberge/", PROFILE),
        ("/staedte/Weisswasser-O.L./", "/staedte/14626600/"),
    ],
)
def test_an_address_that_means_one_town_leads_to_it(client, towns, address, leads_to):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (302, leads_to)


@pytest.mark.parametrize(
    ("typed", "told", "offered"),
    [
        ("12070999", "Den Gemeindeschlüssel 12070999 gibt es nicht oder nicht mehr.", []),
        ("12070", "12070 ist der Schlüssel eines Kreises: Landkreis Prignitz.", ["Wittenberge"]),
        ("19322", "19322 ist (der Anfang) einer Postleitzahl.", ["Wittenberge"]),
        ("120704249", "Ein Gemeindeschlüssel hat acht Ziffern, „120704249“ hat 9.", []),
        ("moelln", "„moelln“ steht nicht im Gemeindeverzeichnis.", ["Mölln", "Mölln"]),
        ("Wittenbrege", "„Wittenbrege“ steht nicht im Gemeindeverzeichnis.", ["Wittenberge"]),
        ("x" * 300, f"„{'x' * 80}“ steht nicht im Gemeindeverzeichnis.", []),
    ],
)
def test_an_address_that_is_no_town_leads_on(client, towns, typed, told, offered):
    response = client.get(f"/staedte/{typed}/")
    assert (response.status_code, listed(response)) == (404, offered)
    assert told in response.content.decode()
    assert 'action="/staedte/"' in response.content.decode()


# -- one's own town ---------------------------------------------------------------------------------------------------
def test_a_town_is_remembered_and_forgotten(client, towns):
    response = client.post(f"{PROFILE}merken/")
    cookie = response.cookies["meine_stadt"]
    assert (response["Location"], cookie.value, cookie["httponly"], cookie["samesite"]) == (
        PROFILE, "12070424", True, "Lax")  # fmt: skip
    assert "Das ist Ihre Stadt" in client.get(PROFILE).content.decode()
    response = client.post("/staedte/vergessen/", {"weiter": PROFILE})
    assert (response["Location"], response.cookies["meine_stadt"].value) == (PROFILE, "")
    assert "Ist das Ihre Stadt?" in client.get(PROFILE).content.decode()


@pytest.mark.parametrize("address", [f"{PROFILE}merken/", "/staedte/vergessen/"])
def test_looking_changes_nothing(client, towns, address):
    assert client.get(address).status_code == 405


def test_a_town_that_is_none_is_not_remembered(client, towns):
    response = client.post("/staedte/99999999/merken/")
    assert (response.status_code, "meine_stadt" in response.cookies) == (404, False)


@pytest.mark.parametrize(
    "away", ["https://boese.example/", "//boese.example/", "/\\boese.example", "javascript:alert(1)", "x"]
)
def test_nobody_is_led_away(client, towns, away):
    assert client.post("/staedte/vergessen/", {"weiter": away})["Location"] == LIST


def test_remembering_needs_the_form_of_this_site(towns):
    assert Client(enforce_csrf_checks=True).post(f"{PROFILE}merken/").status_code == 403


# -- back office ------------------------------------------------------------------------------------------------------
@pytest.fixture
def office(client, editor, towns):
    for codename in ("access_admin", "view_town", "change_town", "add_town", "delete_town"):
        editor.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(editor)
    return client


SNIPPETS = "/geschaeftsstelle/cms/snippets/towns/town/"


def test_the_office_decides_and_nothing_else_changes(office, towns):
    response = office.post(f"{SNIPPETS}edit/05515000/", {"small_town": "office", "name": "Anders", "population": "1"})
    assert response.status_code == 302
    town = Town.objects.get(pk="05515000")
    assert (town.small_town, town.small_town_decided, town.name, town.population) == (
        "office",
        True,
        "Münster",
        307_071,
    )


def test_the_office_finds_a_town(office):
    text = office.get(SNIPPETS, {"q": "Witten"}).content.decode()
    assert ("Wittenberge" in text, "Munster" in text) == (True, False)


@pytest.mark.parametrize("address", ["add/", "delete/05515000/"])
def test_nobody_adds_or_deletes_by_hand(office, address):
    assert office.get(f"{SNIPPETS}{address}").status_code == 302
    assert office.post(f"{SNIPPETS}{address}").status_code == 302
    assert Town.objects.count() == 9
