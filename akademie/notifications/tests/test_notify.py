"""Messages reach people by mail."""

import pytest

from akademie.core.contributions import ContributionPoint
from akademie.notifications.actions import notify
from akademie.notifications.types import NotificationType, notification_types

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(monkeypatch):
    """A type of message for these tests only; its mail is the sign-in link's."""
    declared = NotificationType(key="tests.hello", label="Gruß", category="Tests", mail="accounts/mail/sign_in_link")
    monkeypatch.setattr(notification_types, "_items", {declared.key: declared})
    return declared


def test_people_and_addresses_get_one_mail_each(kind, mailoutbox, participant):
    sent = notify(
        kind.key, to=[participant, participant.email.upper(), "otto@stadt.example", ""],
        context={"link": "https://akademie.example/x", "minutes": 5}, reply_to="buero@akademie.example",
    )  # fmt: skip
    assert [mail.to for mail in mailoutbox] == [[address] for address in sent]
    assert [address.casefold() for address in sent] == [participant.email, "otto@stadt.example"]
    assert {tuple(mail.reply_to) for mail in mailoutbox} == {("buero@akademie.example",)}
    assert "https://akademie.example/x" in mailoutbox[0].body


def test_a_blocked_account_gets_nothing(kind, mailoutbox, participant):
    participant.is_active = False
    assert notify(kind.key, to=[participant], context={"link": "x", "minutes": 5}) == []
    assert mailoutbox == []


def test_an_undeclared_type_is_refused(kind):
    with pytest.raises(LookupError, match=r"tests\.strange"):
        notify("tests.strange", to=[])


def test_two_areas_cannot_take_the_same_key():
    point = ContributionPoint("notification_types", NotificationType)
    declared = NotificationType(key="a", label="A", category="Tests", mail="a")
    point.add(declared)
    with pytest.raises(ValueError, match="already has"):
        point.add(declared)
