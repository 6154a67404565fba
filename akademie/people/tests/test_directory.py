"""The directory and the profiles: who sees what, and what it costs."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict

from akademie.core import stamps
from akademie.people import directory
from akademie.people import queries as people_queries
from akademie.people.actions import joining, profiles
from akademie.people.models import Audience, Profile
from akademie.people.tests.factories import MembershipFactory, PersonFactory, ProfileFactory
from akademie.towns.models import Town
from akademie.towns.tests.factories import TownFactory

pytestmark = pytest.mark.django_db
VIEWERS = ["guest", "participant", "office"]


@pytest.fixture
def viewers(lead):
    return {"guest": AnonymousUser(), "participant": PersonFactory(), "office": lead}


def renew() -> None:
    """What actions do after a change."""
    stamps.bump("menschen")
    stamps.bump("staedte")


def select(query: str, user) -> directory.Found:
    return directory.select(QueryDict(query), user)


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("show_name", Audience)
def test_rule_and_query_agree(viewers, viewer, show_name):
    user = viewers[viewer]
    profile = ProfileFactory(show_name=show_name)
    nameless = ProfileFactory(show_name=show_name, user__first_name="", user__last_name="")
    blocked = ProfileFactory(show_name=show_name, user__is_active=False)
    renew()
    listed = set(people_queries.visible_to(user).values_list("pk", flat=True))
    by_rule = {one.pk for one in (profile, nameless, blocked) if user.has_perm("people.see_profile", one)}
    assert listed == by_rule
    assert {card.pk for card in select("", user).cards} == listed
    assert listed == ({profile.pk} if show_name >= people_queries.audience_of(user) else set())


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("part", ["function", "helps", "seeks", "about", "phone"])
@pytest.mark.parametrize("level", Audience)
def test_a_part_is_shown_to_its_circle_only_on_page_and_list(client, viewers, viewer, part, level):
    hidden = {f"show_{one}": Audience.NOBODY for one in people_queries.PARTS}
    profile = ProfileFactory(
        **{**hidden, "show_name": Audience.PUBLIC, f"show_{part}": level},
        about="GEHEIM-about", phone="0800 123 456", helps=["geheim-helps"], seeks=["geheim-seeks"],
    )  # fmt: skip
    MembershipFactory(
        user=profile.user, function="GEHEIM-function", town=TownFactory(ags="12070296", name="Geheimstadt")
    )
    renew()
    user = viewers[viewer]
    if viewer != "guest":
        client.force_login(user)
    page = client.get(f"/menschen/{profile.pk}/").content.decode()
    listing = client.get("/menschen/").content.decode()
    marks = {
        "function": "GEHEIM-function", "helps": "geheim-helps", "seeks": "geheim-seeks", "about": "GEHEIM-about",
        "phone": "0800 123 456",
    }  # fmt: skip
    seen = level >= people_queries.audience_of(user)
    assert {one for one, mark in marks.items() if mark in page} == ({part} if seen else set())
    in_list = {one for one, mark in marks.items() if mark.lower() in listing.lower() or mark.capitalize() in listing}
    assert in_list <= {"function", "helps", "seeks"} & ({part} if seen else set())
    # Neither by a choice nor by its count does the list tell what it does not show.
    assert select("hilft=geheim-helps", user).selection.unknown == (
        [] if part == "helps" and seen else ["geheim-helps"]
    )
    assert select("sucht=geheim-seeks", user).selection.unknown == (
        [] if part == "seeks" and seen else ["geheim-seeks"]
    )
    found = select("stadt=12070296", user)
    assert [card.pk for card in found.cards] == ([profile.pk] if part == "function" and seen else [])


def test_the_gate_is_the_name_whatever_else_is_public(client):
    profile = ProfileFactory(public=True, hidden=True, helps=["leerstand"])
    MembershipFactory(user=profile.user, town=TownFactory(ags="12070296"))
    renew()
    assert client.get("/menschen/").content.decode().count("Beck") == 0
    assert client.get(f"/menschen/{profile.pk}/").status_code == 302
    assert select("hilft=leerstand", AnonymousUser()).selection.unknown == ["leerstand"]
    assert "Beck" not in client.get("/staedte/12070296/").content.decode()


def test_a_hidden_profile_answers_like_one_that_does_not_exist(client):
    hidden = ProfileFactory(hidden=True)
    for suffix in ("", "kontakt/", "kontakt/gesendet/"):
        paths = [f"/menschen/{pk}/{suffix}" for pk in (hidden.pk, 99999)]
        guest = [client.get(path) for path in paths]
        assert [one.status_code for one in guest] == [302, 302]
    client.force_login(PersonFactory())
    assert [client.get(f"/menschen/{pk}/").status_code for pk in (hidden.pk, 99999)] == [404, 404]


def test_no_address_is_ever_shown(client):
    profile = ProfileFactory(public=True, user__email="versteckt@stadt.example", user__first_name="")
    MembershipFactory(user=profile.user, town=TownFactory(ags="12070296"))
    renew()
    for path in ("/menschen/", f"/menschen/{profile.pk}/", f"/menschen/{profile.pk}/kontakt/", "/staedte/12070296/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "versteckt" not in answer.content.decode()


def test_a_town_page_shows_its_people(client):
    town = TownFactory(ags="12070296")
    profile = ProfileFactory(public=True, user__last_name="Sichtbar")
    MembershipFactory(user=profile.user, town=town, function="Kulturamt")
    MembershipFactory(user=ProfileFactory(user__last_name="Verborgen").user, town=town)
    MembershipFactory(user=ProfileFactory(public=True, user__last_name="Ehemals").user, town=town, ended=True)
    renew()
    page = client.get("/staedte/12070296/").content.decode()
    assert "Anna Sichtbar</a>, Kulturamt" in page
    assert [name for name in ("Verborgen", "Ehemals") if name in page] == []


def test_a_town_page_asks_about_people_only_where_somebody_shows_up(client, queries):
    """The page that is opened most: without people, or with people who hide from guests, it costs nothing more."""
    town, path = TownFactory(ags="12070296"), "/staedte/12070296/"
    renew()
    nobody = queries(lambda: client.get(path))
    MembershipFactory(user=ProfileFactory(user__last_name="Verborgen").user, town=town)
    renew()
    assert queries(lambda: client.get(path)) == nobody
    MembershipFactory(user=ProfileFactory(public=True).user, town=town)
    renew()
    assert queries(lambda: client.get(path)) == nobody + 1


def test_a_town_page_follows_every_change_at_once(client, lead):
    """What the process keeps about towns with people is never older than the last change."""
    path, profile = "/staedte/12070296/", ProfileFactory(public=True, user__last_name="Sichtbar")
    asked = MembershipFactory(user=profile.user, town=TownFactory(ags="12070296"), asked=True)

    def shown() -> bool:
        return "Anna Sichtbar" in client.get(path).content.decode()

    seen = [shown()]
    joining.confirm(asked, by=lead)
    seen.append(shown())
    profiles.save_profile(profile.user, first_name="Anna", last_name="Sichtbar", show_function=Audience.NOBODY)
    seen.append(shown())
    profiles.save_profile(profile.user, first_name="Anna", last_name="Sichtbar", show_function=Audience.PUBLIC)
    seen.append(shown())
    joining.end_membership(asked, by=lead)
    assert [*seen, shown()] == [False, True, False, True, False]


def test_the_list_is_narrowed_by_topic_land_kind_and_town():
    helper, seeker = ProfileFactory(helps=["leerstand"]), ProfileFactory(seeks=["leerstand"])
    MembershipFactory(user=helper.user, town=TownFactory(ags="12070296", name="Perleberg", state="Brandenburg"))
    MembershipFactory(user=seeker.user, of_organisation=True)
    renew()
    user = PersonFactory()
    asked = {
        "hilft=leerstand": [helper], "sucht=leerstand": [seeker], "land=Brandenburg": [helper], "art=kommune": [helper],
        "art=planungspraxis": [seeker], "stadt=Perleberg": [helper], "stadt=19322": [helper], "stadt=Entenhausen": [],
        "hilft=leerstand&art=planungspraxis": [],
    }  # fmt: skip
    found = {query: [card.pk for card in select(query, user).cards] for query in asked}
    assert found == {query: [one.pk for one in profiles] for query, profiles in asked.items()}


def test_whoever_is_renamed_blocked_or_deleted_is_gone_at_once(client):
    profiles = [ProfileFactory(public=True) for _ in range(3)]
    renew()
    assert select("", AnonymousUser()).selection.page.count == 3
    profiles[0].user.is_active = False
    profiles[0].user.save()
    profiles[1].user.delete()
    profiles[2].user.last_name = "Neuname"
    profiles[2].user.save(update_fields=["last_name"])
    found = select("", AnonymousUser())
    assert [card.name for card in found.cards] == ["Anna Neuname"]
    assert found.selection.page.count == 1


def test_empty_and_error_states(client):
    renew()
    assert "Noch ist niemand hier" in client.get("/menschen/").content.decode()
    ProfileFactory(public=True)
    renew()
    assert "Hier zeigt sich niemand" in client.get("/menschen/?stadt=Entenhausen").content.decode()
    page = client.get("/menschen/?hilft=quatsch&seite=99999&stadt=%00").content.decode()
    assert "kennen wir nicht" in page
    assert "Hier ist die letzte Seite" in page


@pytest.mark.parametrize(
    "path", ["/menschen/", "/menschen/?hilft=leerstand", "/menschen/?stadt=12070296", "/staedte/12070296/"]
)
def test_three_people_cost_the_same_as_one(client, queries, path):
    town = TownFactory(ags="12070296")

    def one_more() -> None:
        profile = ProfileFactory(public=True, helps=["leerstand", "wohnen"], seeks=["energie"])
        MembershipFactory(user=profile.user, town=town)
        MembershipFactory(user=profile.user, of_organisation=True)
        renew()

    one_more()
    one = queries(lambda: client.get(path))
    one_more()
    one_more()
    assert queries(lambda: client.get(path)) == one


def test_own_pages_cost_the_same_with_more_memberships(client, queries):
    person = PersonFactory()
    client.force_login(person)
    MembershipFactory(user=person)
    one = queries(lambda: client.get("/konto/zugehoerigkeit/"))
    for _ in range(2):
        MembershipFactory(asked=True, town=MembershipFactory(user=person).town)
    assert queries(lambda: client.get("/konto/zugehoerigkeit/")) == one


@pytest.mark.slow
def test_finding_people_uses_indexes():
    """With many accounts the questions of a page go by keys and indexes, not through whole tables."""
    town = TownFactory(ags="12070296")
    for _ in range(3):
        MembershipFactory(user=ProfileFactory(public=True).user, town=town)
    pks = list(Profile.objects.values_list("pk", flat=True))
    asked = [
        people_queries.visible_to_audience(Audience.PUBLIC).filter(pk__in=pks),
        people_queries.joinings_for(PersonFactory()),
        people_queries.memberships_of(PersonFactory()),
        people_queries.ContactRequest.objects.lately_sent_to(pks[0]),
    ]
    if connection.vendor != "sqlite":
        pytest.skip("the plan of so few rows says nothing there")
    plans = [question.explain() for question in asked]
    whole = [line for plan in plans for line in plan.splitlines() if "SCAN people_" in line and "INDEX" not in line]
    assert whole == []


def test_towns_stay_when_people_go():
    town = MembershipFactory().town
    for user in list(itertools.chain(PersonFactory.create_batch(1), [town.memberships.get().user])):
        user.delete()
    assert Town.objects.filter(pk=town.pk).exists()
