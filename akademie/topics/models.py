"""Topics and their subtopics."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from akademie.core.forms import clean_text

MAX_SYNONYMS = 2000  # characters of all synonyms of a topic together
MAX_SYNONYM = 80


class TopicQuerySet(models.QuerySet["Topic"]):
    """Questions about topics as the product says them."""

    def main(self) -> "TopicQuerySet":
        """Topics of the upper level."""
        return self.filter(parent=None)

    def in_order(self) -> "TopicQuerySet":
        """In the order that the office has given, equal ones by name."""
        return self.order_by("position", "name", "pk")


class Topic(models.Model):
    """A topic, or a subtopic when it has a parent. The slug is its permanent name in addresses and data."""

    slug = models.SlugField("Kürzel", max_length=60, unique=True, help_text="Steht in Adressen und bleibt gleich.")
    name = models.CharField("Name", max_length=120)
    description = models.CharField("Beschreibung", max_length=300, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="gehört zu",
        limit_choices_to={"parent": None},
    )  # fmt: skip
    synonyms = models.TextField(
        "Synonyme", blank=True, max_length=MAX_SYNONYMS,
        help_text="Wörter, mit denen Menschen dieses Anliegen nennen, durch Komma getrennt: Ladenleerstand, leere "
        "Läden. Der Wegweiser erkennt daran das Thema.",
    )  # fmt: skip
    position = models.PositiveSmallIntegerField("Reihenfolge", default=100)
    source = models.JSONField("Quellen", default=list, blank=True)
    loaded_hash = models.CharField(max_length=64, blank=True, editable=False)  # of the shipped values, as loaded

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = "Thema"
        verbose_name_plural = "Themen"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return f"/themen/{self.slug}/"

    def clean(self) -> None:
        """Keep two levels and the slug, and put the synonyms in order."""
        super().clean()
        self.synonyms = ", ".join(self.synonym_list())
        wrong: dict[str, Any] = {}
        if long := [word for word in self.synonym_list() if len(word) > MAX_SYNONYM]:
            wrong["synonyms"] = f"„{long[0][:40]} …“ ist zu lang. Trennen Sie die Wörter mit Kommas."
        if self.pk:
            if self.parent_id and (self.parent_id == self.pk or self.children.exists()):
                wrong["parent"] = "Dieses Thema hat selbst Unterthemen und kann deshalb keines werden."
            if not Topic.objects.filter(pk=self.pk, slug=self.slug).exists():
                wrong["slug"] = "Das Kürzel steht in Adressen und bleibt gleich."
        if wrong:
            raise ValidationError(wrong)

    def synonym_list(self) -> list[str]:
        """Return the synonyms one by one, each once."""
        words = (clean_text(word, len(word)) for word in re.split(r"[,;\n]", self.synonyms))
        return list({word.casefold(): word for word in reversed([w for w in words if w])}.values())[::-1]
