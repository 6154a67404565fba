"""The own profile: fields, who sees them, the two lists; shared mailboxes."""

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from akademie.people.models import Audience, Direction, Profile, ProfileTopic
from akademie.people.tests.factories import MembershipFactory, PersonFactory, ProfileFactory, add_topics
from akademie.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
SHOWN = {f"show_{part}": "1" for part in ("name", "function", "helps", "seeks", "about")}
GIVEN = {**SHOWN, "first_name": "Anna", "last_name": "Beck", "show_phone": "0", "requests_per_month": "2"}


@pytest.fixture
def person(client):
    user = PersonFactory(first_name="", last_name="")
    client.force_login(user)
    return user


def test_the_first_look_makes_no_profile_and_the_defaults_are_careful(client, person):
    assert client.get("/konto/profil/").status_code == 200
    assert Profile.objects.count() == 0
    profile = Profile(user=person)
    levels = {one: getattr(profile, f"show_{one}") for one in ("name", "function", "phone")}
    assert levels == {"name": 1, "function": 1, "phone": 0}


def test_a_profile_is_saved_with_the_name(client, person):
    client.post("/konto/profil/", {**GIVEN, "phone": "03876 781-0", "about": "Ich baue Radwege."})
    person.refresh_from_db()
    assert person.get_full_name() == "Anna Beck"
    profile = Profile.objects.get(user=person)
    assert (profile.phone, profile.about, profile.requests_per_month) == ("03876 781-0", "Ich baue Radwege.", 2)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("first_name", "", "Bitte nennen Sie Ihren Vornamen."),
        ("about", "x" * 601, "Bitte kürzen Sie den Text auf 600 Zeichen."),
        ("phone", "ruf mich an", "Bitte prüfen Sie die Nummer."),
        ("requests_per_month", "-1", "Weniger als 0 geht nicht."),
        ("requests_per_month", "viele", "Bitte nennen Sie eine ganze Zahl."),
        ("requests_per_month", "21", "Mehr als 20 im Monat"),
        ("show_name", "9", "Bitte wählen Sie, wer das sieht."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(client, person, field, value, says):
    page = client.post("/konto/profil/", {**GIVEN, field: value}).content.decode()
    assert says in page
    assert Profile.objects.count() == 0


def levels(profile: Profile) -> list[int]:
    return [getattr(profile, f"show_{part}") for part in ("name", "function", "helps", "seeks", "about", "phone")]


def test_one_choice_is_enough_and_single_parts_may_differ(client, person):
    given = {**GIVEN, "show_name": "2", "show_function": "oben", "show_helps": "1", "show_seeks": "oben"}
    given["show_about"] = "0"
    client.post("/konto/profil/", given)
    assert levels(Profile.objects.get()) == [2, 2, 1, 2, 0, 0]
    form = client.get("/konto/profil/").context["form"]
    assert [form[name].value() for name in ("show_name", *form.FINER)] == [2, "oben", 1, "oben", 0]
    client.post("/konto/profil/", {**given, "show_name": "1", "show_helps": "oben", "show_about": "oben"})
    assert levels(Profile.objects.get()) == [1, 1, 1, 1, 1, 0]


def test_what_is_folded_away_opens_when_it_differs_or_is_wrong(client, person):
    def is_open(answer) -> bool:
        return '<details class="ak-details" open>' in answer.content.decode()

    alike = {**GIVEN, "show_function": "oben", "show_helps": "oben", "show_seeks": "oben", "show_about": "oben"}
    assert not is_open(client.get("/konto/profil/"))
    wrong = client.post("/konto/profil/", {**alike, "show_seeks": "9", "about": "Ich baue Radwege."})
    assert is_open(wrong)
    assert "Ich baue Radwege.</textarea>" in wrong.content.decode()
    assert not is_open(client.post("/konto/profil/", {**alike, "first_name": ""}))
    client.post("/konto/profil/", {**alike, "show_seeks": "0"})
    assert is_open(client.get("/konto/profil/"))


def test_two_lists_are_saved_in_order(client, person):
    TopicFactory(slug="leerstand"), TopicFactory(slug="energie")
    given = {"helps_1": "leerstand", "helps_1_satz": "Drei Läden.", "helps_3": "energie", "seeks_1": "energie"}
    client.post("/konto/profil/themen/", given)
    client.post("/konto/profil/themen/", given)
    rows = ProfileTopic.objects.order_by("direction", "position")
    assert [(one.direction, one.position, one.topic.slug, one.sentence) for one in rows] == [
        ("helps", 1, "leerstand", "Drei Läden."), ("helps", 2, "energie", ""), ("seeks", 1, "energie", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"helps_1": "quatsch"}, "Dieses Thema kennen wir nicht."),
        ({"helps_1_satz": "Ein Satz ohne Thema."}, "Bitte wählen Sie das Thema zu Ihrem Satz."),
        ({"helps_1": "leerstand", "helps_2": "leerstand"}, "Dieses Thema steht schon in der Liste."),
        ({"helps_1": "leerstand", "helps_1_satz": "x" * 201}, "Bitte kürzen Sie den Satz auf 200 Zeichen."),
    ],
)
def test_wrong_lines_are_said_and_nothing_is_saved(client, person, given, says):
    TopicFactory(slug="leerstand")
    assert says in client.post("/konto/profil/themen/", given).content.decode()
    assert ProfileTopic.objects.count() == 0


def test_the_database_knows_seven_as_well():
    profile = ProfileFactory()
    add_topics(profile, Direction.HELPS, [f"thema-{n}" for n in range(7)])
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileTopic.objects.create(profile=profile, topic=TopicFactory(slug="acht"), direction="helps", position=8)


def test_the_own_page_says_so(client):
    profile = ProfileFactory(helps=["leerstand"])
    client.force_login(profile.user)
    page = client.get(f"/menschen/{profile.pk}/").content.decode()
    assert "Das ist Ihr Profil." in page
    assert "Nachricht schreiben" not in page


# -- shared mailboxes -------------------------------------------------------------------------------------------------
@pytest.fixture
def town_hall():
    """An account that several people share, as a member of its town."""
    profile = ProfileFactory(is_shared=True, user__email="info@stadt.example", show_name=Audience.NOBODY)
    MembershipFactory(user=profile.user)
    return profile.user


def test_a_shared_account_is_asked_who_acts_and_led_on(client, town_hall):
    client.force_login(town_hall)
    answer = client.get("/konto/zugehoerigkeit/?a=b")
    assert answer["Location"] == "/konto/wer-handelt/?weiter=%2Fkonto%2Fzugehoerigkeit%2F%3Fa%3Db"
    assert client.get("/menschen/").status_code == 200
    assert "Bitte sagen Sie, wer Sie sind." in client.post("/konto/wer-handelt/", {"name": ""}).content.decode()
    onward = client.post("/konto/wer-handelt/", {"name": "Jutta Jung", "weiter": "/konto/zugehoerigkeit/"})
    assert onward["Location"] == "/konto/zugehoerigkeit/"
    assert client.get("/konto/zugehoerigkeit/").status_code == 200
    assert client.post("/konto/wer-handelt/", {"name": "J", "weiter": "https://boese.example/"})["Location"] == (
        "/konto/zugehoerigkeit/"
    )


def test_the_log_and_the_mail_name_who_acted(client, town_hall, mailoutbox):
    asked = MembershipFactory(town=town_hall.memberships.get().town, asked=True)
    client.force_login(town_hall)
    client.post("/konto/wer-handelt/", {"name": "Jutta Jung"})
    client.post(f"/konto/zugehoerigkeit/{asked.pk}/anfrage/", {"entscheidung": "ja"})
    entry = ModelLogEntry.objects.get(action="people.confirmed")
    assert entry.data["acting_as"] == "Jutta Jung"
    assert "Jutta Jung hat bestätigt" in mailoutbox[0].body


def test_an_account_of_one_person_is_not_asked(client, person):
    assert client.get("/konto/zugehoerigkeit/").status_code == 200
    assert "Ihr Konto nutzen nur Sie selbst." in client.get("/konto/wer-handelt/").content.decode()


def test_saying_that_a_mailbox_is_shared_counts_at_once(client, person):
    client.post("/konto/profil/", {**GIVEN, "is_shared": "on"})
    assert client.get("/konto/zugehoerigkeit/")["Location"].startswith("/konto/wer-handelt/")
