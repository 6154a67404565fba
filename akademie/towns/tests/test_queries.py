"""Towns are found by any spelling, compared with reasons, and listed without a gate."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akademie.core import stamps
from akademie.core.contributions import public_kinds
from akademie.towns import queries
from akademie.towns.models import Town
from akademie.towns.tests.factories import TownFactory


def names(typed: str) -> list[str]:
    return [row.name for row in queries.register().find(typed)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Mölln", ["Mölln", "Mölln"]),
        ("moelln", ["Mölln", "Mölln"]),
        ("molln", ["Mölln", "Mölln"]),
        ("  MÖLLN ", ["Mölln", "Mölln"]),
        ("ölln", ["Mölln", "Mölln"]),
        ("Münster", ["Münster", "Munster"]),
        ("Munster", ["Munster", "Münster"]),
        ("muenster", ["Münster", "Munster"]),
        ("weisswasser", ["Weißwasser/O.L."]),
        ("Weiswaser", ["Weißwasser/O.L."]),
        ("Bela Woda", ["Weißwasser/O.L."]),
        ("Běła Woda", ["Weißwasser/O.L."]),
        ("St. Goar", ["Sankt Goar"]),
        ("sankt goar", ["Sankt Goar"]),
        ("röbel müritz", ["Röbel/Müritz"]),
        ("müritz", ["Röbel/Müritz"]),
        ("Mölln Lauenburg", ["Mölln"]),
        ("Stadt Wittenberge", ["Wittenberge"]),
        ("19322", ["Wittenberge"]),
        ("193", ["Wittenberge"]),
        ("19 322", ["Wittenberge"]),
        ("12070424", ["Wittenberge"]),
        ("120700424424", ["Wittenberge"]),
        ("1053090", ["Mölln"]),
        ("m", ["Münster", "Mölln", "Munster", "Mölln"]),
        ("Wittenbrege", []),
        ("99999", []),
        ("?!", []),
        ("", []),
    ],
)
def test_a_town_is_found_by(towns, typed, found):
    assert names(typed) == found


def test_larger_towns_of_one_name_come_first(towns):
    assert [row.population for row in queries.register().find("Mölln")] == [19_627, 350]


@pytest.mark.parametrize(
    ("typed", "near"),
    [("Wittenbrege", ["Wittenberge"]), ("Röbbel/Müritz", ["Röbel/Müritz"]), ("19321", ["Wittenberge"]),
     ("xyzxyzxyz", []), ("ab", []), ("12345678901234567890", [])],
)  # fmt: skip
def test_nearly_right_names_are_offered(towns, typed, near):
    assert [row.name for row in queries.register().near(typed)] == near


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=300))
def test_whatever_is_typed_gets_an_answer(towns, typed):
    kept = queries.register()
    assert set(kept.find(typed)) | set(kept.near(typed)) <= set(kept.rows)


def test_the_register_is_built_anew_when_it_changes(towns, queries: Callable):
    from akademie.towns.queries import register

    assert queries(register) == 1
    TownFactory(name="Neustadt an der Probe")  # saving renews the stamp
    assert [row.name for row in register().find("Probe")] == ["Neustadt an der Probe"]


# -- the list ---------------------------------------------------------------------------------------------------------
def selected(address: str) -> list[str]:
    return [row.name for row in queries.selected(QueryDict(address)).rows]


SMALL = ["Laucha an der Unstrut", "Mölln", "Munster", "Röbel/Müritz", "Sankt Goar", "Weißwasser/O.L.", "Wittenberge"]


def test_the_list_shows_small_towns_unless_asked_otherwise(towns):
    assert selected("") == SMALL
    assert sorted(selected("umfang=alle")) == sorted([*SMALL, "Mölln", "Münster"])
    assert selected("kleinstadt=keine") == ["Mölln", "Münster"]


def test_a_name_finds_a_place_that_is_no_small_town(towns):
    assert selected("q=Münster") == ["Münster", "Munster"]
    assert selected("q=Münster&kleinstadt=bbsr") == ["Munster"]


def test_a_town_that_the_office_counts_as_small_is_in_the_list(towns):
    town = towns["05515000"]
    town.small_town = "office"
    town.save()
    assert "Münster" in selected("")


@pytest.mark.parametrize(
    ("order", "first"),
    [("", "Laucha an der Unstrut"), ("name", "Laucha an der Unstrut"), ("einwohner", "Mölln"),
     ("einwohner-auf", "Laucha an der Unstrut"), ("unsinn", "Laucha an der Unstrut")],
)  # fmt: skip
def test_the_list_can_be_ordered(towns, order, first):
    assert selected(f"sortieren={order}")[0] == first


def test_facets_narrow_the_list(towns):
    assert selected("land=Brandenburg") == ["Wittenberge"]
    assert selected("groesse=unter-5000") == ["Laucha an der Unstrut", "Röbel/Müritz", "Sankt Goar"]


def test_the_defaults_do_not_appear_in_links(towns):
    found = queries.selected(QueryDict("land=Brandenburg&seite=3"))
    assert (found.default, found.selection.query, found.selection.unknown) == (True, "land=Brandenburg", [])


# -- likeness ---------------------------------------------------------------------------------------------------------
def test_closeness_is_greatest_with_itself_and_says_why():
    town = TownFactory.build(population=8_700, state="Saarland")
    score, reasons = queries.closeness(town, town)
    assert score == pytest.approx(1)
    assert reasons == (
        "8.700 Einwohner, ähnlich groß",
        "auch sehr peripher gelegen",
        "Einwohnerzahl auch stabil",
        "ebenfalls im Saarland",
    )


def test_closeness_is_the_same_in_both_directions():
    one = TownFactory.build(population=5_000, location="central", km_to_city=20)
    other = TownFactory.build(population=12_000, location="peripheral", trend="growing", state="Hessen")
    assert queries.closeness(one, other)[0] == pytest.approx(queries.closeness(other, one)[0])
    assert queries.closeness(one, other)[1] == ()


@pytest.mark.parametrize(
    "other",
    [{"population": 40_000}, {"location": "very central"}, {"trend": "growing"}, {"state": "Hessen"},
     {"km_to_city": 5}],
)  # fmt: skip
def test_every_difference_makes_towns_less_alike(other):
    town = TownFactory.build()
    assert queries.closeness(town, TownFactory.build(**other))[0] < queries.closeness(town, TownFactory.build())[0]


def test_similar_towns_are_small_towns_and_never_the_town_itself(towns):
    found = [row.ags for row, _reasons in queries.similar_towns(towns["12070424"], 20)]
    assert sorted(found) == sorted(ags for ags in towns if ags not in ("12070424", "05515000", "13071102"))


def test_a_town_stands_in_its_group(towns):
    group = queries.group_of(towns["12070424"])
    change, distance = queries.standing_of(towns["12070424"], group)
    assert (group.name, group.members) == ("Kleinstädte mit 10.000 bis unter 20.000 Einwohnern", 4)
    assert (change.own, dict(change.rows)["bis 0"]) == ("bis 0", 4)
    assert (distance.own, dict(distance.rows)["über 80"]) == ("über 80", 4)


def test_an_unknown_development_stands_nowhere(towns):
    Town.objects.filter(pk="12070424").update(pop_change_pct=None)
    stamps.bump(queries.STAMP)
    town = queries.profile("12070424")
    change, _distance = queries.standing_of(town, queries.group_of(town))
    assert (change.own, sum(count for _label, count in change.rows)) == ("", 3)


# -- others and one's own ---------------------------------------------------------------------------------------------
def test_what_others_show_of_towns_takes_one_query(towns, django_assert_num_queries):
    with django_assert_num_queries(1):
        shown = dict(queries.entries(queries.visible_to(AnonymousUser())))
    entry = shown["14626600"]
    assert (entry.title, entry.url, entry.towns) == ("Weißwasser/O.L.", "/staedte/14626600/", ("14626600",))
    assert entry.summary == "Stadt, Landkreis Görlitz, Sachsen, 15.002 Einwohner"
    assert entry.text.split() == ["Běła", "Woda", "02943", "Görlitz", "Sachsen"]


def test_towns_that_have_left_the_register_are_not_public(towns):
    town = towns["12070424"]
    town.left_register = True
    town.save()
    assert not queries.visible_to(AnonymousUser()).filter(pk="12070424").exists()
    assert (names("Wittenberge"), queries.profile("12070424").left_register) == ([], True)


def test_towns_are_declared_public():
    kind = public_kinds.get("staedte")
    assert (kind.model, kind.list_url, kind.town_lookup) == (Town, "/staedte/", "pk")


@pytest.mark.parametrize(
    ("cookie", "name"),
    [
        ("12070424", "Wittenberge"),
        ("99999999", None),
        ("1207042", None),
        ("", None),
        ("1' OR 1", None),
        ("١٢٠٧٠٤٢٤", None),
    ],
)
def test_ones_own_town_is_read_from_the_cookie(towns, cookie, name):
    request = RequestFactory().get("/")
    request.COOKIES["meine_stadt"] = cookie
    town = queries.own_town(request)
    assert (town.name if town else None) == name


@pytest.mark.slow
def test_the_real_register_answers_as_people_ask(real_register):
    def first(typed: str) -> str:
        return queries.register().find(typed)[0].ags

    typed = (
        "wittenberge",
        "bad soden salmuenster",
        "Dießen",
        "roebel",
        "Herzberg Elster",
        "Weißwasser",
        "Bad Ems",
        "19322",
    )
    found = [first(one) for one in typed]
    assert found == ["12070424", "06435002", "09181114", "13071124", "12062224", "14626600", "07141006", "12070424"]
    assert queries.register().near("Wittenbrege")[0].ags == "12070424"
    assert len(queries.similar_towns(queries.register().by_ags["12070424"])) == 4
    assert queries.towns_list.count() == 10_753
