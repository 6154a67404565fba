"""The page on which people say what they want to get."""

import pytest

from akademie.notifications.models import DeliveryChoice
from akademie.notifications.tests.factories import declare

pytestmark = pytest.mark.django_db
PAGE = "/konto/benachrichtigungen/"


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    declare(
        monkeypatch,
        {"key": "tests.must", "label": "Frage bestätigen"},
        {"key": "tests.news", "label": "Neue Antwort", "may_wait": True, "may_stop": True},
        {"key": "tests.dates", "label": "Termin fällt aus", "category": "Termine", "may_wait": True, "at_once": True},
        {"key": "tests.office", "label": "Neue Anfrage", "may_stop": True, "for_office": True},
    )


def test_guests_sign_in_first(client):
    assert client.get(PAGE)["Location"] == f"/anmelden/?next={PAGE}"


def test_each_kind_offers_what_it_allows_and_shows_what_holds(client, participant):
    client.force_login(participant)
    form = client.get(PAGE).context["form"]
    assert {field.name: ([label for _, label in field.field.choices], field.value()) for field in form} == {
        "notifications.weekly": (["ja", "nein"], "now"),
        "tests.news": (["sofort", "in der Wochenmail", "gar nicht"], "weekly"),
        "tests.dates": (["sofort", "in der Wochenmail"], "now"),
    }
    assert [category for category, _fields in form.by_category()] == ["Alles auf einmal", "Austausch", "Termine"]


def test_the_office_sees_its_own_kinds_too(client, editor):
    client.force_login(editor)
    assert "tests.office" in client.get(PAGE).context["form"].fields


def test_what_is_chosen_is_kept(client, participant):
    client.force_login(participant)
    given = {"notifications.weekly": "never", "tests.news": "now", "tests.dates": "now"}
    assert client.post(PAGE, given)["Location"] == PAGE
    assert set(DeliveryChoice.objects.values_list("user", "kind", "delivery")) == {
        (participant.pk, "notifications.weekly", "never"), (participant.pk, "tests.news", "now"),
    }  # fmt: skip
    assert client.get(PAGE).context["form"]["tests.news"].value() == "now"


@pytest.mark.parametrize("wrong", [{}, {"tests.dates": "never"}, {"tests.news": "immer"}])
def test_what_a_kind_does_not_allow_changes_nothing(client, participant, wrong):
    client.force_login(participant)
    given = {"notifications.weekly": "never", "tests.news": "now", "tests.dates": "now"} if wrong else {}
    answer = client.post(PAGE, given | wrong)
    assert (answer.status_code, "Bitte prüfen Sie Ihre Angaben." in answer.content.decode()) == (200, True)
    assert DeliveryChoice.objects.count() == 0


def test_many_choices_cost_the_page_the_queries_of_none(client, participant, queries):
    client.force_login(participant)
    without = queries(lambda: client.get(PAGE))
    client.post(PAGE, {"notifications.weekly": "never", "tests.news": "now", "tests.dates": "weekly"})
    client.get(PAGE)
    assert queries(lambda: client.get(PAGE)) == without
