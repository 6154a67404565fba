"""Topics and their subtopics."""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


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
        "Synonyme", blank=True, max_length=2000,
        help_text="Wörter, die zu diesem Thema führen, durch Komma getrennt: Ladenleerstand, leere Läden",
    )  # fmt: skip
    position = models.PositiveSmallIntegerField("Reihenfolge", default=100)
    source = models.JSONField("Quellen", default=list, blank=True)

    objects = TopicQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("parent"),
        FieldPanel("description"),
        FieldPanel("synonyms"),
        MultiFieldPanel([FieldPanel("position"), FieldPanel("source")], heading="Ordnung und Herkunft"),
    ]

    class Meta:
        verbose_name = "Thema"
        verbose_name_plural = "Themen"

    def __str__(self) -> str:
        return self.name

    def synonym_list(self) -> list[str]:
        """Return the synonyms one by one."""
        return [word.strip() for word in self.synonyms.split(",") if word.strip()]
