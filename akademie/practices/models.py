"""Practice cases: what a town has done, how it ended, what it would tell another town."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Orderable

from akademie.core import drawing
from akademie.core.change_notes import TellsChanges
from akademie.core.documents import page_code
from akademie.core.records import Record, RecordQuerySet, lines
from akademie.topics.links import in_order, topics_html
from akademie.topics.models import Topic
from akademie.towns.models import Town, Trend
from akademie.towns.queries import number
from akademie.towns.silhouette import silhouette

YEARS = re.compile(r"(?P<since>seit )?(?P<first>[12]\d{3})(?:\s?[–-]\s?(?P<last>[12]\d{3}))?")


class Status(models.TextChoices):
    """Where a case stands, in the words of the data; what the data add to the word is the case's `status_note`."""

    RUNNING = "laeuft", "läuft"
    CONTINUED = "verstetigt", "verstetigt"
    HANDED_OVER = "uebergeben", "übergeben"
    COMPLETED = "abgeschlossen", "abgeschlossen"
    ENDED = "beendet", "beendet"


# What a word leaves open, for people who do not know it.
STATUS_MEANINGS: dict[str, str] = {
    Status.CONTINUED: "Aus dem Vorhaben ist etwas Dauerhaftes geworden.",
    Status.HANDED_OVER: "Andere führen das Vorhaben weiter.",
    Status.ENDED: "Auch daraus lässt sich lernen: Was gut lief, und woran es endete.",
}


class CaseKind(models.TextChoices):
    """Whose case it is."""

    SINGLE = "einzelstadt", "Einzelstadt"
    NETWORK = "verbund", "Verbund"


TREND_LABELS = {trend.value: str(trend.label) for trend in Trend}


def read_years(text: str) -> tuple[int | None, int | None, bool]:
    """Return first year, last year and "still going" of a period like `2019–2021`, `seit 2019` or `2022`.

    Raises ValueError for anything else but an empty text.
    """
    if not text:
        return None, None, False
    match = YEARS.fullmatch(text)
    if not match or (match["since"] and match["last"]):
        raise ValueError(text)
    first = int(match["first"])
    last = int(match["last"]) if match["last"] else None if match["since"] else first
    if last is not None and last < first:
        raise ValueError(text)
    return first, last, bool(match["since"])


class TownLine(NamedTuple):
    """A town as the page of a case shows it."""

    ags: str
    name: str
    about: str
    skyline: SafeString


def town_line(town: Town, activity: int) -> TownLine:
    """Return a town with its figures in a sentence; `activity` (number of its cases) lights its windows."""
    about = f"{town.district_name}, {town.state}. {number(town.population)} Einwohner am 31. Dezember 2024"
    if town.trend:
        about += f", seit 2013 {TREND_LABELS[town.trend]}"
    return TownLine(town.ags, town.name, f"{about}.", silhouette(town, activity))


class PracticeCaseQuerySet(RecordQuerySet):
    """Questions about cases as the product says them."""

    def newest_first(self) -> PracticeCaseQuerySet:
        """By the year of their beginning, those without a year last. Ended ones stand among running ones."""
        return self.order_by(models.F("year_from").desc(nulls_last=True), "title", "pk")


class PracticeCase(TellsChanges, Record):
    """A case of one or many towns. An empty field means: not documented."""

    title = models.CharField("Titel", max_length=120, help_text="Was die Stadt getan hat, in wenigen Wörtern.")
    kind = models.CharField("Wer", max_length=20, choices=CaseKind, default=CaseKind.SINGLE)
    population_note = models.CharField(
        "Einwohner laut Quelle", max_length=60, blank=True,
        help_text="Nur wenn eine Quelle sie nennt: rund 17.000. Das Register steht ohnehin auf der Seite.",
    )  # fmt: skip
    topics = ParentalManyToManyField(Topic, blank=True, related_name="practice_cases", verbose_name="Themen")
    keywords = models.TextField(
        "Stichwörter", max_length=1500, blank=True,
        help_text="Womit andere danach suchen, je Zeile eines. Eigene Erschließung, nicht Teil der Quelle.",
    )  # fmt: skip
    years = models.CharField(
        "Zeitraum", max_length=20, blank=True, help_text="2019–2021, seit 2019 oder 2022. Leer: nicht dokumentiert."
    )
    year_from = models.PositiveSmallIntegerField("Beginn", null=True, editable=False)
    year_to = models.PositiveSmallIntegerField("Ende", null=True, editable=False)
    ongoing = models.BooleanField("dauert an", default=False, editable=False)
    status = models.CharField("Stand", max_length=20, choices=Status)
    status_note = models.CharField(
        "Zusatz zum Stand", max_length=60, blank=True, help_text="Steht hinter dem Stand: regional fortgeführt"
    )
    summary = models.TextField("Worum es geht", max_length=800, help_text="Zwei bis drei Sätze: Anlass und Vorgehen.")
    result = models.TextField("Was daraus wurde", max_length=600, blank=True, help_text="Mit Zahlen, wo es sie gibt.")
    lesson = models.TextField("Was andere daraus lernen", max_length=600, blank=True, help_text="Ein Satz, der bleibt.")
    source = models.TextField(
        "Quellen", max_length=3000, blank=True, help_text="Wo die Angaben stehen, eine Quelle je Zeile."
    )
    sourced = models.BooleanField("belegt", default=False, help_text="Alle Angaben stehen so in den Quellen.")

    objects = PracticeCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "Praxisbeispiel"
        verbose_name_plural = "Praxisbeispiele"
        indexes = [models.Index(fields=["live", "-year_from"], name="practices_live_year")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep first and last year in step with the period as it is written."""
        try:
            self.year_from, self.year_to, self.ongoing = read_years(self.years)
        except ValueError:  # only without a form: `clean` refuses such a text
            self.year_from, self.year_to, self.ongoing = None, None, False
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a period that cannot be read."""
        super().clean()
        try:
            read_years(self.years)
        except ValueError:
            raise ValidationError({"years": "Bitte schreiben Sie 2019–2021, seit 2019 oder 2022."}) from None

    # -- what the screen says --------------------------------------------------------------------------------------
    def get_absolute_url(self) -> str:
        """Address of the case."""
        return f"/praxis/{self.slug}/"

    @property
    def status_text(self) -> str:
        """The status in full, as the data have it: `beendet, regional fortgeführt`."""
        return ", ".join(part for part in (self.get_status_display(), self.status_note) if part)

    @property
    def status_meaning(self) -> str:
        """What the status means, as a sentence; empty where the word says it all."""
        return STATUS_MEANINGS.get(self.status, "")

    @property
    def has_come_to_an_end(self) -> bool:
        """Nobody goes on with it, at least not here."""
        return self.status in (Status.ENDED, Status.COMPLETED)

    def source_lines(self) -> list[str]:
        """Return where the facts were found."""
        return lines(self.source)

    def keyword_lines(self) -> list[str]:
        """Return the words under which people look for it, our own and not the source's."""
        return lines(self.keywords)

    def topic_list(self) -> list[Topic]:
        """Return the topics in the order of the vocabulary, subtopics last."""
        return in_order(self.topics.all())

    def town_list(self) -> list[Town]:
        """Return the towns in the order of the case: the first one speaks for a network."""
        rows = sorted(self.practice_towns.all(), key=lambda row: (row.sort_order or 0, row.pk or 0))
        return [row.town for row in rows]

    def prose(self) -> str:
        """Return what the case tells in sentences."""
        return "\n".join(filter(None, (self.summary, self.result, self.lesson)))

    def page_context(
        self,
        towns: list[TownLine] | None = None,
        topics: list[tuple[str, str]] | None = None,
        checked_on: date | None = None,
    ) -> dict[str, Any]:
        """Return what the page of the case shows of the case itself; the preview shows the same.

        Towns and topics (slug and name) may be given where they are at hand already.
        """
        if towns is None:
            towns = [town_line(town, 1) for town in self.town_list()]
        if topics is None:
            topics = [(topic.slug, topic.name) for topic in self.topic_list()]
        return {
            "case": self,
            "towns": towns,
            "facts": self._facts(topics, checked_on),
            "changes": self.told_changes,
            "sources": self.source_lines(),
            "unknown": drawing.UNKNOWN,
            "section": "praxis",
            "trail": (("Praxisbeispiele", "/praxis/"),),
            "code": page_code(self.get_absolute_url()),
        }

    def _facts(self, topics: list[tuple[str, str]], checked_on: date | None) -> SafeString:
        status = format_html("<strong>{}</strong>. {}", self.status_text, self.status_meaning)
        facts: list[drawing.Fact] = [
            ("Stand", status),
            ("Geprüft am", drawing.in_words(checked_on) if checked_on else ""),
            ("Zeitraum", self.years),
            ("Wer", self.get_kind_display()),
            ("Themen", topics_html(topics)),
        ]
        return drawing.facts_html(facts) + drawing.keywords_html(self.keyword_lines())

    # -- back office -----------------------------------------------------------------------------------------------
    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """The public page itself."""
        return "practices/public/case.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """The public page's context, without what depends on other cases."""
        return {"request": request, "is_preview": True, "similar": [], **self.page_context()}


class PracticeTown(Orderable):
    """A town of a case."""

    case = ParentalKey(PracticeCase, related_name="practice_towns")
    town = models.ForeignKey(Town, models.PROTECT, related_name="practice_towns", verbose_name="Stadt")

    class Meta(Orderable.Meta):
        verbose_name = "Stadt des Praxisbeispiels"
        verbose_name_plural = "Städte des Praxisbeispiels"
        constraints = [models.UniqueConstraint(fields=["case", "town"], name="each_town_once_per_case")]

    def __str__(self) -> str:
        return str(self.town)

    @property
    def parent_pk(self) -> int:
        """The case that changes when this row does."""
        return self.case_id
