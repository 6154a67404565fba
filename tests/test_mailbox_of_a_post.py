"""A mailbox goes from hand to hand with its post: each holder has what came in their own time, and nothing else."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from akademie.accounts.actions.account import move_to
from akademie.accounts.models import FormerAddress, User
from akademie.core.contributions import Subject
from akademie.core.models import MailState, OutgoingMail
from akademie.notifications.models import SilentAddress
from akademie.privacy.actions import erasure, orders
from akademie.privacy.models import DataOrder, OrderState
from akademie.privacy.queries import subjects

pytestmark = pytest.mark.django_db
MAILBOX = "buero@stadt.example"
MAIL, NOTE = "Mail der Akademie an Sie", "der Vermerk, dass Mails an Ihre Adresse nicht ankamen"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def first() -> User:
    """Somebody who had the mailbox until an hour ago, got a mail there, and one that came back."""
    person = User.objects.create_user(MAILBOX)
    OutgoingMail.objects.create(address=MAILBOX, subject="An die Vorgängerin", source=b"")
    SilentAddress.objects.create(email=MAILBOX, said="550 5.1.1", last_at=timezone.now())
    move_to(person, "privat@stadt.example")
    long_ago = timezone.now() - timedelta(hours=1)
    OutgoingMail.objects.update(created_at=long_ago - timedelta(minutes=1))
    SilentAddress.objects.update(last_at=long_ago - timedelta(minutes=1))
    FormerAddress.objects.update(until=long_ago)
    return person


@pytest.fixture
def heir(first: User) -> User:
    """Whoever has the mailbox now, with a mail of their own."""
    person = User.objects.create_user(MAILBOX)
    OutgoingMail.objects.create(address=MAILBOX, subject="An die Nachfolgerin", source=b"")
    return person


def mails(subject: Subject) -> list[str]:
    return list(erasure.mails_to(subject).order_by("pk").values_list("subject", flat=True))


def said(subject: Subject) -> list[str]:
    return [line.what for part in subjects.outlook(subject) for line in part.lines]


def test_each_finds_and_deletes_what_came_in_their_own_time(first: User, heir: User) -> None:
    of_first, of_heir = subjects.subject_of(first), subjects.subject_of(heir)
    assert (mails(of_first), mails(of_heir)) == (["An die Vorgängerin"], ["An die Nachfolgerin"])
    assert (f"1 {MAIL}" in said(of_heir), NOTE in said(of_heir), NOTE in said(of_first)) == (True, False, True)
    erasure.erase_account(heir, by=heir)
    assert mails(of_first) == ["An die Vorgängerin"]
    assert SilentAddress.objects.count() == 1


def test_without_an_account_the_one_before_stays_hidden_too(first: User) -> None:
    assert mails(subjects.subject_at(MAILBOX)) == []
    assert [line for line in said(subjects.subject_at(MAILBOX)) if line in (NOTE, f"1 {MAIL}")] == []
    erasure.erase_address(MAILBOX)
    assert mails(subjects.subject_of(first)) == ["An die Vorgängerin"]


def test_whoever_comes_back_to_a_mailbox_has_both_their_times_and_not_the_one_between(first: User, heir: User) -> None:
    move_to(heir, "weiter@stadt.example")
    OutgoingMail.objects.filter(subject="An die Nachfolgerin").update(created_at=timezone.now() - timedelta(minutes=5))
    FormerAddress.objects.filter(user=heir).update(until=timezone.now() - timedelta(minutes=4))
    move_to(first, MAILBOX)
    OutgoingMail.objects.create(address=MAILBOX, subject="Wieder da", source=b"")
    assert mails(subjects.subject_of(first)) == ["An die Vorgängerin", "Wieder da"]
    assert mails(subjects.subject_of(heir)) == ["An die Nachfolgerin"]


def test_mails_on_their_way_to_the_successor_and_her_entries_outlive_the_one_before(first: User, heir: User) -> None:
    source = f"To: {MAILBOX}\r\n\r\nHallo".encode()
    OutgoingMail.objects.filter(subject="An die Nachfolgerin").update(state=MailState.WAITING, source=source)
    log(instance=heir, action="privacy.erase", user=heir, title=MAILBOX)
    erasure.erase_account(first, by=first)
    assert mails(subjects.subject_of(heir)) == ["An die Nachfolgerin"]
    assert ModelLogEntry.objects.get(user=heir).label == MAILBOX


def test_both_order_their_data_although_the_older_order_names_the_same_address(first: User, heir: User) -> None:
    older = DataOrder.objects.create(email=MAILBOX, user=first)
    mine = orders.order(MAILBOX, heir)
    mine.refresh_from_db()
    assert (mine.pk == older.pk, mine.user, mine.state) == (False, heir, OrderState.READY)
    again = DataOrder.objects.create(email=MAILBOX, user=heir)
    assert orders.order(MAILBOX, heir).pk in (again.pk, mine.pk)


def test_two_open_orders_one_as_a_guest_become_one(client: Client, participant: User) -> None:
    DataOrder.objects.create(email=participant.email, user=participant)
    DataOrder.objects.create(email=participant.email)
    for _ in range(2):
        orders.claim(participant)
    assert list(DataOrder.objects.values_list("user", flat=True)) == [participant.pk]
