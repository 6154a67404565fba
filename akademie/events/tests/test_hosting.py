"""What hosts change: the data, the programme, tasks, texts, what remains; two of them at once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from akademie.accounts.models import User
from akademie.events import host_queries
from akademie.events.forms.hosting import kept_values
from akademie.events.forms.watched import MEANWHILE, stand_of
from akademie.events.models import AgendaItem, Event, EventTask
from akademie.events.tests.test_starting import BEGINS, host, profile, spring, started  # noqa: F401  (fixtures)
from akademie.formats.models import FormatProfile, FormatRun
from akademie.surveys.models import Survey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spring")]


@pytest.fixture
def event(profile: FormatProfile, host: User) -> Event:  # noqa: F811
    return started(profile, host)


@pytest.fixture
def signed_in(client: Client, host: User) -> Client:  # noqa: F811
    client.force_login(host)
    return client


def page(event: Event, name: str = "bearbeiten") -> str:
    return f"/veranstaltungen/{event.slug}/{name}/"


def typed(event: Event, **values: Any) -> dict[str, Any]:
    """Return the form of an event as it is sent back unchanged, but for these values."""
    kept = kept_values(Event.objects.get(pk=event.pk))
    shown = {**kept, "opened": stand_of(kept)}
    for name in ("starts_at", "ends_at"):
        shown[name] = timezone.localtime(shown[name]).strftime("%Y-%m-%dT%H:%M")
    return {name: "" if value is None else value for name, value in {**shown, **values}.items()}


def over(event: Event, **values: Any) -> Event:
    """Let an event be public and past."""
    now = timezone.now()
    values = {"state": "published", "published_at": now, "starts_at": now - timedelta(hours=3),
              "ends_at": now - timedelta(hours=1), **values}  # fmt: skip
    Event.objects.filter(pk=event.pk).update(**values)
    event.refresh_from_db()
    return event


# -- the data ---------------------------------------------------------------------------------------------------------
def test_sent_back_unchanged_it_changes_nothing(signed_in: Client, event: Event) -> None:
    before = Event.objects.values().get(pk=event.pk)
    assert signed_in.post(page(event), typed(event)).status_code == 302
    assert Event.objects.values().get(pk=event.pk) == before


def test_a_new_beginning_moves_open_tasks_and_the_evaluation(signed_in: Client, event: Event) -> None:
    done = event.tasks.get(title="Einladen")
    signed_in.post(f"{page(event, 'aufgaben')}{done.pk}/erledigt/", {"erledigt": "1"})
    opened = Survey.objects.get().opens_at
    given = typed(event, starts_at="2027-04-01T10:00", ends_at="2027-04-01T12:00")
    assert signed_in.post(page(event), given).status_code == 302
    event.refresh_from_db()
    assert dict(event.tasks.values_list("title", "due_on")) == {
        "Einladen": date(2027, 2, 25),
        "Danken": date(2027, 4, 2),
    }
    assert Survey.objects.get().opens_at - opened == timedelta(days=21, minutes=30, hours=-1)  # summer time by then
    assert event.sequence == 1


@pytest.mark.parametrize(
    ("begins", "ends"),
    [("2027-04-01T14:00", "2027-04-01T15:30"), ("2027-03-04T10:00", "2027-03-04T11:30"),
     ("2027-03-11T10:15", "2027-03-11T11:30")],
)  # fmt: skip
def test_an_untouched_end_goes_with_a_beginning_on_another_day(
    signed_in: Client, event: Event, begins: str, ends: str
) -> None:
    assert signed_in.post(page(event), typed(event, starts_at=begins)).status_code == 302
    event.refresh_from_db()
    assert f"{timezone.localtime(event.ends_at):%Y-%m-%dT%H:%M}" == ends


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"ends_at": "2027-03-11T09:00"}, "ends_at", "Das Ende liegt vor dem Beginn."),
        ({"ends_at": "2027-03-11T10:00"}, "ends_at", "Das Ende liegt vor dem Beginn."),
        ({"ends_at": "2028-03-11T10:00"}, "ends_at", "Eine Veranstaltung dauert höchstens 31 Tage."),
        ({"starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T04:00"}, "starts_at", "nicht, weil die Uhren"),
        ({"title": "x" * 10_000}, "title", "höchstens 120 Zeichen"),
        ({"description": "x" * 7_000}, "description", "höchstens 6"),
        ({"town": "Gibtesnicht"}, "town", "steht nicht im Gemeindeverzeichnis"),
        ({"topics": ["gibt-es-nicht"]}, "topics", "gibt-es-nicht"),
        ({"kind": "99999"}, "kind", "gültige Auswahl"),
    ],
)
def test_what_does_not_fit_is_said_at_the_field(
    signed_in: Client, event: Event, values: dict[str, Any], field: str, says: str
) -> None:
    given = typed(event, **values)
    form = signed_in.post(page(event), given).context["form"]
    assert says in str(form.errors[field])
    assert form["title"].value() == given["title"]
    assert Event.objects.get(pk=event.pk).starts_at == BEGINS


def test_whoever_saves_second_is_told_what_holds_now_and_decides(signed_in: Client, event: Event) -> None:
    mine = typed(event, title="Meine Fassung", host="Stadt Perleberg")
    assert signed_in.post(page(event), typed(event, title="Andere Fassung")).status_code == 302
    answer = signed_in.post(page(event), mine)
    form = answer.context["form"]
    assert form.non_field_errors() == [MEANWHILE]
    assert form.errors["title"] == ["Jetzt gilt: Andere Fassung"]
    assert form["title"].value() == "Meine Fassung"
    assert Event.objects.get().title == "Andere Fassung"
    again = {**mine, "opened": form["opened"].value()}
    assert signed_in.post(page(event), again).status_code == 302
    assert Event.objects.get().title == "Meine Fassung"


def test_a_cancelled_event_stays_as_it_was(signed_in: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(state="cancelled", cancelled_at=timezone.now())
    answer = signed_in.post(page(event), typed(event, title="Doch noch einmal"))
    assert "abgesagt" in answer.context["form"].non_field_errors()[0]
    assert Event.objects.get().title == event.title


def test_the_office_reads_who_else_sees_a_draft(client: Client, event: Event) -> None:
    client.force_login(User.objects.create_user("leitung@akademie.example", role="lead"))
    says = client.get(page(event, "vorbereiten")).context["next"].says
    assert says == "Noch sieht das niemand außer der Geschäftsstelle und der Person, die es vorbereitet."


# -- the programme ----------------------------------------------------------------------------------------------------
def agenda(rows: list[dict[str, Any]], event: Event, **more: Any) -> dict[str, Any]:
    kept = [
        {"title": one.title, "minutes": one.minutes, "role": one.role, "script": one.script, "place": 10 * number}
        for number, one in enumerate(event.agenda.order_by("position"), 1)
    ]
    data: dict[str, Any] = {"teil-TOTAL_FORMS": len(rows), "teil-INITIAL_FORMS": 0, "opened": stand_of(kept), **more}
    for number, row in enumerate(rows):
        data |= {f"teil-{number}-{name}": value for name, value in row.items()}
    return data


def test_the_programme_takes_order_and_drops_what_has_no_title(signed_in: Client, event: Event) -> None:
    rows = [
        {"title": "Gehen", "minutes": "80", "place": "20"},
        {"title": "Begrüßung", "minutes": "15", "place": "10", "role": "Bürgermeisterin"},
        {"title": "", "minutes": "", "place": ""},
    ]
    assert signed_in.post(page(event, "programm"), agenda(rows, event)).status_code == 302
    found = list(AgendaItem.objects.order_by("position").values_list("title", "minutes", "role"))
    assert found == [("Begrüßung", 15, "Bürgermeisterin"), ("Gehen", 80, "")]


def test_a_programme_that_somebody_else_has_saved_is_not_overwritten_unasked(signed_in: Client, event: Event) -> None:
    mine = agenda([{"title": "Meins", "minutes": "5"}], event)
    signed_in.post(page(event, "programm"), agenda([{"title": "Anderes", "minutes": "5"}], event))
    answer = signed_in.post(page(event, "programm"), mine)
    assert [slot.item.title for slot in answer.context["meanwhile"]] == ["Anderes"]
    assert "Meins" in answer.content.decode()
    assert signed_in.post(page(event, "programm"), {**mine, "opened": answer.context["opened"]}).status_code == 302
    assert AgendaItem.objects.get().title == "Meins"


@pytest.mark.parametrize(
    "row",
    [
        {"title": "x" * 10_000, "minutes": "5"},
        {"title": "Zu lang", "minutes": "99999"},
        {"title": "Rückwärts", "minutes": "-5"},
        {"title": "", "role": "Jemand"},
    ],
)
def test_a_row_that_does_not_fit_keeps_the_programme(signed_in: Client, event: Event, row: dict[str, str]) -> None:
    answer = signed_in.post(page(event, "programm"), agenda([row], event))
    assert answer.context["rows"].total_error_count() == 1
    assert AgendaItem.objects.count() == 2


# -- tasks ------------------------------------------------------------------------------------------------------------
def test_who_newly_sees_to_a_task_is_told_once_and_finds_it(
    signed_in: Client, event: Event, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    colleague = User.objects.create_user("leitung@akademie.example", role="lead")
    given = {"title": "Raum buchen", "days": "-30", "assignee": str(colleague.pk)}
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            assert signed_in.post(page(event, "aufgaben"), given).status_code == 302
    task = EventTask.objects.get(title="Raum buchen")
    assert (task.due_on, task.assignee) == (date(2027, 2, 9), colleague)
    assert [message.to for message in mail.outbox] == [[colleague.email]]
    assert [one.text for one in host_queries.waiting_tasks(colleague)] == ["Raum buchen: Leere Häuser ansehen"]


def test_a_task_is_not_given_to_strangers(signed_in: Client, event: Event) -> None:
    stranger = User.objects.create_user("fremd@anderswo.example")
    given = {"title": "Raum buchen", "days": "0", "assignee": str(stranger.pk)}
    form = signed_in.post(page(event, "aufgaben"), given).context["form"]
    assert "Diese Person können Sie nicht wählen." in form.errors["assignee"][0]
    assert list(form.errors) == ["assignee"]


def test_a_task_is_done_and_open_again_and_gone(signed_in: Client, event: Event, host: User) -> None:  # noqa: F811
    task = event.tasks.get(title="Danken")
    done = f"{page(event, 'aufgaben')}{task.pk}/erledigt/"
    for _ in range(2):
        signed_in.post(done, {"erledigt": "1"})
    task.refresh_from_db()
    assert (task.done_by, [one.text for one in host_queries.waiting_tasks(host)]) == (
        host,
        ["Einladen: Leere Häuser ansehen"],
    )
    signed_in.post(done)
    task.refresh_from_db()
    assert task.done_at is None
    signed_in.post(f"{page(event, 'aufgaben')}{task.pk}/", {"loeschen": "1"})
    assert not EventTask.objects.filter(pk=task.pk).exists()


def test_a_task_of_another_event_is_none_of_mine(signed_in: Client, event: Event, profile: FormatProfile) -> None:  # noqa: F811
    theirs = started(profile, User.objects.create_user("other@stadt.example")).tasks.first()
    assert signed_in.post(f"{page(event, 'aufgaben')}{theirs.pk}/erledigt/", {"erledigt": "1"}).status_code == 404


# -- texts ------------------------------------------------------------------------------------------------------------
def test_an_unknown_placeholder_is_refused_with_those_there_are(signed_in: Client, event: Event) -> None:
    opened = signed_in.get(page(event, "texte/einladung")).context["form"]["opened"].value()
    given = {"opened": opened, "subject": "{{titel}}", "text": "Kommen Sie nach {{mond}}."}
    form = signed_in.post(page(event, "texte/einladung"), given).context["form"]
    assert "Den Platzhalter „{{mond}}“ gibt es nicht." in form.errors["text"][0]
    assert form["text"].value() == "Kommen Sie nach {{mond}}."
    assert event.texts.count() == 0


def test_there_is_a_way_back_to_the_text_of_the_format(signed_in: Client, event: Event) -> None:
    address = page(event, "texte/einladung")
    opened = signed_in.get(address).context["form"]["opened"].value()
    signed_in.post(address, {"opened": opened, "subject": "", "text": "Kommen Sie."})
    assert signed_in.get(address).context["prepared"].is_own
    signed_in.post(address, {"vorlage": "1"})
    assert not signed_in.get(address).context["prepared"].is_own
    assert signed_in.get(page(event, "texte/unsinn")).status_code == 404


def test_a_text_lists_the_programme_of_the_event(signed_in: Client, event: Event) -> None:
    address = page(event, "texte/einladung")
    opened = signed_in.get(address).context["form"]["opened"].value()
    signed_in.post(address, {"opened": opened, "subject": "", "text": "{{ablauf}}"})
    signed_in.post(page(event, "programm"), agenda([{"title": "Gehen", "minutes": "80"}], event))
    assert signed_in.get(address).context["prepared"].shown.body == "- Gehen (80 Minuten)"


# -- afterwards -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ended", "state", "asks"), [(-1, "published", True), (1, "published", False), (-1, "cancelled", False)]
)
def test_nobody_is_asked_how_it_was_before_it_was(
    signed_in: Client, event: Event, ended: int, state: str, asks: bool
) -> None:
    now = timezone.now()
    cancelled_at = now if state == "cancelled" else None
    over(event, state=state, ends_at=now + timedelta(hours=ended), cancelled_at=cancelled_at)
    assert ('name="run_minutes"' in signed_in.get(page(event, "nachher")).text) == asks


def test_the_recap_comes_out_once_the_event_is_over(signed_in: Client, event: Event) -> None:
    address = page(event, "rueckblick")

    def sent(**more: str) -> Any:
        opened = signed_in.get(address).context["form"]["opened"].value()
        given = {"opened": opened, "text": "Viel gesehen.", "learnings": "Eins\nZwei", "next_step": "Weiter.", **more}
        return signed_in.post(address, given)

    assert "sobald die Veranstaltung vorbei ist" in str(sent(veroeffentlichen="1").context["form"].errors)
    assert sent().status_code == 302
    event.recap.refresh_from_db()
    assert (event.recap.learnings, event.recap.published_at) == (["Eins", "Zwei"], None)
    over(event)
    assert "Viel gesehen." not in Client().get(event.get_absolute_url()).content.decode()
    assert sent(veroeffentlichen="1").status_code == 302
    assert "Viel gesehen." in Client().get(event.get_absolute_url()).content.decode()
    six = "\n".join("abcdef")
    assert "Höchstens 5 Sätze" in str(sent(learnings=six).context["form"].errors["learnings"])


def test_minutes_and_report_become_a_run_of_the_format(signed_in: Client, event: Event) -> None:
    address = page(event, "nachher")
    given = {"participants": "12", "prepare_minutes": "2:00", "run_minutes": "1:30", "follow_up_minutes": "0:30",
             "cost_eur": "0", "went_well": "Alle kamen."}  # fmt: skip
    assert "noch nicht vorbei" in str(signed_in.post(address, given).context["form"].errors)
    over(event)
    for _ in range(2):  # pressed twice
        assert signed_in.post(address, given).status_code == 302
    run = FormatRun.objects.get()
    event.refresh_from_db()
    assert (event.run, run.minutes, run.participants, run.went_well) == (run, 240, 12, "Alle kamen.")
    assert host_queries.next_step(event, event.owner).button == "Rückblick schreiben"
    later = {**given, "run_minutes": "9:00"}
    assert "Zeiten sind schon eingetragen" in str(signed_in.post(address, later).context["form"].errors)
    assert "Bitte tragen Sie die Zeiten ein" in str(signed_in.post(address, {}).context["form"].errors)


# -- pages ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name",
    ["vorbereiten", "bearbeiten", "programm", "aufgaben", "ablaufplan", "absagen", "rueckblick", "nachher",
     "texte/einladung"],
)  # fmt: skip
def test_only_host_and_office_prepare(client: Client, event: Event, host: User, name: str) -> None:  # noqa: F811
    address = page(event, name)
    assert client.get(address).status_code == 302
    client.force_login(User.objects.create_user("fremd@anderswo.example"))
    assert client.get(address).status_code == 404
    for person in (host, User.objects.create_user("leitung@akademie.example", role="lead")):
        client.force_login(person)
        assert client.get(address).status_code == 200


def test_three_tasks_cost_as_many_queries_as_one(
    signed_in: Client, event: Event, queries: Callable[[Callable[[], Any]], Any]
) -> None:
    addresses = [page(event, "vorbereiten"), page(event, "aufgaben")]
    few = [queries(lambda address=address: signed_in.get(address)) for address in addresses]
    for number in range(3):
        EventTask.objects.create(event=event, title=f"Aufgabe {number}", days=1, due_on=date(2027, 3, 12))
    assert [queries(lambda address=address: signed_in.get(address)) for address in addresses] == few


def test_open_tasks_go_into_a_calendar(signed_in: Client, event: Event) -> None:
    answer = signed_in.get(f"/veranstaltungen/{event.slug}/aufgaben.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode().replace("\r\n ", "")
    assert "SUMMARY:Einladen: Leere Häuser ansehen" in text
    assert "DTSTART;VALUE=DATE:20270225" in text
