"""How an event becomes public and stops being so, and who hears of it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.events.actions import publishing, types
from akademie.events.kinds import TYPES
from akademie.events.models import EventState, EventTask, EventType
from akademie.events.queries import type_for
from akademie.events.tests.factories import EventFactory, EventTypeFactory
from akademie.formats.tests.factories import FormatProfileFactory
from akademie.moderation.models import PostingLock

pytestmark = pytest.mark.django_db
OFFICE = "/geschaeftsstelle/veranstaltungen/"
REASON = "Der Saal ist nicht frei."


def deeds() -> list[str]:
    return list(
        ModelLogEntry.objects.filter(action__startswith="events.").order_by("pk").values_list("action", flat=True)
    )


def both_at_once(press: Callable[[], object]) -> None:
    start = Barrier(2)

    def run() -> None:
        start.wait()
        try:
            press()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(run), pool.submit(run)]:
            done.result()


def test_the_way_of_an_event(participant, editor, mailoutbox, django_capture_on_commit_callbacks):
    event = EventFactory(draft=True, owner=participant)
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            publishing.submit(event, by=participant)
        for _twice in range(2):
            publishing.give_back(event, reason=REASON, by=editor)
        publishing.submit(event, by=participant)
        for _twice in range(2):
            publishing.publish(event, by=editor)
        for _twice in range(2):
            publishing.cancel(event, reason=REASON, by=editor)
    event.refresh_from_db()
    assert (event.state, event.cancel_reason, event.sequence) == (EventState.CANCELLED, REASON, 5)
    assert deeds() == [f"events.{deed}" for deed in ("submitted", "given_back", "submitted", "published", "cancelled")]
    assert [(mail.to, mail.subject.partition(":")[0]) for mail in mailoutbox if participant.email in mail.to] == [
        ([participant.email], "Bitte noch einmal ansehen"),
        ([participant.email], "Ihre Veranstaltung ist öffentlich"),
        ([participant.email], "Abgesagt"),
    ]
    for action in (publishing.publish, publishing.submit):
        with pytest.raises(NotPossible, match="abgesagt"):
            action(event, by=editor)


def test_everybody_concerned_hears_that_it_does_not_take_place(
    participant, editor, mailoutbox, django_capture_on_commit_callbacks
):
    helper = User.objects.create_user(email="hanna@stadt.example")
    event = EventFactory(owner=editor)
    for done_at in (None, timezone.now()):
        someone = helper if done_at is None else participant
        EventTask.objects.create(
            event=event, title="Saal", days=-1, due_on=timezone.localdate(), assignee=someone, done_at=done_at
        )
    with django_capture_on_commit_callbacks(execute=True):
        publishing.cancel(event, reason=REASON, by=editor)
    assert [mail.to for mail in mailoutbox] == [[helper.email]]


def test_what_the_situation_forbids_is_said(participant, editor):
    now = timezone.now()
    with pytest.raises(NotPossible, match="wo die Veranstaltung"):
        publishing.submit(EventFactory(draft=True, mode="praesenz"), by=participant)
    with pytest.raises(NotPossible, match="schon vorbei"):
        publishing.publish(EventFactory(draft=True), by=editor, publish_at=now + timedelta(days=30))
    with pytest.raises(NotPossible, match="schon öffentlich"):
        publishing.give_back(EventFactory(), reason=REASON, by=editor)
    with pytest.raises(NotPossible, match="schon vorbei"):
        publishing.cancel(EventFactory(over=True), reason=REASON, by=editor)
    with pytest.raises(NotPossible, match="noch nicht öffentlich"):
        publishing.cancel(EventFactory(publish_at=now + timedelta(days=1)), reason=REASON, by=editor)
    with pytest.raises(NotPossible, match="warum"):
        publishing.cancel(EventFactory(), reason=" .  ", by=editor)
    PostingLock.objects.create(user=participant, reasons="Werbung", category="wrong", ground="terms", made_by=editor)
    with pytest.raises(NotPossible, match="gesperrt"):
        publishing.submit(EventFactory(draft=True, owner=participant), by=participant)


def test_the_day_of_publication_can_be_moved(client, editor):
    client.force_login(editor)
    event = EventFactory(submitted=True)
    day = timezone.localdate() + timedelta(days=3)
    assert client.post(f"{OFFICE}{event.slug}/veroeffentlichen/", {"day": day.isoformat()}).status_code == 302
    event.refresh_from_db()
    assert (event.state, event.is_public, timezone.localtime(event.publish_at).hour) == ("published", False, 7)
    assert client.post(f"{OFFICE}{event.slug}/veroeffentlichen/", {"day": ""}).status_code == 302
    event.refresh_from_db()
    assert (event.is_public, event.publish_at) == (True, None)
    other = EventFactory(submitted=True)
    page = client.post(f"{OFFICE}{other.slug}/veroeffentlichen/", {"day": "2020-01-01"}).content.decode()
    assert "Dieser Tag ist vorbei" in page
    refused = client.post(f"{OFFICE}{event.slug}/zurueckgeben/", {"reason": REASON}).content.decode()
    assert "schon öffentlich" in refused


@pytest.mark.django_db(transaction=True)
def test_two_at_once_publish_and_cancel_once(editor):
    event = EventFactory(draft=True)
    both_at_once(lambda: publishing.publish(event, by=editor))
    both_at_once(lambda: publishing.cancel(event, reason=REASON, by=editor))
    event.refresh_from_db()
    assert (event.state, event.sequence, deeds()) == ("cancelled", 2, ["events.published", "events.cancelled"])


# -- the office -------------------------------------------------------------------------------------------------------
def test_the_list_of_the_office(client, editor, queries):
    client.force_login(editor)
    event = EventFactory(owner=editor)
    EventTask.objects.create(event=event, title="Saal", days=-99, due_on="2020-01-01")
    one = queries(lambda: client.get(OFFICE))
    EventFactory.create_batch(2, submitted=True, owner=editor)
    page = client.get(OFFICE).content.decode()
    assert (queries(lambda: client.get(OFFICE)), page.count("überfällig")) == (one, 1)
    assert f"{event.title}</a>" not in client.get(f"{OFFICE}?liste=vorgelegt").content.decode()
    assert "Veranstaltung veröffentlichen: Leerstand" in client.get("/geschaeftsstelle/?wer=alle").content.decode()


def test_sorts_are_kept_by_editors(client, editor):
    types.load_types(str)
    client.force_login(editor)
    kinds = {kind.slug: kind for kind in EventType.objects.all()}
    assert client.post(f"{OFFICE}arten/", {"name": "Stammtisch"}).status_code == 302
    assert "gibt es schon" in client.post(f"{OFFICE}arten/", {"name": "stammTISCH"}).content.decode()
    client.post(f"{OFFICE}arten/{kinds['webinar'].pk}/", {"name": "Online-Seminar"})
    client.post(f"{OFFICE}arten/{kinds['webinar'].pk}/ordnen/", {"schritt": "hoch"})
    client.post(f"{OFFICE}arten/{kinds['tagung'].pk}/ordnen/", {"schritt": "abschalten"})
    client.post(f"{OFFICE}arten/{kinds['sprechstunde'].pk}/ordnen/", {"schritt": "loeschen"})
    EventFactory(kind=kinds["fachkonferenz"])
    refused = client.post(f"{OFFICE}arten/{kinds['fachkonferenz'].pk}/ordnen/", {"schritt": "loeschen"}, follow=True)
    assert "hat Veranstaltungen und bleibt deshalb" in refused.content.decode()
    names = list(EventType.objects.order_by("position").values_list("name", flat=True))
    forum = "Forum für Bürgermeisterinnen und Bürgermeister"
    assert names[5:] == ["Online-Seminar", forum, "Fachkonferenz", "Tour-Station", "Stammtisch"]
    types.load_types(str)
    assert EventType.objects.get(slug="webinar").name == "Online-Seminar"
    assert EventType.objects.get(slug="tagung").is_offered is False


def test_the_last_sort_stays(client, editor):
    only = EventTypeFactory(slug="tagung")
    for refused in (
        lambda: types.offer_type(only, offered=False, by=editor),
        lambda: types.delete_type(only, by=editor),
    ):
        with pytest.raises(NotPossible, match="letzte"):
            refused()


def test_a_format_knows_its_sort():
    types.load_types(str)
    assert EventType.objects.count() == len(TYPES) == 10
    webinar = FormatProfileFactory(slug="webinar")
    variant = FormatProfileFactory(slug="mittagspause", origin=webinar)
    assert [type_for(one).slug for one in (webinar, variant, FormatProfileFactory(slug="stadtlabor"))] == [
        "webinar", "webinar", "fachgespraech",
    ]  # fmt: skip
    EventType.objects.filter(slug__in=["webinar", "fachgespraech"]).update(is_offered=False)
    assert type_for(webinar).slug == "tagung"
