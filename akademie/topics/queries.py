"""Questions about topics: the choices of lists, who is whose parent, and where a topic's public things are."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from akademie.core.contributions import PublicEntry
from akademie.core.stamps import Kept
from akademie.topics.models import Topic

STAMP = "themen"

_choices: Kept[list[tuple[str, str]]] = Kept(
    STAMP, lambda: list(Topic.objects.main().in_order().values_list("slug", "name"))
)


def choices() -> list[tuple[str, str]]:
    """Return slug and name of the main topics in order; kept per process until a topic changes."""
    return _choices.get()


def visible_to(user: Any) -> QuerySet[Topic]:
    """Return the topics that a person may see: all, the same for everyone."""
    return Topic.objects.all()


def entries(topics: QuerySet[Topic]) -> Iterable[tuple[int, PublicEntry]]:
    """Return what others show of topics, with one query."""
    for topic in topics.select_related("parent"):
        main = topic.parent or topic
        yield (
            topic.pk,
            PublicEntry(
                title=topic.name,
                url=f"/themen/{topic.slug}/",
                summary=topic.description,
                label="Thema" if topic is main else f"Unterthema von {main.name}",
                topics=(main.slug,) if topic is main else (topic.slug, main.slug),
                text=topic.synonyms,
            ),
        )
