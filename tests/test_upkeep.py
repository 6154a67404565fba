"""What is published stays checked: who looks after it, what the reminder asks, who stands in."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connections
from django.test import Client
from django.utils import timezone

from akademie.accounts.models import Role, User
from akademie.cms.actions import load_pages, set_up_office
from akademie.cms.models import Duty, StandardPage
from akademie.core.actions import NotPossible
from akademie.editing import actions, queries, reminders
from akademie.editing.models import Absence, Rhythm, Upkeep
from akademie.library.models import LibraryItem
from akademie.library.tests.factories import LibraryItemFactory
from akademie.practices.tests.factories import PracticeCaseFactory

LIST = "/geschaeftsstelle/aktualitaet/"
NOON = "2026-11-22 12:00+01:00"


def upkeep_of(thing: Any) -> Upkeep:
    return Upkeep.objects.get(object_pk=str(thing.pk), url=thing.get_absolute_url())


@pytest.fixture
def item(editor: User) -> LibraryItem:
    """An item that is due and that the editor looks after."""
    item = LibraryItemFactory(title="Handreichung")
    Upkeep.objects.update(owner=editor, due_on=timezone.localdate())
    return item


@pytest.fixture(autouse=True)
def office(db: None, kept: Any) -> None:
    """The back office as it is set up, so that its people may publish."""
    kept("office", lambda: set_up_office(lambda _: None))


def mails_to(person: User) -> list[EmailMessage]:
    return [sent for sent in mail.outbox if sent.to == [person.email]]


def links_in(text: str) -> list[str]:
    return [urlsplit(link).path for link in re.findall(r"https?://\S+/aus-der-mail/\S+", text)]


# -- what is kept up with ---------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_what_becomes_public_is_to_be_checked_a_year_later() -> None:
    with time_machine.travel(NOON):
        item = LibraryItemFactory(title="Neu")
        LibraryItemFactory(draft=True)
    one = Upkeep.objects.get()
    assert (one.kind, one.title, one.url) == ("bibliothek", "Neu", f"/bibliothek/{item.slug}/")
    assert (one.due_on, one.checked_on, one.owner) == (date(2027, 11, 22), None, None)
    item.title = "Anders"
    item.save()
    assert (upkeep_of(item).title, Upkeep.objects.count()) == ("Anders", 1)
    item.live = False
    item.save()
    assert [upkeep_of(item).is_shown, Upkeep.objects.published().count()] == [False, 0]


@pytest.mark.django_db
def test_what_was_there_before_is_noted_and_what_is_gone_too() -> None:
    item, gone = LibraryItemFactory(), LibraryItemFactory()
    Upkeep.objects.filter(object_pk=str(item.pk)).delete()
    LibraryItem.objects.filter(pk=gone.pk).update(live=False)  # without a word
    for _ in range(2):
        actions.take_note_of_all()
        assert list(Upkeep.objects.published().values_list("object_pk", flat=True)) == [str(item.pk)]
        assert Upkeep.objects.count() == 2


@pytest.mark.django_db
def test_three_new_things_are_noted_with_as_many_queries_as_one(queries: Any) -> None:
    kind = next(kind for kind in actions.queries.edited_kinds() if kind.key == "bibliothek")
    items = [LibraryItemFactory() for _ in range(4)]

    def note(count: int) -> None:
        Upkeep.objects.all().delete()
        actions.take_note(kind, [item.pk for item in items[:count]])

    one = queries(lambda: note(1))
    assert queries(lambda: note(4)) == one


@pytest.mark.django_db
def test_news_are_not_checked_again() -> None:
    assert sorted(kind.key for kind in queries.edited_kinds()) == [
        "bibliothek", "fachwoerter", "formate", "praxis", "seiten",
    ]  # fmt: skip


@pytest.mark.django_db
def test_whoever_publishes_has_checked_it(editor: User, lead: User, participant: User) -> None:
    item = LibraryItemFactory()
    actions.flag(upkeep_of(item), note="Die Zahl ist alt.", by=lead)
    with time_machine.travel(NOON):
        item.save_revision(user=editor).publish(user=editor)
    one = upkeep_of(item)
    assert (one.owner, one.checked_by, one.checked_on, one.due_on) == (
        editor, editor, date(2026, 11, 22), date(2027, 11, 22),
    )  # fmt: skip
    assert (one.flagged_at, one.note) == (None, "")
    item.save_revision(user=lead).publish(user=lead)
    assert (upkeep_of(item).owner, upkeep_of(item).checked_by) == (editor, lead), "who looks after it stays"
    item.save_revision(user=participant).publish()
    assert upkeep_of(item).checked_by == lead, "only the office checks"


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2026, 11, 22), 3, date(2027, 2, 22)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2026, 1, 31), 24, date(2028, 1, 31)),
    ],
)
def test_the_next_check_is_on_the_same_day(day: date, months: int, due: date) -> None:
    assert queries.due_after(day, months) == due


# -- what the office does ---------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_office_checks_flags_and_archives(client: Client, editor: User, item: LibraryItem) -> None:
    client.force_login(editor)
    one = upkeep_of(item)
    place = f"{LIST}{one.pk}/"
    page = client.get(place).content.decode()
    assert "Stimmt „Handreichung“ noch?" in page
    assert f"/edit/{item.pk}/" in page
    assert client.post(f"{place}aendern/", {"note": "Der Link ist alt."}, follow=True).status_code == 200
    assert (upkeep_of(item).note, Upkeep.objects.to_change().count(), Upkeep.objects.due().count()) == (
        "Der Link ist alt.", 1, 0,
    )  # fmt: skip
    client.post(f"{place}stimmt-noch/")
    assert (upkeep_of(item).flagged_at, upkeep_of(item).checked_by) == (None, editor)
    client.post(f"{place}archivieren/")
    item.refresh_from_db()
    assert (item.live, upkeep_of(item).is_shown, client.get(f"/bibliothek/{item.slug}/").status_code) == (
        False, False, 404,
    )  # fmt: skip
    again = client.post(f"{place}stimmt-noch/", follow=True).content.decode()
    assert "steht nicht mehr auf der Website" in again
    assert upkeep_of(item).is_shown is False


@pytest.mark.django_db
def test_a_duty_cannot_be_archived(editor: User) -> None:
    load_pages(lambda _: None)
    page = StandardPage.objects.get(duty=Duty.IMPRINT)
    page.save_revision().publish()
    one = Upkeep.objects.get(kind="seiten", object_pk=str(page.pk))
    with pytest.raises(NotPossible, match="Pflichtseite"):
        actions.archive(one, by=editor)
    page.refresh_from_db()
    assert page.live


@pytest.mark.django_db
def test_several_things_are_given_to_one_person(client: Client, lead: User, editor: User, participant: User) -> None:
    items = [LibraryItemFactory() for _ in range(3)]
    client.force_login(lead)
    chosen = [upkeep_of(item).pk for item in items[:2]]
    nobody = client.post(f"{LIST}zuteilen/", {"liste": "niemand", "owner": editor.pk})
    assert (nobody.status_code, "mindestens einen Inhalt" in nobody.content.decode()) == (400, True)
    stranger = client.post(f"{LIST}zuteilen/", {"liste": "niemand", "auswahl": chosen, "owner": participant.pk})
    assert (stranger.status_code, "eine Person aus der Liste" in stranger.content.decode()) == (400, True)
    assert stranger.content.decode().count(" checked>") == 2, "what was chosen is kept"
    done = client.post(f"{LIST}zuteilen/", {"liste": "niemand", "auswahl": chosen, "owner": editor.pk}, follow=True)
    assert "kümmert sich jetzt um 2 Inhalte." in done.content.decode()
    assert [upkeep_of(item).owner for item in items] == [editor, editor, None]
    assert queries.counts() == {"faellig": 0, "aendern": 0, "niemand": 1, "schwer": 0, "alle": 3}


@pytest.mark.django_db
def test_whoever_leaves_leaves_things_to_nobody(editor: User, item: LibraryItem) -> None:
    assert Upkeep.objects.of_nobody().count() == 0
    editor.is_active = False
    editor.save()
    assert [task.text for task in queries.waiting_checks(editor)][-1] == (
        "1 Inhalt gehört niemandem: Zuständige bestimmen"
    )


@pytest.mark.django_db
def test_another_rhythm_counts_from_the_last_check(client: Client, editor: User, item: LibraryItem) -> None:
    one = upkeep_of(item)
    Upkeep.objects.update(checked_on=date(2026, 1, 31))
    client.force_login(editor)
    client.post(f"{LIST}{one.pk}/zustaendig/", {"owner": editor.pk, "rhythm": Rhythm.QUARTER})
    assert upkeep_of(item).due_on == date(2026, 4, 30)
    wrong = client.post(f"{LIST}{one.pk}/zustaendig/", {"owner": "999999", "rhythm": "5"})
    assert wrong.status_code == 400
    assert [str(errors[0]) for errors in wrong.context["form"].errors.values()] == [
        "Bitte wählen Sie eine Person aus der Liste.",
        "Bitte wählen Sie eine der Möglichkeiten aus der Liste.",
    ]


@pytest.mark.django_db
def test_lists_take_as_many_queries_for_many(client: Client, editor: User, queries: Any) -> None:
    client.force_login(editor)
    LibraryItemFactory()
    one = queries(lambda: client.get(f"{LIST}?liste=alle"))
    for _ in range(3):
        LibraryItemFactory()
        PracticeCaseFactory()
    Upkeep.objects.update(owner=editor)
    assert queries(lambda: client.get(f"{LIST}?liste=alle")) <= one
    assert client.get(f"{LIST}?liste=quatsch&q=%00&seite=99999").status_code == 200


# -- the reminder -----------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_the_mail_asks_and_each_link_does_one_thing(editor: User, client: Client) -> None:
    items = [LibraryItemFactory(title=f"Text {number}") for number in range(7)]
    Upkeep.objects.update(owner=editor, due_on=timezone.localdate())
    reminders.ask_whether_still_right.func()
    (sent,) = mails_to(editor)
    assert sent.subject == "Stimmt das noch? 5 Inhalte zu prüfen"
    text = str(sent.body)
    links = links_in(text)
    assert len(links) == 15
    for link in links:  # a program that checks mails opens every link
        assert client.get(link).status_code == 200
    assert Upkeep.objects.filter(checked_on=None, flagged_at=None, is_shown=True).count() == 7
    for link in links[:3]:
        assert client.post(link).status_code in (200, 302, 410)
    first = upkeep_of(items[0])
    assert (first.checked_by, first.is_shown) == (editor, False)
    assert client.post(links[0]).status_code == 410
    reminders.ask_whether_still_right.func()
    assert len(mails_to(editor)) == 1, "a mail a week at most"
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        reminders.ask_whether_still_right.func()
    assert [one.subject for one in mails_to(editor)[1:]] == ["Stimmt das noch? 2 Inhalte zu prüfen"]


@pytest.mark.django_db(transaction=True)
def test_whoever_left_the_office_cannot_answer_any_more(client: Client, editor: User, item: LibraryItem) -> None:
    reminders.ask_whether_still_right.func()
    links = links_in(str(mails_to(editor)[0].body))
    editor.role = Role.PARTICIPANT
    editor.save()
    for link in links:
        answer = client.post(link)
        assert (answer.status_code, "Sie gehören nicht mehr dazu" in answer.content.decode()) == (410, True)
    assert (upkeep_of(item).checked_on, upkeep_of(item).flagged_at, upkeep_of(item).is_shown) == (None, None, True)


@pytest.mark.django_db(transaction=True)
def test_whoever_stands_in_is_asked(editor: User, lead: User, item: LibraryItem) -> None:
    today = timezone.localdate()
    actions.name_substitute(person=editor, substitute=lead, from_day=today, until_day=today, by=lead)
    reminders.ask_whether_still_right.func()
    (sent,) = mails_to(lead)
    assert (mails_to(editor), "Sie vertreten Rita." in str(sent.body)) == ([], True)
    Client().post(links_in(str(sent.body))[0])
    assert (upkeep_of(item).owner, upkeep_of(item).checked_by) == (editor, lead)


# -- standing in ------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_who_stands_in_for_somebody_away_is_replaced_too(editor: User, lead: User) -> None:
    third = User.objects.create_user("dritte@akademie.example", role=Role.EDITOR)
    today = timezone.localdate()
    days = {"from_day": today, "until_day": today + timedelta(days=3), "by": lead}
    actions.name_substitute(person=editor, substitute=third, **days)
    actions.name_substitute(person=third, substitute=lead, **days)
    assert queries.substitutes() == {editor.pk: lead.pk, third.pk: lead.pk}
    actions.name_substitute(person=lead, substitute=editor, **days)
    assert queries.substitutes() == {}, "all are away: nobody is sent in a circle"
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert queries.substitutes() == {}


@pytest.mark.django_db
def test_the_form_says_what_is_wrong(client: Client, editor: User, lead: User) -> None:
    client.force_login(editor)
    today = timezone.localdate()

    def says(**changed: Any) -> str:
        values = {"person": editor.pk, "substitute": lead.pk, "from_day": today, "until_day": today, **changed}
        return client.post("/geschaeftsstelle/vertretung/", values).content.decode()

    assert "Niemand kann sich selbst vertreten." in says(substitute=editor.pk)
    assert "liegt vor dem ersten" in says(from_day=today + timedelta(days=2))
    assert "schon vorbei" in says(from_day=today - timedelta(days=9), until_day=today - timedelta(days=8))
    assert "höchstens ein Jahr" in says(until_day=today + timedelta(days=400))
    assert "Bitte geben Sie einen Tag ein" in says(until_day="demnächst")
    assert Absence.objects.count() == 0
    assert says() == ""  # leads back to the list
    assert client.post(f"/geschaeftsstelle/vertretung/{Absence.objects.get().pk}/beenden/").status_code == 302
    assert Absence.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_absences_of_one_person_at_once_are_one(editor: User, lead: User) -> None:
    third = User.objects.create_user("dritte@akademie.example", role=Role.EDITOR)
    today = timezone.localdate()

    def name(substitute: User) -> None:
        try:
            actions.name_substitute(person=editor, substitute=substitute, from_day=today, until_day=today, by=lead)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(name, (lead, third)))
    assert Absence.objects.count() == 1


# -- how hard texts are to read ---------------------------------------------------------------------------------------
HARD = (
    "Nach Prüfung der Unterlagen erfolgt die Bewilligung der Förderung im Rahmen der Haushaltsplanung, soweit die "
    "Voraussetzungen der Städtebauförderungsrichtlinie durch die antragstellende Gebietskörperschaft vorliegen. "
) * 2
EASY = "Wir laden Sie ein. Kommen Sie in das alte Rathaus. Es gibt Kaffee und Kuchen für alle. " * 3


@pytest.mark.django_db
def test_the_hardest_texts_are_listed_and_the_share_is_public(client: Client, editor: User) -> None:
    hard = PracticeCaseFactory(title="Schweres", summary=HARD, result="", lesson="")
    easy = PracticeCaseFactory(title="Leichtes", summary=EASY, result="", lesson="")
    short = PracticeCaseFactory(title="Kurzes", summary="Ein Satz.", result="", lesson="")
    LibraryItemFactory(abstract=HARD)  # what others have written is not measured
    assert [upkeep_of(one).lix is None for one in (hard, easy, short)] == [False, False, True]
    page = client.get("/lesbarkeit/")
    assert (page.context["readable"].count, page.context["readable"].hard_share) == (2, 50)
    assert "50 Prozent" in page.content.decode()
    client.force_login(editor)
    listed = client.get(f"{LIST}?liste=schwer").context["page"].object_list
    assert [one.title for one in listed] == ["Schweres"]
    assert client.get(f"{LIST}?liste=schwer&q=leicht").context["page"].object_list.count() == 0
    hard.summary = EASY
    hard.save()
    assert client.get("/lesbarkeit/").context["readable"].hard_share == 0
    assert client.get(f"{LIST}?liste=schwer").status_code == 200


@pytest.mark.django_db
def test_the_form_shows_what_makes_a_draft_hard(client: Client, editor: User) -> None:
    case = PracticeCaseFactory(summary=EASY, result="", lesson="")
    case.summary = "Der Antrag wird gestellt. " * 8
    case.save_revision(user=editor)
    client.force_login(editor)
    address = queries.edit_address(upkeep_of(case), editor)
    form = client.get(address).content.decode()
    assert 'Antrag <mark class="ak-hard-passive">wird</mark> gestellt.' in form
    assert "Passiv. Sagen Sie, wer es tut." in form
    assert "core/css/office.css" in form
