"""Who has named topics hears on Tuesday what is new on them, in a few lines and once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from akademie.accounts.models import User
from akademie.cms import actions as cms
from akademie.cms.tests.factories import make_news
from akademie.core.contributions import schedules
from akademie.core.jobs import next_due
from akademie.core.models import DoneEffect
from akademie.formats.tests.factories import FormatProfileFactory
from akademie.library.tests.factories import LibraryItemFactory
from akademie.notifications.actions import weekly
from akademie.notifications.actions.choices import choose
from akademie.notifications.models import Delivery, Notice
from akademie.people.models import Direction, ProfileTopic
from akademie.people.tests.factories import ProfileFactory
from akademie.portal import topic_news
from akademie.practices.models import PracticeCase
from akademie.practices.tests.factories import PracticeCaseFactory
from akademie.topics.actions import load_topics
from akademie.topics.models import Topic
from tests.kept import Kept

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY, TUESDAY = datetime(2027, 4, 2, 12, tzinfo=BERLIN), datetime(2027, 4, 6, 6, tzinfo=BERLIN)


@pytest.fixture(autouse=True)
def topics(db: None, kept: Kept) -> None:
    """The shipped topics."""
    kept("topics", lambda: load_topics(lambda _: None))


def seeker(*slugs: str, helps: tuple[str, ...] = ()) -> User:
    """Return a person who seeks advice on these topics."""
    profile = ProfileFactory()
    for direction, names in ((Direction.SEEKS, slugs), (Direction.HELPS, helps)):
        for position, slug in enumerate(names, 1):
            topic = Topic.objects.get(slug=slug)
            ProfileTopic.objects.create(profile=profile, topic=topic, direction=direction, position=position)
    return profile.user


def published(factory: Any, *slugs: str, at: datetime = FRIDAY, **values: Any) -> Any:
    """Publish something on these topics."""
    thing = factory(**values)
    thing.topics.set(Topic.objects.filter(slug__in=slugs))
    thing.save()
    type(thing).objects.filter(pk=thing.pk).update(first_published_at=at)
    return thing


def tell(at: datetime = TUESDAY) -> None:
    with time_machine.travel(at, tick=False):
        topic_news.tell_of_topics.func()


def lines(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


def test_it_is_made_an_hour_before_the_weekly_mail() -> None:
    news, mail = schedules.get(topic_news.KIND), schedules.get("notifications.weekly")
    assert news is not None
    assert mail is not None
    assert next_due(mail, FRIDAY) - next_due(news, FRIDAY) == timedelta(hours=1)


def test_one_thing_is_named_and_led_to(mailoutbox: list[Any]) -> None:
    user, other, nobody = seeker("leerstand"), seeker(helps=("leerstand",)), ProfileFactory().user
    case = published(PracticeCaseFactory, "leerstand", title="Kaufhaus & Bücherei")
    tell()
    assert [lines(one) for one in (user, other, nobody)] == [
        ["Neu zu „Leerstand und Problemimmobilien“: Kaufhaus & Bücherei"]
    ] * 2 + [[]]
    assert Notice.objects.filter(user=user).get().url.endswith(f"/praxis/{case.slug}/")
    assert mailoutbox == []
    with time_machine.travel(TUESDAY + timedelta(hours=1), tick=False):
        weekly.send_weekly.func()
    assert sorted(mail.to for mail in mailoutbox) == sorted([[user.email], [other.email]])
    assert "1. Neu zu „Leerstand und Problemimmobilien“: Kaufhaus & Bücherei" in mailoutbox[0].body


def test_several_of_all_kinds_are_one_line_to_the_topic() -> None:
    user = seeker("leerstand")
    published(LibraryItemFactory, "leerstand", title="Ein Leitfaden")
    published(FormatProfileFactory, "leerstand")
    published(PracticeCaseFactory, "leerstand", title="Das Kaufhaus")
    cms.load_pages(lambda _: None)
    published(partial(make_news, "Neue Förderung", "foerderung"), "leerstand")
    tell()
    assert lines(user) == ["Neu zu „Leerstand und Problemimmobilien“: Das Kaufhaus und 3 weitere Einträge"]
    assert Notice.objects.get().url.endswith("/themen/leerstand/")


def test_a_subtopic_counts_for_its_topic_and_the_same_thing_is_told_once() -> None:
    child = Topic.objects.exclude(parent=None).select_related("parent").order_by("pk").first()
    assert child is not None
    assert child.parent is not None
    above, both, other = seeker(child.parent.slug), seeker(child.slug, child.parent.slug), seeker("leerstand")
    published(PracticeCaseFactory, child.slug, title="Das Beispiel")
    tell()
    assert lines(above) == [f"Neu zu „{child.parent.name}“: Das Beispiel"]
    assert lines(both) == [f"Neu zu „{child.name}“: Das Beispiel"]
    assert lines(other) == []


def test_three_lines_are_enough_and_what_one_seeks_comes_first() -> None:
    slugs = list(Topic.objects.filter(parent=None).order_by("pk").values_list("slug", flat=True)[:5])
    user = seeker(slugs[3], slugs[4], helps=(slugs[0], slugs[1], slugs[2]))
    for slug in slugs:
        published(PracticeCaseFactory, slug, title=f"Beispiel zu {slug}")
    tell()
    assert sorted(text.partition(": ")[2] for text in lines(user)) == sorted(
        f"Beispiel zu {slug}" for slug in (slugs[3], slugs[4], slugs[0])
    )


@pytest.mark.parametrize(
    ("at", "count"),
    [
        (datetime(2027, 3, 29, 23, 59, tzinfo=BERLIN), 0),
        (datetime(2027, 3, 30, 0, 0, tzinfo=BERLIN), 1),
        (datetime(2027, 4, 5, 23, 59, tzinfo=BERLIN), 1),
        (datetime(2027, 4, 6, 0, 0, tzinfo=BERLIN), 0),
    ],
)
def test_a_week_ends_on_monday_night(at: datetime, count: int) -> None:
    user = seeker("leerstand")
    published(PracticeCaseFactory, "leerstand", at=at)
    tell()
    assert len(lines(user)) == count


def test_running_again_tells_nobody_twice_and_a_missed_tuesday_is_made_up_for() -> None:
    user = seeker("leerstand")
    published(PracticeCaseFactory, "leerstand")
    for days in (1, 1, 2, 6):
        tell(TUESDAY + timedelta(days=days))
    assert len(lines(user)) == 1


def test_what_is_hidden_or_not_wanted_is_not_told(mailoutbox: list[Any]) -> None:
    user, blocked, at_once = seeker("leerstand"), seeker("leerstand"), seeker("leerstand")
    choose(user, {topic_news.KIND: Delivery.NEVER})
    choose(at_once, {topic_news.KIND: Delivery.NOW})
    User.objects.filter(pk=blocked.pk).update(is_active=False)
    hidden = published(PracticeCaseFactory, "leerstand", title="Zurückgezogen")
    PracticeCase.objects.filter(pk=hidden.pk).update(live=False)
    tell(TUESDAY - timedelta(days=7))
    assert (Notice.objects.count(), mailoutbox) == (0, [])
    published(PracticeCaseFactory, "leerstand", title="Das Kaufhaus")
    tell()
    assert Notice.objects.count() == 0
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([at_once.email], "Neu zu „Leerstand und Problemimmobilien“: Das Kaufhaus")
    assert "List-Unsubscribe" in mail.extra_headers


def test_thirty_people_and_things_cost_the_queries_of_two(
    queries: Callable[[Callable[[], Any]], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic_news, "AT_ONCE", 10_000)  # numbers of accounts go on over all tests

    def tell_again() -> None:
        DoneEffect.objects.filter(key__startswith=topic_news.KIND).delete()
        tell()

    for _ in range(2):
        seeker("leerstand", "mobilitaet")
        published(PracticeCaseFactory, "leerstand")
        published(LibraryItemFactory, "mobilitaet")
    two = queries(tell_again)
    for _ in range(30):
        seeker("leerstand", "mobilitaet")
        published(PracticeCaseFactory, "leerstand")
        published(LibraryItemFactory, "mobilitaet")
    assert queries(tell_again) == two
