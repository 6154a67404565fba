"""Deleting an account: preview, one POST, sessions, the last Leitung, two browsers at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from akademie.accounts.models import Role, User
from akademie.core.actions import NotPossible
from akademie.core.models import MailState, OutgoingMail
from akademie.privacy.actions import erasure
from akademie.privacy.queries import subjects

ERASE = "/konto/loeschen/"


@pytest.mark.django_db
def test_a_person_sees_what_happens_and_deletes(client: Client, participant: User, mailoutbox: list[Any]) -> None:
    other = Client()
    other.force_login(participant)
    client.force_login(participant)
    page = client.get(ERASE)
    assert [part.heading for part in page.context["outlook"]] == ["Das wird gelöscht", "Das bleibt, und warum"]
    refused = client.post(ERASE)
    assert refused.context["form"].errors["sure"] == ["Bitte setzen Sie den Haken. Ohne ihn löschen wir nichts."]
    assert User.objects.count() == 1
    assert client.post(ERASE, {"sure": "on"})["Location"] == "/datenschutz/meine-daten/geloescht/"
    assert not User.objects.exists()
    assert not Session.objects.exists(), "no browser is signed in any more"
    assert other.get("/konto/meine-daten/")["Location"].startswith("/anmelden/")
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["paula@stadt.example"], "Ihre Daten sind gelöscht")
    assert "wie Sie es wollten" in mail.body
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.label, entry.user_id) == ("privacy.erase_own", "gelöschte Person", participant.pk)


@pytest.mark.django_db
def test_the_last_lead_is_told_what_to_do(client: Client, lead: User, editor: User) -> None:
    client.force_login(lead)
    answer = client.post(ERASE, {"sure": "on"})
    assert answer.status_code == 409
    assert answer.context["refusal"].startswith("Sie sind die letzte Leitung dieser Akademie.")
    assert User.objects.filter(pk=lead.pk).exists()
    User.objects.create_user("zweite@akademie.example", role=Role.LEAD)
    assert client.post(ERASE, {"sure": "on"}).status_code == 302
    assert not User.objects.filter(pk=lead.pk).exists()


def at_once(calls: list[Any]) -> list[Any]:
    start = Barrier(len(calls))

    def run(call: Any) -> Any:
        try:
            start.wait(timeout=10)
            return call()
        except NotPossible as refusal:
            return str(refusal)[:32]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls), key=str)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_browsers_delete_the_same_account_at_once(participant: User, mailoutbox: list[Any]) -> None:
    assert at_once([lambda: erasure.erase_account(participant, by=participant)] * 2) == [False, True]
    assert not User.objects.exists()
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_the_other_browser_is_told_that_all_is_done(participant: User) -> None:
    """It still shows the page with the button; its session ended with the account."""
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(participant)
        assert browser.get(ERASE).status_code == 200
    browsers[0].post(ERASE, {"sure": "on"})
    said = browsers[1].post(ERASE, {"sure": "on"}, follow=True)
    assert said.redirect_chain == [("/anmelden/?next=/konto/loeschen/&abgemeldet=1", 302)]
    assert "Haben Sie eben Ihr Konto gelöscht? Dann ist alles erledigt." in said.text
    assert "nicht mehr angemeldet" not in browsers[1].get(ERASE, follow=True).text
    assert "nicht mehr angemeldet" not in browsers[1].post("/anmelden/?abgemeldet=1", {"email": "x"}).text


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_leads_who_go_at_once_leave_one(lead: User) -> None:
    other = User.objects.create_user("zweite@kleinstadt.example", role=Role.LEAD)
    User.objects.filter(pk=lead.pk).update(email="erste@kleinstadt.example")
    lead.refresh_from_db()
    done = at_once([lambda one=one: erasure.erase_account(one, by=one) for one in (lead, other)])
    assert done == ["Sie sind die letzte Leitung dies", True]
    assert User.objects.filter(role=Role.LEAD).count() == 1


@pytest.mark.django_db
def test_the_lead_deletes_an_account_from_the_back_office(
    client: Client, lead: User, participant: User, mailoutbox: list[Any]
) -> None:
    client.force_login(lead)
    path = f"/geschaeftsstelle/datenschutz/personen/{participant.pk}/loeschen/"
    assert client.get(path).context["person"] == participant
    assert client.post(path, {"sure": "on"}).status_code == 302
    assert not User.objects.filter(pk=participant.pk).exists()
    assert "die Leitung hat Ihr Konto" in mailoutbox[0].body
    assert ModelLogEntry.objects.get().action == "privacy.erase"
    own = client.get(f"/geschaeftsstelle/datenschutz/personen/{lead.pk}/loeschen/")
    assert own["Location"] == ERASE


@pytest.mark.django_db
def test_mails_to_others_that_speak_of_the_person_go_too(participant: User, lead: User) -> None:
    OutgoingMail.objects.create(address="paula@stadt.example", subject="An Paula", source=b"")
    OutgoingMail.objects.create(
        address="office@x.example", subject="Neu", source=b"Reply-To: paula@stadt.example\r\n\r\nHallo", state="failed"
    )
    kept = OutgoingMail.objects.create(address="office@x.example", source=b"Subject: x\r\n\r\nHallo")
    sent = OutgoingMail.objects.create(address="office@x.example", source=b"", state=MailState.SENT)
    erasure.erase_account(participant, by=participant)
    assert list(OutgoingMail.objects.order_by("pk")) == [kept, sent]


@pytest.mark.django_db
def test_the_log_forgets_the_name(participant: User, lead: User) -> None:
    participant.last_name = "Perle"
    participant.save()
    log(instance=participant, action="wagtail.edit", user=lead)
    log(instance=lead, action="wagtail.edit", user=participant, data={"von": "Paula Perle"}, title="Paula Perles Seite")
    erasure.erase_account(participant, by=participant)
    says = list(ModelLogEntry.objects.order_by("pk").values_list("label", "data", "user_id"))
    assert says == [
        ("gelöschte Person", {}, lead.pk),
        ("[gelöscht]s Seite", {}, participant.pk),
        ("gelöschte Person", {}, participant.pk),
    ]


@pytest.mark.django_db
def test_the_preview_counts(participant: User) -> None:
    for number in range(2):
        OutgoingMail.objects.create(address="PAULA@stadt.example", subject=f"{number}", source=b"")
    lines = [line for part in subjects.outlook(subjects.subject_of(participant)) for line in part.lines]
    assert "2 Mails der Akademie an Sie" in [line.what for line in lines]
    assert [line.why for line in lines if line.fate != "goes" and not line.why] == [], "what stays says why"
