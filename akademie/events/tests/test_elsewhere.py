"""Events in other areas: hidden by a measure, in a person's calendar, handed over, forgotten, on pages of topics."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from akademie.core.calendars import as_calendar
from akademie.core.contributions import retention_rules
from akademie.events.models import Event, EventTask
from akademie.events.personal_data import doubtful, move_doubtful
from akademie.events.public_dates import hosted_dates
from akademie.events.tests.factories import EventFactory
from akademie.moderation import measures, queries
from akademie.privacy.actions.retention import run_rule
from akademie.topics.tests.factories import TopicFactory
from akademie.towns.tests.factories import TownFactory

pytestmark = pytest.mark.django_db


def test_the_office_hides_an_event_and_shows_it_again(client, editor):
    event = EventFactory()
    page = event.get_absolute_url()
    target = queries.target_at(page)
    assert (target.kind, target.pk, target.title) == ("veranstaltungen", str(event.pk), event.title)
    hidden = measures.hide(target, address=page, by=editor, category="wrong", ground="terms", reasons="Falscher Ort.")
    assert client.get(page).status_code == 404
    assert event.title not in client.get("/veranstaltungen/").content.decode()
    measures.show_again(hidden, by=editor, why="Geklärt.")
    assert client.get(page).status_code == 200
    assert queries.target_at(EventFactory(draft=True).get_absolute_url()) is None


def test_who_hosts_has_it_in_their_calendar(participant):
    EventFactory(title="Abend am Markt", owner=participant)
    EventFactory(title="Noch geheim", draft=True, owner=participant)
    EventFactory(title="Von anderen")
    file = as_calendar("Meine Termine", hosted_dates(participant))
    told = [str(event["summary"]) for event in Calendar.from_ical(file).events]
    assert sorted(told) == ["Abend am Markt", "Entwurf: Noch geheim"]


def test_a_successor_gets_what_was_ticked(participant, editor):
    mine, other = EventFactory(owner=participant), EventFactory(owner=participant)
    EventFactory(owner=participant, over=True)
    task = EventTask.objects.create(
        event=mine, title="Saal", days=-1, due_on=timezone.localdate(), assignee=participant
    )
    assert [key for key, _line in doubtful(participant, editor, None)] == [f"event-{mine.pk}", f"event-{other.pk}"]
    move_doubtful(participant, editor, None, {f"event-{mine.pk}"})
    task.refresh_from_db()
    assert (task.assignee, Event.objects.get(pk=mine.pk).owner, Event.objects.get(pk=other.pk).owner) == (
        editor, editor, participant,
    )  # fmt: skip


def test_contacts_and_drafts_are_kept_a_year(participant):
    long_ago = timezone.now() - timedelta(days=370)
    old = EventFactory(starts_at=long_ago, contact_name="Paula", contact_email="p@stadt.example")
    EventFactory(starts_at=long_ago, draft=True)
    fresh = EventFactory(over=True, contact_name="Paula")
    for key in ("events.contacts", "events.drafts"):
        run_rule(retention_rules.get(key))
    assert set(Event.objects.values_list("pk", "contact_name", "contact_email")) == {
        (old.pk, "", ""), (fresh.pk, "Paula", ""),
    }  # fmt: skip


def test_pages_of_topics_and_towns_show_events(client):
    topic, town = TopicFactory(slug="leerstand"), TownFactory(ags="12070296")
    event = EventFactory(about=[topic], town=town)
    EventFactory(about=[topic], town=town, draft=True)
    for page in ("/themen/leerstand/", "/staedte/12070296/"):
        assert client.get(page).content.decode().count("/veranstaltungen/leerstand-") == 1
        assert event.get_absolute_url() in client.get(page).content.decode()
