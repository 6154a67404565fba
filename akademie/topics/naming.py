"""Topics by their short names, as programs name them."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from akademie.topics.models import Topic


def topics_named(slugs: Sequence[str]) -> list[Topic]:
    """Return the topics of these slugs; ValidationError for `topics` names one that does not exist."""
    found = {topic.slug: topic for topic in Topic.objects.filter(slug__in=slugs)}
    if missing := [slug for slug in slugs if slug not in found]:
        raise ValidationError({"topics": f"Das Thema „{missing[0][:60]}“ gibt es nicht. Alle stehen unter /themen/."})
    return list(found.values())
