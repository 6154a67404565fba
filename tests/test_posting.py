"""A locked account brings no words to others; what is everybody's right stays open. Profiles are hidden too."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from akademie.accessibility.models import BarrierReport
from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.exchange import actions as exchange
from akademie.exchange.models import HelpRequest, HelpRequestState
from akademie.exchange.tests.factories import HelpRequestFactory
from akademie.moderation import measures, queries
from akademie.moderation.models import ContentReport
from akademie.people.actions import contact
from akademie.people.models import Audience, ContactRequest, Direction, Profile
from akademie.people.tests.factories import ProfileFactory
from akademie.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
LOCKED = "Die Geschäftsstelle hat dieses Konto"
TEXT = "Wie haben andere ihre leeren Läden wieder gefüllt?"
WHY = {"category": "insulting", "ground": "terms", "rule": "4", "reasons": "Mehrere Nachrichten waren Beleidigungen."}


@pytest.fixture
def locked(participant: User, editor: User) -> User:
    measures.lock(participant, by=editor, until=None, **WHY)
    return participant


def test_questions_to_the_office_are_refused_with_all_that_was_typed(client: Client, locked: User) -> None:
    for signed_in in (False, True):  # with the address alone, too
        if signed_in:
            client.force_login(locked)
        page = client.post("/austausch/frage/", {"question": TEXT, "email": locked.email}).text
        assert (LOCKED in page, TEXT in page) == (True, True)
    assert HelpRequest.objects.count() == 0


def test_what_waited_for_its_link_is_refused_too(participant: User, editor: User) -> None:
    asked = HelpRequestFactory(unconfirmed=True, email=participant.email)
    measures.lock(participant, by=editor, until=None, **WHY)
    with pytest.raises(NotPossible, match=LOCKED):
        exchange.confirm(exchange.confirm_address(asked).rstrip("/").rpartition("/")[2])
    asked.refresh_from_db()
    assert asked.state == HelpRequestState.UNCONFIRMED


def test_messages_to_people_are_refused(client: Client, locked: User) -> None:
    profile = ProfileFactory(public=True)
    given = {"text": f"{TEXT} Erzählen Sie.", "name": "Ina", "email": locked.email}
    client.force_login(locked)
    assert LOCKED in client.post(f"/menschen/{profile.pk}/kontakt/", given).text
    waiting = ContactRequest.objects.create(
        recipient=profile.user, sender_name="Ina", sender_email=locked.email, text=TEXT, digest="x"
    )
    with pytest.raises(NotPossible, match=LOCKED):
        contact.confirm(waiting)
    assert ContactRequest.objects.count() == 1


def test_a_profile_gets_no_new_words_but_may_lose_some(client: Client, locked: User) -> None:
    profile = ProfileFactory(user=locked, about="Ich baue um.")
    topic = TopicFactory()
    profile.topics.create(topic=topic, direction=Direction.HELPS, position=1, sentence="Gern.")
    client.force_login(locked)
    form = client.get("/konto/profil/").context["form"]
    given: dict[str, Any] = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    given["last_name"] = "Beck"
    refused = client.post("/konto/profil/", given | {"about": "Neue Beleidigung"})
    assert (LOCKED in refused.text, "Neue Beleidigung" in refused.text) == (True, True)
    assert client.post("/konto/profil/", given | {"about": ""}).status_code == 302
    profile.refresh_from_db()
    assert profile.about == ""


def test_reporting_stays_open(client: Client, locked: User) -> None:
    client.force_login(locked)
    client.post("/barriere-melden/", {"text": "Die Karte geht nicht mit der Tastatur."})
    client.post("/inhalt-melden/", {"address": "/staedte/", "category": "wrong", "text": TEXT, "good_faith": "on"})
    assert (BarrierReport.objects.count(), ContentReport.objects.count()) == (1, 1)


def test_a_profile_is_hidden_and_its_owner_cannot_show_it_before_the_office_does(
    client: Client, editor: User, participant: User, django_capture_on_commit_callbacks: Any
) -> None:
    profile = ProfileFactory(public=True)
    owner, path = profile.user, profile.get_absolute_url()
    target = queries.target_at(path)
    assert target is not None
    assert (target.title, client.get(path).status_code) == (owner.get_full_name(), 200)
    with django_capture_on_commit_callbacks(execute=True):
        hidden = measures.hide(target, address=path, by=editor, **WHY)
    assert [one.to for one in mail.outbox] == [[owner.email]]
    client.force_login(participant)
    assert client.get(path).status_code == 404
    assert owner.get_full_name() not in client.get("/menschen/").text
    client.force_login(owner)
    page = client.get("/konto/profil/")
    assert "Die Geschäftsstelle hat Ihr Profil ausgeblendet." in page.text
    given = {n: page.context["form"][n].value() for n in page.context["form"].fields}
    given = {name: value for name, value in given.items() if value is not None}
    client.post("/konto/profil/", given | {"show_name": str(Audience.PARTICIPANTS.value)})
    profile.refresh_from_db()
    assert (profile.show_name, profile.shown_before) == (Audience.NOBODY, Audience.PARTICIPANTS)
    for _ in range(2):
        measures.show_again(hidden, by=editor, why="Der Text ist geändert.")
    profile = Profile.objects.get(pk=profile.pk)
    assert (profile.show_name, profile.hidden_at) == (Audience.PARTICIPANTS, None)
    client.force_login(participant)
    assert client.get(path).status_code == 200


def test_a_profile_can_be_reported_and_hidden_by_the_decision(client: Client, editor: User) -> None:
    profile = ProfileFactory(public=True)
    client.post(
        "/inhalt-melden/",
        {"address": profile.get_absolute_url(), "category": "insulting", "text": TEXT, "good_faith": "on"},
    )
    report = ContentReport.objects.get()
    client.force_login(editor)
    page = client.get(f"/geschaeftsstelle/meldungen/{report.pk}/").text
    assert ("Ausblenden:" in page, profile.user.get_full_name() in page) == (True, True)
    client.post(f"/geschaeftsstelle/meldungen/{report.pk}/", {**WHY, "decision": "hidden"})
    profile.refresh_from_db()
    assert profile.hidden_at is not None
