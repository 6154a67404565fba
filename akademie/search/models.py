"""What the indexer still has to do, and the editors' synonyms."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel


class SearchOutbox(models.Model):
    """An object that was written or hidden, noted in the transaction of the change; read in the order of `seq`."""

    seq = models.BigAutoField(primary_key=True)
    kind = models.CharField("Art", max_length=40)
    object_id = models.CharField("Objekt", max_length=40)
    noted_at = models.DateTimeField("notiert am", auto_now_add=True)
    left_out_of = ("backup", "export")  # after a restore the index is made anew

    class Meta:
        verbose_name = "Änderung für die Suche"
        verbose_name_plural = "Änderungen für die Suche"

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


class SynonymGroup(models.Model):
    """Words that mean the same. Takes effect at once: synonyms are applied to queries, not to the index."""

    words = models.CharField(
        "Wörter",
        max_length=500,
        help_text="Durch Komma getrennt: Rufbus, Anrufbus. Mit Pfeil nur in eine Richtung: Tante Emma => Dorfladen",
    )

    panels = [FieldPanel("words")]

    class Meta:
        verbose_name = "Synonyme"
        verbose_name_plural = "Synonyme"

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Refuse a group that says nothing: a single word, or an arrow from or to nowhere."""
        left, arrow, right = self.words.partition("=>")
        sides = [[word for word in side.split(",") if word.strip()] for side in ((left, right) if arrow else (left,))]
        if not all(sides) or (not arrow and len(sides[0]) < 2):
            raise ValidationError(
                {"words": "Nennen Sie mindestens zwei Wörter, durch Komma getrennt, oder eines vor und eines nach =>."}
            )
