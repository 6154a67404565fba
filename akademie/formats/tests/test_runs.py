"""Runs: entered after the day, minutes once, reports that the office releases or gives back."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from akademie.accounts.models import Role, User
from akademie.core.actions import NotPossible
from akademie.formats import demo_runs, reports
from akademie.formats.actions import load_formats, runs
from akademie.formats.models import FormatProfile, FormatRun
from akademie.formats.run_forms import MinutesForm, RunForm
from akademie.formats.run_links import RunLinks, run_links
from akademie.formats.tests.factories import FormatProfileFactory, FormatRunFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
REPORT = {"went_well": "Viel.", "was_hard": "", "would_change": "", "advice": "Klein anfangen."}
GIVEN = {"title": "Webinar im März", "held_on": "2026-03-12", "mode": "digital"}
TIMES = {"prepare_minutes": "2:30", "run_minutes": "90 Min.", "follow_up_minutes": "0", "cost_eur": "1.200 €"}


@pytest.fixture
def profile() -> FormatProfile:
    """A format."""
    return FormatProfileFactory(slug="webinar", name="Webinar")


@pytest.fixture
def host() -> User:
    """Somebody who runs formats."""
    return User.objects.create_user("burg@stadt.example", first_name="Berta", last_name="Burg")


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told() -> list[tuple[str, str]]:
    return [(one.to[0], one.subject) for one in mail.outbox]


# -- actions ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "says"), [(TODAY + timedelta(days=1), runs.NOT_YET), (date(1999, 12, 31), runs.TOO_OLD)]
)
def test_a_run_lies_between_2000_and_today(profile: FormatProfile, host: User, day: date, says: str) -> None:
    with pytest.raises(NotPossible) as refusal:
        runs.report_run(profile=profile, title="x", held_on=day, by=host)
    assert (str(refusal.value), FormatRun.objects.count()) == (says, 0)


def test_the_same_run_twice_is_one(profile: FormatProfile, host: User) -> None:
    first = runs.report_run(profile=profile, title="x", held_on=TODAY, by=host)
    second = runs.report_run(profile=profile, title="x", held_on=TODAY, participants=9, by=host)
    assert (second.pk, FormatRun.objects.get().participants) == (first.pk, 9)


def test_minutes_are_entered_once_and_corrected_by_the_office(host: User, lead: User) -> None:
    run = FormatRunFactory(hours=None)
    minutes = {"prepare_minutes": 60, "run_minutes": 90, "follow_up_minutes": 0}
    first = runs.enter_minutes(run, **minutes, by=host)
    assert runs.enter_minutes(run, **minutes, by=host).measured_at == first.measured_at
    with pytest.raises(NotPossible, match="Bitten Sie die Geschäftsstelle"):
        runs.enter_minutes(run, **minutes | {"run_minutes": 1}, by=host)
    corrected = runs.enter_minutes(run, **minutes | {"run_minutes": 75}, by=lead)
    assert (corrected.minutes, corrected.measured_at) == (135, first.measured_at)


def test_a_report_is_released_given_back_and_written_again(host: User, lead: User) -> None:
    run = FormatRunFactory(made_by=host, title="Lauf")
    runs.write_report(run, **REPORT, by=host)
    runs.write_report(run, **REPORT | {"was_hard": "Der Ton."}, by=host)
    assert [subject for _, subject in told()] == ["Ein Erfahrungsbericht wartet auf Freigabe: Lauf"]
    runs.return_report(run, reason="Bitte ohne Namen.", by=lead)
    assert reports.reports_of(run.profile_id).count() == 0
    run = runs.write_report(run, **REPORT, by=host)
    runs.release_report(run, answers=REPORT, by=lead, read_at=run.reported_at)
    assert told()[1:] == [
        (host.email, "Bitte ändern Sie Ihren Erfahrungsbericht: Lauf"),
        (told()[0][0], "Ein Erfahrungsbericht wartet auf Freigabe: Lauf"),
        (host.email, "Ihr Erfahrungsbericht ist veröffentlicht: Lauf"),
    ]
    with pytest.raises(NotPossible, match="schon veröffentlicht"):
        runs.write_report(run, **REPORT | {"advice": "Anders."}, by=host)
    assert [one.run.pk for one in reports.latest_reports(run.profile_id)[0]] == [run.pk]
    runs.return_report(run, reason="Doch nicht, weil.", by=lead)
    assert reports.latest_reports(run.profile_id) == ([], 0)


def test_what_the_office_has_not_read_is_not_released(host: User, lead: User) -> None:
    run = runs.write_report(FormatRunFactory(made_by=host), **REPORT, by=host)
    newer = runs.write_report(run, **REPORT | {"advice": "Frau Meier fragen."}, by=host)
    with pytest.raises(NotPossible, match="inzwischen geändert"):
        runs.release_report(newer, answers=REPORT, by=lead, read_at=run.reported_at)
    assert FormatRun.objects.get().released_at is None


def test_names_and_addresses_are_pointed_out() -> None:
    run = FormatRunFactory(
        report=True, went_well="Frau Dr. Meier-Lüdenscheid hat es getragen.", advice="meier@stadt.example, 03876 7810"
    )
    assert reports.looks_personal(run) == ["Frau Dr. Meier-Lüdenscheid", "meier@stadt.example", "03876 7810"]


def test_a_report_leads_to_its_event(monkeypatch: pytest.MonkeyPatch) -> None:
    run = FormatRunFactory(released=True)
    links = RunLinks(key="x", addresses=lambda keys: {key: f"/veranstaltungen/{key}/" for key in keys})
    monkeypatch.setattr(run_links, "_items", {"x": links})
    (report,), _ = reports.latest_reports(run.profile_id)
    assert report.url == f"/veranstaltungen/{run.pk}/"


# -- input ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("2:30", 150), ("0:05", 5), ("2,5 Stunden", 150), ("2.5h", 150), ("2 Std. 30 Min.", 150), ("150 Minuten", 150),
     ("1 Stunde", 60), ("1000:00", 60_000)],
)  # fmt: skip
def test_times_are_read_as_people_write_them(typed: str, minutes: int) -> None:
    form = MinutesForm({"prepare_minutes": "0", "run_minutes": typed, "follow_up_minutes": "0"})
    assert form.is_valid()
    assert form.minutes == {
        "prepare_minutes": 0, "run_minutes": minutes, "follow_up_minutes": 0, "cost_eur": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("run_minutes", "3", "Meinen Sie 3 Stunden oder 3 Minuten? Bitte schreiben Sie 3:00 oder 3 Min."),
        ("run_minutes", "lange", "Bitte schreiben Sie Stunden und Minuten, zum Beispiel 2:30 oder 45 Min."),
        ("run_minutes", "2:75", "Bitte schreiben Sie Stunden und Minuten, zum Beispiel 2:30 oder 45 Min."),
        ("run_minutes", "1000:01", "Das sind mehr als 1.000 Stunden. Bitte prüfen Sie die Zeit."),
        ("run_minutes", "0", "Bitte geben Sie mindestens eine Minute ein."),
        ("prepare_minutes", "", "Bitte tragen Sie auch diese Zeit ein. Gab es keine, schreiben Sie 0."),
        ("cost_eur", "viel", "Bitte geben Sie ganze Euro ein, zum Beispiel 300."),
        ("cost_eur", "1000001", "Das ist mehr als eine Million Euro. Bitte prüfen Sie den Betrag."),
        ("held_on", "2999-01-01", runs.NOT_YET),
        ("held_on", "1999-12-31", runs.TOO_OLD),
        ("held_on", "gestern", "Bitte geben Sie einen Tag ein, zum Beispiel 24.12.2026."),
        ("title", "x" * 10_000, "Bitte kürzen Sie den Titel auf 120 Zeichen."),
        ("mode", "", "Bitte wählen Sie, wo es stattfand."),
        ("participants", "0", "Bitte geben Sie mindestens 1 Person ein."),
        ("advice", "x" * 1001, "Bitte kürzen Sie die Antwort auf 1.000 Zeichen."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_the_field(profile: FormatProfile, field: str, typed: str, says: str) -> None:
    form = RunForm(GIVEN | TIMES | {field: typed}, profile)
    assert {name: list(found) for name, found in form.errors.items()} == {field: [says]}


# -- screens ----------------------------------------------------------------------------------------------------------
def test_a_run_is_entered_in_one_form_and_twice_pressed_is_one(profile: FormatProfile, host: User) -> None:
    client = as_user(host)
    for _ in range(2):
        answer = client.post("/formate/webinar/durchfuehrung/", GIVEN | TIMES | REPORT)
    run = FormatRun.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/formate/durchfuehrung/{run.pk}/")
    assert (run.minutes, run.cost_eur, run.made_by, run.report[0][1]) == (240, 1200, host, "Viel.")
    page = unescape(client.get(answer["Location"]).content.decode())
    assert "4 Stunden (vorbereiten 2,5 Stunden, durchführen 1,5 Stunden, nachbereiten 0 Minuten)" in page
    assert "Der Bericht wartet auf die Freigabe." in page


def test_what_was_typed_stays_with_the_error(profile: FormatProfile, host: User) -> None:
    page = as_user(host).post("/formate/webinar/durchfuehrung/", GIVEN | TIMES | {"run_minutes": "3"}).content.decode()
    assert 'value="Webinar im März"' in page
    assert 'value="1.200 €"' in page
    assert FormatRun.objects.count() == 0


def test_minutes_and_report_may_come_later(profile: FormatProfile, host: User) -> None:
    client = as_user(host)
    client.post("/formate/webinar/durchfuehrung/", GIVEN)
    run = FormatRun.objects.get()
    assert (run.measured_at, run.reported_at) == (None, None)
    assert client.post(f"/formate/durchfuehrung/{run.pk}/zeiten/", TIMES).status_code == 302
    again = client.post(f"/formate/durchfuehrung/{run.pk}/zeiten/", TIMES | {"run_minutes": "5:00"})
    assert runs.ONCE in unescape(again.content.decode())
    empty = client.post(f"/formate/durchfuehrung/{run.pk}/bericht/", {})
    assert "mindestens eine der vier Fragen" in empty.content.decode()
    assert client.post(f"/formate/durchfuehrung/{run.pk}/bericht/", REPORT).status_code == 302
    run.refresh_from_db()
    assert (run.minutes, run.state_in_words) == (240, "wartet auf die Freigabe")


def test_the_office_reads_corrects_and_releases(host: User, lead: User) -> None:
    run = runs.write_report(FormatRunFactory(made_by=host, title="Lauf"), **REPORT, by=host)
    client, address = as_user(lead), f"/geschaeftsstelle/formate/berichte/{run.pk}/"
    assert [one.url for one in reports.waiting_reports(lead)] == [address]
    page = client.get(address).content.decode()
    read_at = re.findall(r'name="read_at" value="([^"]+)"', page)[0]
    assert client.post(address, REPORT | {"advice": "Klein beginnen.", "read_at": read_at}).status_code == 302
    run.refresh_from_db()
    assert (run.advice, run.released_at is not None) == ("Klein beginnen.", True)
    assert "Wir haben eine Kleinigkeit geändert." in mail.outbox[-1].body
    assert client.post(f"{address}zurueckgeben/", {"reason": "zu kurz"}).status_code == 200
    assert client.post(f"{address}zurueckgeben/", {"reason": "Bitte ohne den Namen der Stadt."}).status_code == 302
    assert client.post(f"{address}zeiten/", TIMES).status_code == 302
    run.refresh_from_db()
    assert (run.released_at, run.minutes) == (None, 240)
    assert reports.counts() == {"offen": 0, "veroeffentlicht": 0, "zurueck": 1, "ohne": 0}
    assert [one.url for one in reports.my_waiting_runs(host)] == [f"/formate/durchfuehrung/{run.pk}/"]


def test_lists_take_as_many_queries_for_three_as_for_one(host: User, lead: User, queries: Any) -> None:
    desk, own = as_user(lead), as_user(host)
    FormatRunFactory(made_by=host, report=True)
    addresses = [(desk, "/geschaeftsstelle/formate/berichte/"), (own, "/mein-bereich/")]
    before = [queries(lambda c=c, a=a: c.get(a)) for c, a in addresses]  # type: ignore[misc]
    FormatRunFactory.create_batch(2, made_by=host, report=True)
    assert [queries(lambda c=c, a=a: c.get(a)) for c, a in addresses] == before  # type: ignore[misc]


def test_nobody_else_sees_a_run(profile: FormatProfile, host: User) -> None:
    run = FormatRunFactory(profile=profile, made_by=host, report=True, advice="Geheim")
    stranger = User.objects.create_user("fremd@stadt.example", role=Role.PARTICIPANT)
    assert as_user(stranger).get(f"/formate/durchfuehrung/{run.pk}/").status_code == 404
    assert "Geheim" not in Client().get("/formate/webinar/").content.decode()
    assert "Geheim" not in Client().get("/formate/webinar/berichte/").content.decode()


# -- Was passt? -------------------------------------------------------------------------------------------------------
def test_a_sentence_fills_the_fields_and_is_answered(client: Client) -> None:
    FormatProfileFactory(
        slug="forum", name="Forum", effort="gering", duration_min=60, duration_max=120, group_min=8, group_max=25,
        mode=["digital"],
    )  # fmt: skip
    sentence = "Ich habe einen halben Tag, 12 Leute in 6 Städten, wenig Aufwand"
    page = unescape(client.get("/formate/was-passt/", {"satz": sentence}).content.decode())
    assert "Gesucht: ein halber Tag, 12 Personen, 6 Städte und mehr, wenig Aufwand." in page
    assert '<h3><a href="/formate/forum/">Forum</a></h3>' in page
    assert "dauert 1 bis 2 Stunden, das passt leicht in einen halben Tag" in page
    assert '<option value="halber-tag" selected>' in page
    assert '<meta name="robots" content="noindex">' in page
    shared = "/formate/was-passt/?zeit=halber-tag&personen=12&staedte=6&aufwand=gering"
    assert f'href="{shared}"' in page
    assert "Gesucht: ein halber Tag, 12 Personen" in client.get(shared).content.decode()


def test_what_cannot_be_read_is_said_and_the_rest_answered(client: Client) -> None:
    FormatProfileFactory(mode=["digital"])
    page = unescape(client.get("/formate/was-passt/?personen=viele&wo=digital&zeit=ewig").content.decode())
    assert "Bitte geben Sie eine ganze Zahl ein, zum Beispiel 12." in page
    assert 'value="viele"' in page
    assert "Bitte wählen Sie eine der Möglichkeiten aus der Liste." in page
    assert "Gesucht: digital." in page
    assert "Das haben wir nicht verstanden." in client.get("/formate/was-passt/?satz=Hallo").content.decode()


def test_the_empty_form_may_be_found_by_search_engines(client: Client) -> None:
    assert "noindex" not in client.get("/formate/was-passt/").content.decode()


# -- demo -------------------------------------------------------------------------------------------------------------
def test_runs_of_the_demo_come_once_show_figures_and_go(kept: Any) -> None:
    kept("formats", lambda: load_formats(lambda _: None))
    demo_runs.load(lambda _: None)
    demo_runs.load(lambda _: None)
    assert set(demo_runs.find()) == set(demo_runs.KEYS)
    assert FormatRun.objects.count() == len(demo_runs.RUNS) == len(set(demo_runs.KEYS))
    for run in FormatRun.objects.all():
        run.full_clean()
    with_figures = {one.profile_id for one in FormatRun.objects.measured()}
    assert len(with_figures) >= 8
    assert len(demo_runs.what_it_leaves()) == len(demo_runs.RUNS)
    own = FormatRunFactory(profile=FormatProfile.objects.get(slug="webinar"))
    demo_runs.remove()
    assert list(FormatRun.objects.all()) == [own]
