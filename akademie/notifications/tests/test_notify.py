"""Messages reach people by mail, when they want to hear of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akademie.accounts.models import User
from akademie.core.contributions import ContributionPoint
from akademie.core.models import OutgoingMail
from akademie.notifications.actions import notify
from akademie.notifications.actions.choices import choose
from akademie.notifications.models import Delivery, DeliveryChoice, Notice
from akademie.notifications.tests.factories import LINK, MAIL, SUBJECT, declare
from akademie.notifications.types import NotificationType

pytestmark = pytest.mark.django_db
CONTEXT = {"link": LINK, "minutes": 5}


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    declare(
        monkeypatch,
        {"key": "tests.must", "label": "Frage bestätigen"},
        {"key": "tests.news", "label": "Neue Antwort", "may_wait": True, "may_stop": True},
        {"key": "tests.soon", "label": "Termin fällt aus", "may_wait": True, "may_stop": True, "at_once": True},
    )


def test_people_and_addresses_get_one_mail_each(mailoutbox, participant):
    sent = notify(
        "tests.must", to=[participant, participant.email.upper(), "otto@stadt.example", ""], context=CONTEXT,
        reply_to="buero@akademie.example",
    )  # fmt: skip
    assert [mail.to for mail in mailoutbox] == [[address] for address in sent]
    assert [address.casefold() for address in sent] == [participant.email, "otto@stadt.example"]
    assert {tuple(mail.reply_to) for mail in mailoutbox} == {("buero@akademie.example",)}
    assert LINK in mailoutbox[0].body


def test_a_blocked_account_gets_nothing(mailoutbox, participant):
    participant.is_active = False
    assert notify("tests.must", to=[participant], context=CONTEXT) == []
    assert mailoutbox == []


def test_what_may_wait_waits_unless_the_person_wants_it_at_once_or_not_at_all(mailoutbox):
    people = {name: User.objects.create_user(f"{name}@stadt.example") for name in ("usual", *Delivery.values)}
    for name in Delivery.values:
        choose(people[name], {"tests.news": name})
    assert notify("tests.news", to=people.values(), context=CONTEXT) == ["now@stadt.example"]
    assert [mail.to for mail in mailoutbox] == [["now@stadt.example"]]
    lines = Notice.objects.order_by("pk").values_list("user__email", "kind", "text", "url", "mailed_for")
    assert list(lines) == [
        (f"{name}@stadt.example", "tests.news", SUBJECT, LINK, None) for name in ("usual", "weekly")
    ]  # fmt: skip


def test_a_kind_may_come_at_once_unless_somebody_lets_it_wait(mailoutbox, participant, editor):
    choose(editor, {"tests.soon": Delivery.WEEKLY})
    assert notify("tests.soon", to=[participant, editor], context=CONTEXT) == [participant.email]
    assert Notice.objects.get().user == editor


def test_without_an_account_everything_comes_at_once_until_it_is_switched_off(mailoutbox):
    assert notify("tests.news", to=["Otto@stadt.example"], context=CONTEXT) == ["Otto@stadt.example"]
    choose("otto@stadt.example", {"tests.news": Delivery.NEVER})
    assert notify("tests.news", to=["Otto@stadt.example"], context=CONTEXT) == []
    assert Notice.objects.count() == 0


def test_an_address_with_an_account_counts_as_its_person(mailoutbox, participant):
    choose(participant, {"tests.news": Delivery.NEVER})
    assert notify("tests.news", to=["Paula@stadt.example"], context=CONTEXT) == []
    choose(participant, {"tests.news": Delivery.WEEKLY})
    notify("tests.news", to=["Paula@stadt.example"], context=CONTEXT)
    assert Notice.objects.get().user == participant


def test_what_is_usual_needs_no_row_and_what_a_kind_forbids_is_refused(participant):
    choose(participant, {"tests.news": Delivery.NOW, "tests.soon": Delivery.NOW})
    assert list(DeliveryChoice.objects.values_list("kind", "delivery")) == [("tests.news", "now")]
    choose(participant, {"tests.news": Delivery.WEEKLY})
    assert DeliveryChoice.objects.count() == 0
    for key, delivery in (("tests.must", Delivery.NEVER), ("tests.must", Delivery.WEEKLY), ("tests.x", Delivery.NOW)):
        with pytest.raises(ValueError, match="cannot come"):
            choose(participant, {key: delivery})


def test_what_is_switched_off_is_not_in_the_next_weekly_mail(participant):
    notify("tests.news", to=[participant], context=CONTEXT)
    choose(participant, {"tests.news": Delivery.NEVER})
    assert Notice.objects.count() == 0


def test_a_job_that_runs_twice_mails_once(settings, participant):
    settings.EMAIL_BACKEND = "akademie.core.outbox.OutboxBackend"
    for _ in range(2):
        notify("tests.must", to=[participant], context=CONTEXT, once="frage:7")
    notify("tests.must", to=[participant], context=CONTEXT, once="frage:8")
    assert OutgoingMail.objects.count() == 2


def test_wrong_calls_are_found_at_once(participant):
    with pytest.raises(LookupError, match=r"tests\.strange"):
        notify("tests.strange", to=[])
    with pytest.raises(ValueError, match="needs `link`"):
        notify("tests.news", to=[participant], context={})


@pytest.mark.slow
@pytest.mark.parametrize("key", ["tests.must", "tests.news"])
def test_telling_five_hundred_costs_as_many_queries_as_telling_fifty(settings, key):
    settings.EMAIL_BACKEND = "akademie.core.outbox.OutboxBackend"
    everybody = User.objects.bulk_create(User(email=f"person{number}@stadt.example") for number in range(500))
    costs = []
    for some in (everybody[:50], everybody):
        with CaptureQueriesContext(connection) as captured:
            notify(key, to=some, context=CONTEXT)
        statements = [query["sql"].split(" ", 1)[0] for query in captured]
        costs.append({word: statements.count(word) for word in set(statements)})
    # SQLite takes a thousand values in one INSERT, so some dozens of rows.
    inserts = [cost.pop("INSERT") for cost in costs]
    assert costs[0] == costs[1]
    assert inserts == ([1, 1] if connection.vendor == "postgresql" else [1, inserts[1]])
    assert inserts[1] <= 500 // 50


def test_two_areas_cannot_take_the_same_key():
    point = ContributionPoint("notification_types", NotificationType)
    declared = NotificationType(key="a", label="A", category="Tests", mail=MAIL)
    point.add(declared)
    with pytest.raises(ValueError, match="already has"):
        point.add(declared)
