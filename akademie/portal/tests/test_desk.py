"""The desk with thousands of tasks: one's own, whoever waits for an answer first, as cheap as with a few."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from akademie.accounts.models import Role, User
from akademie.core.contributions import Waiting, WaitingTasks, waiting_tasks
from akademie.editing.models import Upkeep
from akademie.exchange.models import HelpRequest, HelpRequestState
from akademie.moderation.models import ContentReport, ReportCategory
from akademie.portal import personal

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()
DESK = "/geschaeftsstelle/"
MANY = 5000


@pytest.fixture
def colleague() -> User:
    return User.objects.create_user("kollege@akademie.example", first_name="Karl", role=Role.EDITOR)


@pytest.fixture
def desk(client: Client, editor: User) -> Callable[..., Any]:
    """Return the desk's answer."""
    client.force_login(editor)
    return lambda **query: client.get(DESK, query)


def pile_up(editor: User, colleague: User, count: int) -> None:
    """So many tasks: half are checks, older ones of the colleague and newer ones of the editor, then questions and
    reports."""
    ages = range(count // 2)
    Upkeep.objects.bulk_create(
        Upkeep(
            kind="bibliothek", object_pk=f"{count}-{age}", title=f"Studie {age}", url="/bibliothek/x/",
            owner=editor if age < 20 else colleague, due_on=TODAY - timedelta(days=age + 30),
        )
        for age in ages
    )  # fmt: skip
    HelpRequest.objects.bulk_create(
        HelpRequest(
            question=f"Wer hat schon Frage {age} gelöst?", email="clara@stadt.example", state=HelpRequestState.OPEN,
            confirmed_at=NOW - timedelta(hours=age), digest=f"{count}-{age}",
        )
        for age in range(count // 4)
    )  # fmt: skip
    ContentReport.objects.bulk_create(
        ContentReport(
            address=f"/bibliothek/{age}/", category=ReportCategory.WRONG, text="Das stimmt nicht.",
            digest=f"{count}-{age}", created_at=NOW - timedelta(minutes=age),
        )
        for age in range(count // 4)
    )  # fmt: skip


def numbers(answer: Any) -> dict[str, str]:
    return {group.title: group.number for group in answer.context["desk"].groups}


def test_five_thousand_tasks_cost_what_forty_cost(
    desk: Callable[..., Any], editor: User, colleague: User, queries: Callable[..., int]
) -> None:
    pile_up(editor, colleague, 1000)  # as many as areas name at most: from there on each is counted besides
    few = queries(desk)
    pile_up(editor, colleague, MANY - 1000)
    assert queries(desk) == few
    answer = desk()
    assert {key: numbers(answer)[key] for key in ("Inhalte prüfen", "Fragen an die Geschäftsstelle")} == {
        "Inhalte prüfen": "2.500", "Fragen an die Geschäftsstelle": "1.250",
    }  # fmt: skip
    assert len(gzip.compress(answer.content)) < 30_000
    assert len(answer.content) < 100_000


def test_the_oldest_question_comes_first_and_is_the_first_thing_the_keyboard_reaches(
    desk: Callable[..., Any], editor: User, colleague: User
) -> None:
    pile_up(editor, colleague, 400)
    answer = desk()
    first = answer.context["lines"][0]
    assert (first.area, first.task.text) == (
        "Fragen an die Geschäftsstelle", "Frage beantworten: „Wer hat schon Frage 99 gelöst?“",
    )  # fmt: skip
    inside = answer.content.decode().partition('<main id="inhalt"')[2]
    assert inside.partition("<a ")[2].startswith(f'href="{first.task.url}"')
    assert "<button" not in inside.partition("<a ")[0]


def test_older_work_of_others_does_not_hide_ones_own(desk: Callable[..., Any], editor: User, colleague: User) -> None:
    pile_up(editor, colleague, 1000)

    def checks(**query: str) -> list[tuple[str, str]]:
        lines = desk(**query).context["lines"]
        return [(line.task.text, line.who) for line in lines if line.area == "Inhalte prüfen"]

    assert checks() == [(f"Prüfen, ob „Studie {age}“ noch stimmt", "Sie") for age in range(19, 9, -1)]
    assert checks(wer="alle") == [(f"Prüfen, ob „Studie {age}“ noch stimmt", "Karl") for age in range(499, 489, -1)]


def test_each_area_has_room_and_the_rest_is_one_click_away(
    desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    late = [Waiting(f"Spät {n:03}", "/a/", until=TODAY - timedelta(days=1)) for n in range(150)]
    for key, tasks, more in (
        ("a", late, {"url": "/alle/", "count": lambda: 4312}),
        ("b", [Waiting("Eines", "/b/", until=TODAY)], {}),
        ("c", late[:120], {}),
        ("d", [Waiting("Frage", "/d/", since=NOW)], {"answers": True}),
        ("e", [], {}),
    ):
        area = WaitingTasks(key=key, title=key.upper(), tasks=lambda _user, found=tasks: found, for_office=True, **more)
        monkeypatch.setitem(waiting_tasks._items, key, area)
    monkeypatch.setattr(waiting_tasks, "_items", {key: waiting_tasks.get(key) for key in "abcde"})
    answer = desk()
    most = personal.DESK_SHOWN
    assert [line.task.text for line in answer.context["lines"]] == [
        "Frage", *sorted([f"Spät {n:03}" for n in range(most)] * 2), "Eines",
    ]  # fmt: skip
    assert numbers(answer) == {"A": "4.312", "B": "1", "C": "mehr als 100", "D": "1"}
    assert '<a href="/alle/">A</a></th><td>4.312</td>' in answer.content.decode()


def test_what_can_be_made_new_opens(client: Client, lead: User, editor: User, kept: Any) -> None:
    from akademie.cms import actions as cms

    kept("office", lambda: cms.set_up_office(lambda _: None))
    for person, last in ((editor, "Dokument"), (lead, "Person")):
        client.force_login(person)
        makes = client.get(DESK).context["desk"].makes
        assert [word for word, _ in makes][-1] == last
        assert {word: client.get(url).status_code for word, url in makes} == {word: 200 for word, _ in makes}
