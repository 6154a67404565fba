"""The history of a record: what changed between two versions, in German, and the way back to an old one."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import querydict_from_html

from akademie.cms.actions import set_up_office
from akademie.practices.models import PracticeCase, PracticeTown
from akademie.practices.tests.factories import PracticeCaseFactory, TopicFactory, TownFactory

pytestmark = pytest.mark.django_db
DESK = "/geschaeftsstelle/cms/snippets/practices/practicecase/"


@pytest.fixture
def desk(client: Client, kept: Any, editor: Any) -> Client:
    """The browser of an editor."""
    kept("office", lambda: set_up_office(lambda _: None))
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def case() -> PracticeCase:
    """A case with two versions: another title, one more town, one more topic."""
    case = PracticeCaseFactory(title="Schrank", about=["wohnen"], towns=[TownFactory(name="Zwönitz")])
    case.save_revision().publish()
    case = PracticeCase.objects.get()
    case.title = "Bücherschrank"
    case.topics = [*case.topics.all(), TopicFactory(slug="klima", name="Klima")]
    case.practice_towns = [*case.practice_towns.all(), PracticeTown(town=TownFactory(name="Bönen"), sort_order=1)]
    case.save_revision().publish()
    return PracticeCase.objects.get()


def words(answer: Any) -> str:
    """What a page says, without its tags."""
    assert answer.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_two_versions_are_compared_with_topics_and_towns(desk: Client, case: PracticeCase) -> None:
    first, second = case.revisions.order_by("pk")
    said = words(desk.get(f"{DESK}history/{case.pk}/revisions/compare/{first.pk}...{second.pk}/"))
    for expected in ("Titel", "Schrank", "Bücherschrank", "Themen", "Klima", "Bönen"):
        assert (expected, expected in said) == (expected, True)
    assert [word for word in ("Comparing", "Changes", "Revision ", "Added") if word in said] == []


def test_an_old_version_comes_back_whole(desk: Client, case: PracticeCase) -> None:
    first = case.revisions.order_by("pk").first()
    assert first is not None
    back = f"{DESK}history/{case.pk}/revisions/{first.pk}/revert/"
    form = querydict_from_html(desk.get(back).content.decode(), form_id="w-editor-form")
    form["action-publish"] = "action-publish"
    assert desk.post(back, form).status_code == 302
    now = PracticeCase.objects.get()
    assert (now.title, [topic.slug for topic in now.topics.all()], [town.name for town in now.town_list()]) == (
        "Schrank", ["wohnen"], ["Zwönitz"],
    )  # fmt: skip
    assert "Schrank" in words(desk.get(f"{DESK}history/{case.pk}/"))
