"""Topics of things: which topics the things of an area have, and which things share them, told in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Model
from django.utils.safestring import SafeString, mark_safe

from akademie.core.drawing import lines_html, link_html
from akademie.core.facets import Option, Parameters, Selection
from akademie.topics.models import Topic
from akademie.topics.queries import topic

CANDIDATES = 40  # newest things of a topic that are looked at for those like another


def in_order(topics: Iterable[Topic]) -> list[Topic]:
    """Return a thing's topics in the order of the vocabulary, subtopics last."""
    return sorted(topics, key=lambda one: (one.parent_id or 0, one.position, one.name, one.pk))


def topics_html(topics: Iterable[tuple[str, str]]) -> SafeString:
    """Return slugs and names of topics as links."""
    links = [link_html(f"/themen/{slug}/", name) for slug, name in topics]
    return lines_html(links, mark_safe("noch keinem Thema zugeordnet"))


def slugs_by_thing(model: type[Model], pks: Iterable[int] | None = None) -> dict[int, tuple[str, ...]]:
    """Return the topics' slugs of the things of a model with `topics`; a subtopic counts for its topic too."""
    field = model._meta.get_field("topics")
    key = f"{field.m2m_field_name()}_id"  # type: ignore[union-attr]
    links = field.remote_field.through.objects.order_by("topic__position", "topic__name", "topic_id")  # type: ignore[union-attr]
    if pks is not None:
        links = links.filter(**{f"{key}__in": list(pks)})
    found: dict[int, dict[str, None]] = {}
    for pk, slug, parent in links.values_list(key, "topic__slug", "topic__parent__slug"):
        slugs = found.setdefault(pk, {})
        slugs[slug] = None
        if parent:
            slugs[parent] = None
    return {pk: tuple(slugs) for pk, slugs in found.items()}


def offer_chosen_subtopics(selection: Selection, parameters: Parameters) -> Selection:
    """Show a subtopic in the facet of topics while it is chosen; otherwise its 14 topics are choice enough."""
    for facet in selection.facets:
        if facet.key == "thema":
            for slug in dict.fromkeys(parameters.getlist("thema")):
                node = topic(slug)
                if node and node.parent and slug not in selection.unknown:
                    facet.options.append(Option(slug, node.name, selection.page.count, True))
    return selection


class Sharing:
    """Which things of a model share topics. Built under a stamp from the keys of the published things, newest first."""

    def __init__(self, model: type[Model], newest_first: Iterable[int]) -> None:
        vocabulary = list(Topic.objects.in_order().values_list("slug", "name", "parent_id"))
        self.names = {slug: name for slug, name, _ in vocabulary}
        self.weights = {slug: 3 if parent else 2 for slug, _, parent in vocabulary}
        self.own: dict[int, list[str]] = {}  # the topics that a thing itself has, subtopics last
        field = model._meta.get_field("topics")
        links = field.remote_field.through.objects.order_by(  # type: ignore[union-attr]
            F("topic__parent_id").asc(nulls_first=True), "topic__position", "topic__name", "topic_id"
        )
        pairs = links.values_list(f"{field.m2m_field_name()}_id", "topic__slug")  # type: ignore[union-attr]
        for pk, slug in pairs.iterator(chunk_size=2000):
            self.own.setdefault(pk, []).append(slug)
        self.things: dict[str, list[int]] = {}
        for pk in newest_first:
            for slug in self.own.get(pk, ()):
                newest = self.things.setdefault(slug, [])
                if len(newest) < CANDIDATES:
                    newest.append(pk)

    def topics_of(self, pk: int) -> list[tuple[str, str]]:
        """Return slug and name of a thing's topics, subtopics last."""
        return [(slug, self.names[slug]) for slug in self.own.get(pk, ()) if slug in self.names]

    def points(self, pk: int) -> dict[int, int]:
        """Return the newest other things that share topics, and what that weighs: a subtopic three, a topic two."""
        points: dict[int, int] = {}
        for slug in self.own.get(pk, ()):
            weight = self.weights.get(slug, 0)
            for other in self.things.get(slug, ()):
                points[other] = points.get(other, 0) + weight
        points.pop(pk, None)
        return points

    def in_words(self, pk: int, other: int) -> str:
        """Return the shared topics as a reason, or nothing; the narrowest come last and say most."""
        theirs = self.own.get(other, ())
        names = [name for slug, name in self.topics_of(pk) if slug in theirs]
        if len(names) < 2:
            return f"gleiches Thema „{names[0]}“" if names else ""
        return f"gleiche Themen „{names[-2]}“ und „{names[-1]}“"
