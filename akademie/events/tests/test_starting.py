"""A format becomes an event: what is typed, what comes from the format, what is refused."""

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from akademie.accounts.models import Role, User
from akademie.core.actions import NotPossible
from akademie.core.limits import TooMany
from akademie.events import texts
from akademie.events.actions import hosting
from akademie.events.actions.starting import PER_DAY, start_event
from akademie.events.dates import end_of, slots
from akademie.events.models import Event
from akademie.events.models.event import EventType
from akademie.events.tests.factories import EventFactory
from akademie.formats.models import ChecklistItem, FormatProfile
from akademie.formats.tests.factories import FormatProfileFactory
from akademie.formats.words import Mode, TemplateKind
from akademie.surveys.actions import open_evaluation, take_over
from akademie.surveys.models import Survey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spring")]
BERLIN = ZoneInfo("Europe/Berlin")
BEGINS = datetime(2027, 3, 11, 10, tzinfo=BERLIN)


@pytest.fixture
def spring() -> Iterator[None]:
    """Some days before what is started here."""
    with time_machine.travel("2027-03-01 09:00 +0100"):
        yield


@pytest.fixture
def profile() -> FormatProfile:
    EventType.objects.get_or_create(slug="fachgespraech", defaults={"name": "Fachgespräch"})
    made = FormatProfileFactory(
        slug="rundgang", name="Rundgang", result="Eine Liste von Häusern", mode=[Mode.ON_SITE], group_max=25,
        steps=[("Ankommen", 10), ("Gehen", 80)],
    )  # fmt: skip
    ChecklistItem.objects.create(profile=made, title="Einladen", days=-14, role="Geschäftsstelle", sort_order=1)
    ChecklistItem.objects.create(profile=made, title="Danken", days=1, sort_order=2)
    return made


@pytest.fixture
def host() -> User:
    return User.objects.create_user("host@stadt.example", first_name="Hanna", last_name="Host")


def typed(**values: Any) -> dict[str, Any]:
    return {
        "press": str(uuid.uuid4()), "title": "Leere Häuser ansehen", "topic": "", "starts_at": "2027-03-11T10:00",
        "place": "Rathaus, Markt 1", "host": "Stadt Perleberg", "capacity": "25", "contact": "host@stadt.example",
        "summary": "Für alle, die leere Häuser haben.", **values,
    }  # fmt: skip


def started(profile: FormatProfile, by: User, **values: Any) -> Event:
    given = {
        "press": uuid.uuid4(), "title": "Leere Häuser ansehen", "topic": "", "starts_at": BEGINS, "mode": Mode.ON_SITE,
        "place": "Rathaus", "host": "Stadt Perleberg", "capacity": 25, "contact": by.email, "summary": "Ein Satz.",
    }  # fmt: skip
    return start_event(profile=profile, by=by, **{**given, **values})


def page_of(profile: FormatProfile) -> str:
    return f"/formate/{profile.slug}/starten/"


# -- from the format --------------------------------------------------------------------------------------------------
def test_the_format_brings_programme_checklist_end_and_evaluation(profile: FormatProfile, host: User) -> None:
    event = started(profile, host)
    assert event.ends_at == BEGINS + timedelta(minutes=90)
    assert list(event.agenda.order_by("position").values_list("title", "minutes")) == [("Ankommen", 10), ("Gehen", 80)]
    tasks = list(event.tasks.order_by("due_on").values_list("title", "days", "due_on", "role", "assignee"))
    assert tasks == [
        ("Einladen", -14, date(2027, 2, 25), "Geschäftsstelle", host.pk),
        ("Danken", 1, date(2027, 3, 12), "", host.pk),
    ]
    assert event.evaluation is not None
    assert event.evaluation.group == "format:rundgang"
    assert event.evaluation.opens_at < event.ends_at < event.evaluation.closes_at
    assert event.recap.text == f"Ein Satz.\n\n{profile.purpose}"
    assert "Das nehmen Sie mit: Eine Liste von Häusern" in event.description
    assert (event.slug, event.state, event.owner) == ("leere-haeuser-ansehen-2027", "draft", host)


def test_texts_follow_the_event_until_the_host_writes_an_own_one_and_even_then(
    profile: FormatProfile, host: User
) -> None:
    event = started(profile, host)
    assert "Donnerstag, 11. März 2027" in texts.one_of(event, TemplateKind.INVITATION).shown.body
    hosting.save_text(event, TemplateKind.INVITATION, subject="{{titel}}", text="Kommen Sie am {{datum}}.")
    later = {"starts_at": BEGINS + timedelta(days=1), "ends_at": event.ends_at + timedelta(days=1)}
    event = hosting.change_event(event, topics=[], by=host, **later)
    shown = texts.one_of(event, TemplateKind.INVITATION)
    assert (shown.shown.subject, shown.shown.body) == (event.title, "Kommen Sie am Freitag, 12. März 2027.")
    assert [one.is_own for one in texts.all_of(event)] == [True] + [False] * (len(TemplateKind) - 1)


def test_an_event_that_is_gone_leaves_its_name_to_nobody(profile: FormatProfile, host: User) -> None:
    assert [started(profile, host).slug for _ in range(3)] == [
        "leere-haeuser-ansehen-2027", "leere-haeuser-ansehen-2027-2", "leere-haeuser-ansehen-2027-3",
    ]  # fmt: skip


# -- pressing twice ---------------------------------------------------------------------------------------------------
def test_the_same_form_sent_twice_is_one_event(client: Client, profile: FormatProfile, host: User) -> None:
    client.force_login(host)
    given = typed()
    answers = [client.post(page_of(profile), given) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [
        "/veranstaltungen/leere-haeuser-ansehen-2027/vorbereiten/"
    ] * 2
    assert Event.objects.count() == 1


def test_somebody_else_s_form_makes_an_event_of_one_s_own(profile: FormatProfile, host: User) -> None:
    press = uuid.uuid4()
    theirs = started(profile, host, press=press)
    mine = started(profile, User.objects.create_user("other@stadt.example"), press=press)
    assert (theirs.uid, mine.uid != press, Event.objects.count()) == (press, True, 2)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_event(profile: FormatProfile, host: User) -> None:
    press = uuid.uuid4()

    def once(_number: int) -> int:
        try:
            return started(profile, host, press=press).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        made = set(threads.map(once, range(4)))
    assert (len(made), Event.objects.count()) == (1, 1)


def test_nobody_fills_the_academy_with_drafts(profile: FormatProfile, host: User) -> None:
    for _ in range(PER_DAY):
        started(profile, host)
    with pytest.raises(TooMany):
        started(profile, host)


# -- what is typed ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"title": "x" * 10_000}, "höchstens 120 Zeichen"),
        ({"title": ""}, "muss ausgefüllt werden"),
        ({"starts_at": "2027-03-28T02:30"}, "02:30 Uhr gibt es am 28. März 2027 nicht"),
        ({"starts_at": "2027-10-31T02:30"}, "02:30 Uhr gibt es am 31. Oktober 2027 zweimal"),
        ({"starts_at": "gestern"}, "Bitte schreiben Sie Tag und Uhrzeit so"),
        ({"starts_at": "2020-01-01T10:00"}, "Dieser Zeitpunkt ist schon vorbei."),
        ({"place": "hybrid"}, "Bitte schreiben Sie den Ort dazu"),
        ({"capacity": "viele"}, "Bitte geben Sie eine ganze Zahl ein"),
        ({"capacity": "0"}, "Es braucht mindestens einen Platz."),
        ({"capacity": "1000000"}, "Mehr als 9.999 Plätze gehen nicht."),
        ({"contact": "hanna"}, "Bitte prüfen Sie die Adresse."),
        ({"topic": "gibt-es-nicht"}, "gibt-es-nicht"),
    ],
)
def test_what_does_not_fit_is_said_at_the_field_and_everything_typed_stays(
    client: Client, profile: FormatProfile, host: User, values: dict[str, str], says: str
) -> None:
    client.force_login(host)
    given = typed(**values)
    answer = client.post(page_of(profile), given)
    form = answer.context["form"]
    (field,) = values
    assert list(form.errors) == [field]
    assert says in str(form.errors[field])
    assert [form[name].value() for name in given] == list(given.values())
    assert Event.objects.count() == 0


def test_a_guest_reads_what_comes_and_is_asked_to_sign_in(client: Client, profile: FormatProfile) -> None:
    shown = client.get(page_of(profile)).content.decode()
    assert "/anmelden/?next=/formate/rundgang/starten/" in shown
    assert "Einladen" in shown
    assert client.post(page_of(profile), typed()).status_code == 302
    assert Event.objects.count() == 0


def test_who_may_not_post_starts_nothing(profile: FormatProfile, host: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from akademie.core import contributions

    gate = contributions.PostingGate(key="test", refuses=lambda user, email: "Gesperrt." if user == host else "")
    monkeypatch.setattr("akademie.core.actions.posting_gates", [gate])
    with pytest.raises(NotPossible, match="Gesperrt"):
        started(profile, host)


@pytest.mark.parametrize("slug", ["video-tutorial", "entscheidungsbaum", "selbstlernmodul", "tandem", "popup-labor"])
def test_what_is_no_event_has_no_start_button(client: Client, host: User, slug: str) -> None:
    profile = FormatProfileFactory(slug=slug)
    client.force_login(host)
    answer = client.get(page_of(profile))
    assert answer.status_code == 200
    assert "Veranstaltung anlegen" not in answer.content.decode()
    client.post(page_of(profile), typed())
    assert Event.objects.count() == 0


def test_the_form_proposes_what_is_known(client: Client, profile: FormatProfile, host: User) -> None:
    client.force_login(host)
    first = client.get(page_of(profile)).context["form"]
    assert (first["capacity"].value(), first["contact"].value(), first["place"].value()) == (25, host.email, "")
    profile.mode = [Mode.DIGITAL.value]
    profile.save()
    assert client.get(page_of(profile)).context["form"]["place"].value() == "online"


# -- who publishes ----------------------------------------------------------------------------------------------------
def test_the_office_publishes_at_once_others_hand_in(client: Client, profile: FormatProfile, host: User) -> None:
    event = started(profile, host)
    client.force_login(host)
    client.post(f"/veranstaltungen/{event.slug}/veroeffentlichen/")
    event.refresh_from_db()
    assert event.state == "submitted"
    client.force_login(User.objects.create_user("leitung@akademie.example", role=Role.LEAD))
    answer = client.post(f"/veranstaltungen/{event.slug}/veroeffentlichen/")
    event.refresh_from_db()
    assert (event.state, answer["Location"]) == ("published", event.get_absolute_url())


def test_queries_of_starting_do_not_grow_with_the_steps(
    profile: FormatProfile, host: User, queries: Callable[[Callable[[], Any]], Any]
) -> None:
    few = queries(lambda: started(profile, host))
    for number in range(10):
        ChecklistItem.objects.create(profile=profile, title=f"Aufgabe {number}", days=-number, sort_order=9)
    assert queries(lambda: started(profile, host)) - few <= 0
    assert timezone.is_aware(BEGINS)


# -- what takes longer than a day -------------------------------------------------------------------------------------
def test_what_takes_longer_than_a_day_goes_on_the_next_morning(host: User) -> None:
    EventType.objects.get_or_create(slug="fachgespraech", defaults={"name": "Fachgespräch"})
    steps = [("Ansehen", 300), ("Fragen", 240), ("Mitnehmen", 120)]
    event = started(FormatProfileFactory(slug="zwei-tage", steps=steps), host)
    assert event.ends_at == BEGINS + timedelta(days=1, minutes=120)
    found = [(one.day, one.starts_at) for one in slots(event, event.agenda.order_by("position"))]
    assert found == [
        ("Donnerstag, 11. März", BEGINS),
        ("", BEGINS + timedelta(minutes=300)),
        ("Freitag, 12. März", BEGINS + timedelta(days=1)),
    ]


@pytest.mark.parametrize(("minutes", "ends"), [(1, (0, 1)), (540, (0, 540)), (541, (1, 1)), (1080, (1, 540))])
def test_a_day_has_nine_hours(minutes: int, ends: tuple[int, int]) -> None:
    assert end_of(BEGINS, minutes) == BEGINS + timedelta(days=ends[0], minutes=ends[1])


# -- how it was -------------------------------------------------------------------------------------------------------
def test_results_show_once_five_have_answered_and_time_is_over(
    client: Client, profile: FormatProfile, host: User
) -> None:
    event = started(profile, host)
    past = timezone.now() - timedelta(days=30)
    Event.objects.filter(pk=event.pk).update(
        state="published", published_at=past, starts_at=past, ends_at=past + timedelta(hours=1)
    )
    said = [{"nutzen": 4, "empfehlen": value} for value in (3, 4, 5, 5)]
    page, sums = event.get_absolute_url(), f"/formate/{profile.slug}/auswertung/"
    for answers, shown in ((said, False), ([*said, {"nutzen": 2, "empfehlen": 5}], True)):
        Survey.objects.all().delete()
        survey = open_evaluation(
            title="Auswertung",
            group=f"format:{profile.slug}",
            opens_at=past,
            closes_at=past + timedelta(days=1),
            by=host,
        )
        Event.objects.filter(pk=event.pk).update(evaluation=survey)
        take_over(survey, answers)
        assert ("Wie war es?" in client.get(page).content.decode()) == shown
        assert ("5 Menschen haben geantwortet" in client.get(sums).content.decode()) == shown


def test_templates_of_a_format_show_its_next_public_date_and_no_draft(client: Client) -> None:
    webinar = FormatProfileFactory(slug="webinar")
    place = "/formate/webinar/vorlagen/?beispiel=1"
    EventFactory(format=webinar, draft=True, title="Geheim")
    EventFactory(format=webinar, over=True, title="Vorbei")
    assert "Das sind Beispielangaben." in client.get(place).text
    EventFactory(format=webinar, title="Läden füllen")
    page = client.get(place).text
    assert ("Einladung: Läden füllen am" in page, "Das sind Beispielangaben." in page) == (True, False)
