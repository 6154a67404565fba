"""News on the topics that people have named in their profile: a few lines for the weekly mail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from akademie.accounts.models import User
from akademie.core import jobs
from akademie.core.contributions import PublicEntry, PublicKind, public_kinds
from akademie.notifications.actions import notify
from akademie.notifications.actions.weekly import TUESDAY
from akademie.people.models import ProfileTopic
from akademie.topics.models import Topic

KIND = "portal.topic_news"
AT = time(6, 0)  # before the weekly mail
MOST_LINES = 3  # for one person; the weekly mail has seven for everything
AT_ONCE = 500  # accounts of one transaction
Thing = tuple[str, Any]  # key of its kind, primary key


@dataclass(frozen=True)
class News:
    """What is new on a topic: all of it, and the entry that is named."""

    topic: Topic
    things: frozenset[Thing]
    first: PublicEntry

    def as_context(self) -> dict[str, Any]:
        """Return what the mail's template takes; several things are found on the page of the topic."""
        more = len(self.things) - 1
        path = self.topic.get_absolute_url() if more else self.first.url
        return {"topic": self.topic.name, "title": self.first.title, "more": more, "link": settings.SITE_URL + path}


@task()
def tell_of_topics() -> None:
    """Tell people what was published on their topics in the seven days before the newest Tuesday, once.

    Runs every morning: when no worker was there on Tuesday, the lines wait for the mail of the next week.
    """
    today = timezone.localdate()
    tuesday = today - timedelta(days=(today.weekday() - TUESDAY) % 7)
    news = news_between(_midnight(tuesday - timedelta(days=7)), _midnight(tuesday))
    last = User.objects.order_by("pk").values_list("pk", flat=True).last() if news else None
    for start in range(0, last + 1 if last else 0, AT_ONCE):
        _tell_some(tuesday, start, news)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def news_between(begin: datetime, end: datetime) -> dict[int, News]:
    """Return what everybody can see since then, by topic: what is on a subtopic is on its topic too."""
    topics = Topic.objects.in_bulk()
    found: dict[int, list[Thing]] = defaultdict(list)
    for kind in _dated_kinds():
        published_at = kind.dated_by[0]
        fresh = kind.visible_to(None).filter(**{f"{published_at}__gte": begin, f"{published_at}__lt": end})
        rows = fresh.order_by(f"-{published_at}", "-pk").values_list("pk", kind.topic_lookup)
        for pk, topic in rows:
            for one in {topic, topics[topic].parent_id} - {None} if topic else ():
                found[one].append((kind.key, pk))
    first = _entries({things[0] for things in found.values()})
    return {
        topic: News(topics[topic], frozenset(things), first[things[0]])
        for topic, things in found.items()
        if things[0] in first  # else it was taken back between two looks
    }


def _dated_kinds() -> list[PublicKind]:
    return [kind for kind in public_kinds if kind.topic_lookup and hasattr(kind.model, kind.dated_by[0])]


def _entries(things: set[Thing]) -> dict[Thing, PublicEntry]:
    found: dict[Thing, PublicEntry] = {}
    for kind in _dated_kinds():
        rows = kind.visible_to(None).filter(pk__in=[pk for key, pk in things if key == kind.key])
        found |= {(kind.key, pk): entry for pk, entry in (kind.cards or kind.entries)(rows)}
    return found


@transaction.atomic
def _tell_some(tuesday: date, start: int, news: dict[int, News]) -> None:
    """Tell the accounts of one range of numbers; the range is noted, so that running again tells nobody twice."""
    if not jobs.once(f"{KIND}:{tuesday}:{start}"):
        return
    named: dict[int, list[int]] = defaultdict(list)  # topics by person, those first on which they seek advice
    rows = ProfileTopic.objects.filter(profile__user__in=range(start, start + AT_ONCE), topic__in=news)
    order = ("profile__user_id", "-direction", "position")
    for person, topic in rows.order_by(*order).values_list("profile__user_id", "topic_id"):
        named[person].append(topic)
    people = User.objects.in_bulk(named)
    readers: dict[int, list[User]] = defaultdict(list)
    for pk, reader in people.items():
        for topic in lines_for(named[pk], news):
            readers[topic].append(reader)
    for topic, told in readers.items():
        notify(KIND, to=told, context=news[topic].as_context(), once=f"{tuesday}:{topic}")


def lines_for(topics: Iterable[int], news: dict[int, News]) -> list[int]:
    """Return the topics that one person is told about: the first few on which there is something not told already."""
    told: set[Thing] = set()
    lines: list[int] = []
    for topic in topics:
        if len(lines) < MOST_LINES and not news[topic].things <= told:
            lines.append(topic)
            told |= news[topic].things
    return lines
