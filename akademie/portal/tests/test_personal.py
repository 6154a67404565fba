"""Mein Bereich, the desk, the calendar that needs no sign-in, and *Ansehen als*."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import ModelLogEntry

from akademie.accounts.models import Role, User
from akademie.core.contributions import (
    ContributionPoint,
    PersonalDate,
    PersonalDates,
    Tile,
    Waiting,
    WaitingTasks,
    personal_dates,
    tiles,
    waiting_tasks,
)
from akademie.editing.models import Absence
from akademie.people.tests.factories import MembershipFactory, PersonFactory
from akademie.portal import actions, personal
from akademie.portal.models import CalendarAddress

pytestmark = pytest.mark.django_db
SECRET = "Quabbelgutachten"  # of confidential_urls.room


@pytest.fixture
def lead() -> User:
    return User.objects.create_user("leni@akademie.test", first_name="Leni", last_name="Lang", role=Role.LEAD)


@pytest.fixture
def mayor() -> User:
    return User.objects.create_user("berta@stadt.test", first_name="Berta", last_name="Burg")


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Openings with something of one area, and of another that says nothing about *Ansehen als*."""
    now = timezone.localtime()
    for point in (waiting_tasks, tiles, personal_dates):
        monkeypatch.setattr(point, "_items", {})
    waiting_tasks.add(
        WaitingTasks(
            key="a", title="Fragen", url="/fragen/", viewable=True,
            tasks=lambda user: [
                Waiting("Alte Frage", "/a/", since=now - timedelta(days=9)),
                Waiting("Wunsch von Clara Koch", "/b/", until=(now + timedelta(days=2)).date()),
            ],
        )
    )  # fmt: skip
    waiting_tasks.add(
        WaitingTasks(key="b", title="Jury", tasks=lambda user: [Waiting(SECRET, "/c/", since=now, until=now.date())])
    )
    waiting_tasks.add(
        WaitingTasks(
            key="c", title="Meldungen", for_office=True, url="/meldungen/",
            tasks=lambda user: (
                Waiting(f"Meldung {n}", "/d/", since=now - timedelta(days=n), until=None if n else now.date())
                for n in range(130)
            ),
        )
    )  # fmt: skip
    tiles.add(Tile(key="t", title="Leer", template="portal/participant/_task.html", context=lambda user: None, order=1))
    tiles.add(
        Tile(
            key="u", title="Meine Städte", template="portal/participant/_task.html", viewable=True,
            context=lambda user: {"task": Waiting(f"Kachel von {user}", "/t/")},
        )
    )  # fmt: skip
    tiles.add(
        Tile(
            key="v", title="Räume", template="portal/participant/_task.html",
            context=lambda user: {"task": Waiting(SECRET, "/r/")},
        )
    )  # fmt: skip
    personal_dates.add(
        PersonalDates(
            key="d", viewable=True,
            dates=lambda user: [
                PersonalDate("vorbei-1", "Vorbei", now - timedelta(days=3)),
                PersonalDate("werkstatt-7", "Werkstatt; mit Komma, und Strich", now + timedelta(days=3),
                             now + timedelta(days=3, hours=2), "/veranstaltungen/werkstatt/", "Zeile 1\nZeile 2"),
            ],
        )
    )  # fmt: skip
    personal_dates.add(PersonalDates(key="e", dates=lambda user: [PersonalDate("x", SECRET, now + timedelta(days=1))]))


def signed(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_guest_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/mein-bereich/")["Location"] == "/anmelden/?next=/mein-bereich/"


def test_nothing_to_do_says_so(mayor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for point in (waiting_tasks, tiles, personal_dates):
        monkeypatch.setattr(point, "_items", {})
    page = signed(mayor).get("/mein-bereich/").content.decode()
    assert ("Nichts wartet auf Sie" in page, "keinen Termin und keine Frist" in page) == (True, True)


def test_deadlines_come_first_then_what_waits_longest(filled: None, mayor: User) -> None:
    context = signed(mayor).get("/mein-bereich/").context
    assert [task.text for task in context["waiting"]] == [SECRET, "Wunsch von Clara Koch", "Alte Frage"]
    assert [one.title for one in context["dates"]] == [
        "Frist: Jury", SECRET, "Frist: Fragen", "Werkstatt; mit Komma, und Strich",
    ]  # fmt: skip
    assert [title for title, _tile in context["tiles"]] == ["Meine Städte", "Räume"]


def test_the_desk_shows_the_most_urgent_and_counts_by_area(filled: None, lead: User) -> None:
    page = signed(lead).get("/geschaeftsstelle/")
    desk = page.context["desk"]
    assert [line.task.text for line in desk.mine][:5] == [f"Meldung {n}" for n in (0, 129, 128, 127, 126)]
    assert [(group.title, group.number) for group in desk.groups] == [("Meldungen", "mehr als 100")]
    assert "Alles ist erledigt" not in page.content.decode()


def test_the_desk_says_whose_and_shows_the_tasks_of_whoever_is_away(
    lead: User, editor: User, monkeypatch: pytest.MonkeyPatch, queries: Any
) -> None:
    third = User.objects.create_user("dritte@akademie.example", first_name="Tina", role=Role.EDITOR)
    today = timezone.localdate()
    waiting = [Waiting("Für jeden", "/a/", until=today - timedelta(days=1))] + [
        Waiting(f"Text von {one.first_name}", "/b/", since=timezone.now(), owner=one.pk)
        for one in (lead, editor, third)
    ]
    area = WaitingTasks(key="t", title="Texte", tasks=lambda _user: waiting, for_office=True)
    monkeypatch.setattr(waiting_tasks, "_items", {"t": area})

    def rows(address: str = "/geschaeftsstelle/") -> list[tuple[str, str, bool]]:
        return [(line.task.text, line.who, line.is_late) for line in signed(lead).get(address).context["lines"]]

    own = [("Für jeden", "alle", True), (f"Text von {lead.first_name}", "Sie", False)]
    assert rows() == own
    others = [(f"Text von {one.first_name}", str(one), False) for one in (editor, third)]
    assert rows("/geschaeftsstelle/?wer=alle") == [*own, *others]
    before = queries(lambda: signed(lead).get("/geschaeftsstelle/"))
    Absence.objects.create(person=editor, substitute=lead, from_day=today, until_day=today)
    assert rows() == [*own, (others[0][0], f"Sie für {editor}", False)]
    waiting.extend([waiting[1]] * 40)
    assert queries(lambda: signed(lead).get("/geschaeftsstelle/")) == before
    assert [one.title for one in personal.dates_of(editor)] == ["Frist: Texte"], "deadlines of others are not mine"


def test_the_office_has_its_deadlines_in_the_calendar_without_the_words_of_others(filled: None, lead: User) -> None:
    titles = [one.title for one in personal.dates_of(lead)]
    assert ("Frist: Meldungen" in titles, "Frist: Meldung 0" in titles) == (True, False)


def test_the_desk_is_for_the_office(mayor: User) -> None:
    assert signed(mayor).get("/geschaeftsstelle/").status_code == 404


# -- the calendar ----------------------------------------------------------------------------------------------------
def calendar_path(user: User) -> str:
    return f"/mein-bereich/kalender/{CalendarAddress.objects.get(user=user).word}.ics"


def test_a_calendar_program_reads_the_dates_without_signing_in(filled: None, mayor: User, client: Client) -> None:
    signed(mayor).post("/mein-bereich/kalender/")
    answer = client.get(calendar_path(mayor))
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [str(event["summary"]) for event in events] == [
        "Vorbei", "Frist: Jury", SECRET, "Frist: Fragen", "Werkstatt; mit Komma, und Strich",
    ]  # fmt: skip
    assert events[3]["dtstart"].dt == timezone.localdate() + timedelta(days=2)
    assert str(events[3]["url"]).endswith("/b/"), "it leads to the task, which says the rest to who is signed in"
    assert (events[4]["dtend"].dt - events[4]["dtstart"].dt, str(events[4]["description"])) == (
        timedelta(hours=2), "Zeile 1\nZeile 2",
    )  # fmt: skip
    assert str(events[4]["uid"]).startswith("werkstatt-7@")


def test_the_calendar_names_nobody_else(mayor: User, client: Client) -> None:
    """Its address may be shared or kept by a foreign service; the page of who is signed in names them."""
    town = MembershipFactory(user=mayor).town
    asker = PersonFactory(first_name="Clara", last_name="Koch", email="clara@stadt.test")
    MembershipFactory(town=town, user=asker, asked=True)
    actions.make_calendar_address(by=mayor)
    assert "Clara Koch" in signed(mayor).get("/mein-bereich/").content.decode()
    answer = client.get(calendar_path(mayor))
    assert [str(event["summary"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")] == [
        "Frist: Wer möchte dazugehören?"
    ]
    assert [word for word in ("Clara", "Koch", "clara@") if word in answer.content.decode()] == []


def test_a_new_address_ends_the_old_one_and_ending_ends_it(mayor: User, client: Client) -> None:
    browser = signed(mayor)
    browser.post("/mein-bereich/kalender/")
    old = calendar_path(mayor)
    browser.post("/mein-bereich/kalender/")
    new = calendar_path(mayor)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    browser.post("/mein-bereich/kalender/", {"ende": "1"})
    assert (client.get(new).status_code, CalendarAddress.objects.count()) == (404, 0)


def test_a_blocked_account_has_no_calendar(mayor: User, client: Client) -> None:
    actions.make_calendar_address(by=mayor)
    User.objects.filter(pk=mayor.pk).update(is_active=False)
    assert client.get(calendar_path(mayor)).status_code == 404


# -- Ansehen als -----------------------------------------------------------------------------------------------------
@pytest.fixture
def looking(lead: User, mayor: User, filled: None, settings: Any) -> Client:
    """The Leitung's browser, looking as the mayor."""
    settings.ROOT_URLCONF = "akademie.portal.tests.confidential_urls"
    client = signed(lead)
    answer = client.post("/geschaeftsstelle/ansehen-als/", {"email": "Berta@stadt.test"})
    assert (answer.status_code, answer["Location"]) == (302, "/mein-bereich/")
    return client


def test_the_leitung_sees_what_declares_itself_viewable_and_nothing_else(looking: Client) -> None:
    answer = looking.get("/mein-bereich/")
    page = answer.content.decode()
    assert "Sie sehen die Akademie als Berta Burg." in page
    assert "fehlt hier, was nur der Person selbst gehört" in page
    assert [title for title, _tile in answer.context["tiles"]] == ["Meine Städte"]
    assert [task.text for task in answer.context["waiting"]] == ["Wunsch von Clara Koch", "Alte Frage"]
    assert [one.title for one in answer.context["dates"]] == ["Frist: Fragen", "Werkstatt; mit Komma, und Strich"]
    assert SECRET not in page


def test_what_an_area_declares_viewable_is_known() -> None:
    """Who adds to this list has asked: may the Leitung read it over somebody's shoulder?"""
    shown = [one.key for point in (tiles, waiting_tasks, personal_dates) for one in point if one.viewable]
    assert shown == [
        "exchange.requests", "events", "people.places", "formats.runs", "formats.variants",
        "people.offers", "people.joinings", "events.afterwards", "events.tasks", "formats.my_reports",
        "events.hosted", "events.tasks",
    ]  # fmt: skip


@pytest.mark.parametrize("hidden", ["/raum/", "/konto/notfallcodes/", "/geschaeftsstelle/", "/geschaeftsstelle/cms/"])
def test_what_is_confidential_stays_hidden(looking: Client, hidden: str) -> None:
    answer = looking.get(hidden)
    assert answer.status_code == 403
    assert SECRET not in answer.content.decode()


def test_the_person_themselves_see_it(looking: Client, mayor: User) -> None:
    assert signed(mayor).get("/raum/").content.decode() == SECRET
    assert SECRET in signed(mayor).get("/mein-bereich/").content.decode()


def test_who_looks_can_do_nothing(looking: Client) -> None:
    answer = looking.post("/mein-bereich/kalender/")
    assert (answer.status_code, CalendarAddress.objects.count()) == (403, 0)
    assert "Es ist nichts geschehen" in answer.content.decode()


def test_it_is_in_the_log_and_ends_with_one_button(looking: Client, lead: User, mayor: User) -> None:
    entry = ModelLogEntry.objects.get(action="portal.look_as")
    assert (entry.user_id, entry.object_id) == (lead.pk, str(mayor.pk))
    assert looking.post("/geschaeftsstelle/ansehen-als/ende/")["Location"] == "/geschaeftsstelle/"
    assert looking.get("/geschaeftsstelle/").status_code == 200


def test_it_ends_by_itself_after_half_an_hour(looking: Client) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert looking.get("/geschaeftsstelle/").status_code == 200


def test_it_ends_when_the_person_or_the_right_is_gone(looking: Client, lead: User) -> None:
    User.objects.filter(pk=lead.pk).update(role=Role.EDITOR)
    assert looking.get("/geschaeftsstelle/").status_code == 200
    assert "Sie sehen die Akademie als" not in looking.get("/").content.decode()


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("leni@akademie.test", "Das sind Sie selbst."),
        ("lena@akademie.test", "Das geht nur bei aktiven Personen"),
        ("niemand@stadt.test", "Zu dieser Adresse gibt es kein Konto."),
        ("krumm", "Bitte prüfen Sie die Adresse."),
    ],
)
def test_who_cannot_be_looked_as(lead: User, email: str, says: str) -> None:
    User.objects.create_user("lena@akademie.test", role=Role.LEAD)
    answer = signed(lead).post("/geschaeftsstelle/ansehen-als/", {"email": email})
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not ModelLogEntry.objects.filter(action="portal.look_as").exists()


def test_only_the_leitung_looks_as_others(mayor: User) -> None:
    editor = User.objects.create_user("rita@akademie.test", role=Role.EDITOR)
    assert [signed(one).post("/geschaeftsstelle/ansehen-als/", {"email": mayor.email}).status_code
            for one in (editor, mayor)] == [404, 404]  # fmt: skip


def test_openings_are_read_once_each(filled: None, mayor: User, django_assert_num_queries: Any) -> None:
    assert isinstance(waiting_tasks, ContributionPoint)
    with django_assert_num_queries(0):
        personal.groups(mayor, for_office=True)
