"""Access keys: made and withdrawn by the office, shown once, ended with the role."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from akademie.accounts.models import Role, User
from akademie.api import actions
from akademie.api.models import AccessKey, digest_of
from akademie.api.problems import Problem
from akademie.core.actions import NotPossible

pytestmark = pytest.mark.django_db
PAGE = "/konto/zugangsschluessel/"


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def opens(word: str) -> int:
    """Return what a program hears that shows this key."""
    try:
        actions.use_key(word)
    except Problem as problem:
        return problem.status
    return 200


@pytest.fixture
def word(editor: User) -> str:
    return actions.make_key("Institut", timezone.localdate() + timedelta(days=90), by=editor)


def test_a_key_is_shown_once_mailed_about_and_logged(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert f'value="{day(90)}"' in client.get(PAGE).content.decode()
    page = client.post(PAGE, {"name": "Institut", "ends_on": day(365)}).content.decode()
    word = re.findall(r"<code>(ksa_[\w-]{43})</code>", page)[0]
    assert opens(word) == 200
    assert word not in client.get(PAGE).content.decode()
    key = AccessKey.objects.get()
    assert (key.digest, word in repr(key.__dict__)) == (digest_of(word), False)
    assert [(one.to, one.subject) for one in mail.outbox] == [([editor.email], "Neuer Zugangsschlüssel: Institut")]
    assert word not in mail.outbox[0].body
    entry = ModelLogEntry.objects.get(action="api.key_made")
    assert (entry.user, entry.label) == (editor, "Institut")


@pytest.mark.parametrize(
    ("name", "ends_on"), [("", day(90)), ("x" * 61, day(90)), ("x", day(-1)), ("x", day(366)), ("x", "bald")]
)
def test_what_does_not_fit_is_refused_and_kept(client: Client, editor: User, name: str, ends_on: str) -> None:
    client.force_login(editor)
    page = client.post(PAGE, {"name": name, "ends_on": ends_on})
    assert (page.status_code, AccessKey.objects.count()) == (200, 0)
    assert f'value="{ends_on}"' in page.content.decode()


def test_a_name_is_taken_once_and_ten_keys_are_enough(editor: User, word: str) -> None:
    today = timezone.localdate()
    with pytest.raises(NotPossible, match="Namen haben Sie schon"):
        actions.make_key("Institut", today, by=editor)
    for number in range(9):
        actions.make_key(f"Land {number}", today, by=editor)
    with pytest.raises(NotPossible, match="Mehr als 10"):
        actions.make_key("Land 10", today, by=editor)


def test_a_key_ends_by_one_press_of_its_own_person(client: Client, editor: User, lead: User, word: str) -> None:
    press = {"withdraw": str(AccessKey.objects.get().pk)}
    client.force_login(lead)
    assert (client.post(PAGE, press).status_code, opens(word)) == (302, 200)
    client.force_login(editor)
    for wrong in ("", "x", "9" * 30):
        assert (client.post(PAGE, {"withdraw": wrong}).status_code, opens(word)) == (302, 200)
    assert (client.get(PAGE, press).status_code, opens(word)) == (200, 200)
    assert (client.post(PAGE, press).status_code, opens(word)) == (302, 401)
    assert "zurückgezogen am" in client.get(PAGE).content.decode()
    client.post(PAGE, press)
    assert ModelLogEntry.objects.filter(action="api.key_withdrawn").count() == 1


def test_a_key_ends_after_its_last_day(word: str) -> None:
    for days, status in ((0, 200), (-1, 401)):
        AccessKey.objects.update(ends_on=day(days))
        assert opens(word) == status


def test_a_key_ends_with_the_role_the_access_the_second_step_and_the_account(
    editor: User, word: str, settings: Any
) -> None:
    for field, value, back in (("role", Role.PARTICIPANT, Role.EDITOR), ("is_active", False, True)):
        User.objects.filter(pk=editor.pk).update(**{field: value})
        assert opens(word) == 403
        assert AccessKey.objects.ended_long_ago().count() == 1  # gone for good with the night
        User.objects.filter(pk=editor.pk).update(**{field: back})
    assert AccessKey.objects.ended_long_ago().count() == 0
    settings.SECOND_FACTOR = True
    assert opens(word) == 403
    Authenticator.objects.create(user=editor, type="totp", data={"secret": "x"})
    assert opens(word) == 200
    editor.delete()
    assert opens(word) == 401


def test_the_office_alone_has_keys_and_shows_the_second_step_first(
    client: Client, editor: User, participant: User, settings: Any
) -> None:
    client.force_login(participant)
    assert client.get(PAGE).status_code == 404
    settings.SECOND_FACTOR = True
    client.force_login(editor)
    assert client.get(PAGE)["Location"].startswith("/konto/zweiter-schritt/")
    Authenticator.objects.create(user=editor, type="totp", data={"secret": "x"})
    assert client.post(PAGE, {"name": "x", "ends_on": day(1)})["Location"].startswith("/konto/bestaetigen/")
    assert AccessKey.objects.count() == 0


def test_ended_keys_go_after_thirty_days(editor: User, word: str) -> None:
    now = timezone.now()
    for change, number in (
        ({"withdrawn_at": now - timedelta(days=29)}, 0), ({"withdrawn_at": now - timedelta(days=31)}, 1),
        ({"withdrawn_at": None, "ends_on": day(-29)}, 0), ({"ends_on": day(-31)}, 1),
    ):  # fmt: skip
        AccessKey.objects.update(**change)
        assert AccessKey.objects.ended_long_ago().count() == number


def test_three_keys_cost_as_many_queries_as_one(
    client: Client, editor: User, word: str, queries: Callable[[Callable[[], Any]], int]
) -> None:
    client.force_login(editor)
    one = queries(lambda: client.get(PAGE))
    for name in ("Land", "Kreis"):
        actions.make_key(name, timezone.localdate(), by=editor)
    assert queries(lambda: client.get(PAGE)) == one
