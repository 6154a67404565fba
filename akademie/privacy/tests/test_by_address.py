"""People without an account: the same answer for everyone, a link that changes nothing, one POST each."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core.models import OutgoingMail
from akademie.privacy.actions import orders
from akademie.privacy.models import DataOrder

pytestmark = pytest.mark.django_db
ASK = "/datenschutz/meine-daten/"
EMAIL = "gast@stadt.example"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def link_in(mail: Any) -> str:
    return re.search(r"http://127\.0\.0\.1:8000(/\S+)", mail.body.split("\n\n", 1)[1].split("):", 1)[-1])[1]


def mailed_link(client: Client, mailoutbox: list[Any], email: str = EMAIL) -> str:
    assert client.post(ASK, {"email": email})["Location"] == f"{ASK}unterwegs/"
    return link_in(mailoutbox[-1])


def test_known_and_unknown_get_the_same_answer(client: Client, mailoutbox: list[Any], participant: User) -> None:
    answers = [client.post(ASK, {"email": email}, follow=True) for email in (EMAIL, participant.email)]
    assert answers[0].content == answers[1].content
    assert [mail.to for mail in mailoutbox] == [[EMAIL], [participant.email]]
    assert mailoutbox[0].subject == mailoutbox[1].subject == "Ihre Daten bei Kleinstadtakademie"


def test_export_by_a_confirmed_address(client: Client, mailoutbox: list[Any]) -> None:
    OutgoingMail.objects.create(address=EMAIL, subject="Hallo", source=b"")
    link = mailed_link(client, mailoutbox)
    page = client.get(link)
    assert next((part.heading, part.lines[0].what) for part in page.context["outlook"]) == (
        "Das wird gelöscht",
        "1 Mail der Akademie an Sie",
    )
    assert not DataOrder.objects.exists(), "looking changes nothing"
    assert client.post(f"{link}bestellen/")["Location"] == link
    found = DataOrder.objects.get()
    assert (found.user, found.email) == (None, EMAIL)
    archive = link_in(mailoutbox[-1])
    assert client.get(archive).status_code == 200
    answer = client.post(archive)
    assert (answer["Content-Type"], answer["Cache-Control"].split(", ")[:2]) == (
        "application/zip",
        ["private", "no-store"],
    )
    answer.close()
    assert ZipFile(found.path).read("privacy.html").decode().count("<td>Hallo</td>") == 1


def test_deletion_by_a_confirmed_address(client: Client, mailoutbox: list[Any]) -> None:
    OutgoingMail.objects.create(address=EMAIL, subject="Hallo", source=b"")
    link = mailed_link(client, mailoutbox)
    refused = client.post(f"{link}loeschen/")
    assert refused.context["form"].errors["sure"] == ["Bitte setzen Sie den Haken. Ohne ihn löschen wir nichts."]
    assert OutgoingMail.objects.count() == 1
    assert client.post(f"{link}loeschen/", {"sure": "on"})["Location"] == f"{ASK}geloescht/"
    assert not OutgoingMail.objects.exists()
    assert (mailoutbox[-1].to, mailoutbox[-1].subject) == ([EMAIL], "Ihre Daten sind gelöscht")


def test_an_address_with_an_account_is_asked_to_sign_in(
    client: Client, mailoutbox: list[Any], participant: User
) -> None:
    link = mailed_link(client, mailoutbox, participant.email)
    assert "Sie haben ein Konto" in client.get(link).content.decode()
    client.post(f"{link}bestellen/")
    assert not DataOrder.objects.exists()
    assert client.post(f"{link}loeschen/", {"sure": "on"}).status_code == 410
    assert User.objects.filter(pk=participant.pk).exists()


@pytest.mark.parametrize("path", [f"{ASK}quatsch/", f"{ASK}archiv/quatsch/"])
def test_a_forged_link(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 410
    assert "Dieser Link ist abgelaufen oder unvollständig." in answer.content.decode()
    assert client.post(f"{ASK}quatsch/loeschen/", {"sure": "on"}).status_code == 410
    assert client.post(f"{ASK}quatsch/bestellen/").status_code == 410


def test_links_end(client: Client, mailoutbox: list[Any]) -> None:
    link = mailed_link(client, mailoutbox)
    client.post(f"{link}bestellen/")
    archive = link_in(mailoutbox[-1])
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert client.get(link).status_code == 410
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert client.get(archive).status_code == 200
    DataOrder.objects.update(ready_at=timezone.now() - timedelta(days=8))
    over = client.get(archive)
    assert (over.status_code, "Ihre Daten lagen hier 7 Tage bereit." in over.content.decode()) == (410, True)


def test_nobody_fills_mailboxes(client: Client, mailoutbox: list[Any]) -> None:
    for _ in range(orders.LINKS_PER_ADDRESS_AND_HOUR):
        client.post(ASK, {"email": EMAIL})
    refused = client.post(ASK, {"email": EMAIL})
    assert refused.status_code == 429
    assert refused.context["form"]["email"].value() == EMAIL
    assert len(mailoutbox) == 3


def test_a_wrong_address_is_kept_and_explained(client: Client) -> None:
    answer = client.post(ASK, {"email": "gast@"})
    assert answer.context["form"]["email"].value() == "gast@"
    assert answer.context["form"].errors["email"] == ["Bitte prüfen Sie die Adresse. Sie sieht so aus: name@stadt.de"]
