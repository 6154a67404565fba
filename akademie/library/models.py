"""Items of the library. A record proves that something exists and where it was found; full texts stay elsewhere."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from modelcluster.fields import ParentalManyToManyField

from akademie.core import drawing
from akademie.core.documents import page_code
from akademie.core.records import Record, RecordQuerySet, lines
from akademie.library.citations import Reference, citation, coins, meta_tags, without_issue
from akademie.library.kinds import FORMS, Kind, KindGroup
from akademie.library.persons import contributors
from akademie.topics.links import in_order, topics_html
from akademie.topics.models import Topic


def check_isbn(value: str) -> None:
    """Refuse an ISBN whose digits do not add up: a mistyped one leads to another book."""
    digits = re.sub(r"[\s-]", "", value).upper()
    if re.fullmatch(r"\d{13}", digits):
        if sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0:
            return
    elif re.fullmatch(r"\d{9}[\dX]", digits):
        numbers = [10 if digit == "X" else int(digit) for digit in digits]
        if sum(number * (10 - place) for place, number in enumerate(numbers)) % 11 == 0:
            return
    raise ValidationError("Diese ISBN stimmt nicht. Bitte vergleichen Sie die Ziffern mit dem Buch.")


def check_issn(value: str) -> None:
    """Refuse an ISSN whose check digit is wrong."""
    if match := re.fullmatch(r"(\d{4})-(\d{3})([\dX])", value):
        numbers = [int(digit) for digit in match[1] + match[2]] + [10 if match[3] == "X" else int(match[3])]
        if sum(number * (8 - place) for place, number in enumerate(numbers)) % 11 == 0:
            return
    raise ValidationError("Diese ISSN stimmt nicht. Sie hat die Form 1611-9983.")


class LibraryItemQuerySet(RecordQuerySet):
    """Questions about items as the product says them."""

    def newest_first(self) -> LibraryItemQuerySet:
        """By year, those without a year last."""
        return self.order_by(models.F("year").desc(nulls_last=True), "title", "pk")


class LibraryItem(Record):
    """A publication, a tool or a page, as far as its sources tell; an empty field means: not documented."""

    class Language(models.TextChoices):
        """Language of the item itself."""

        GERMAN = "de", "Deutsch"
        ENGLISH = "en", "Englisch"
        FRENCH = "fr", "Französisch"
        POLISH = "pl", "Polnisch"

    title = models.CharField("Titel", max_length=300, help_text="Mit Untertitel, so wie er auf der Titelseite steht.")
    persons = models.TextField(
        "Personen und Organisationen", max_length=2000, blank=True,
        help_text="Je Zeile eine: „Milbert, Antonia“ oder „BBSR“. Wer herausgibt, bekommt „(Hrsg.)“ dahinter.",
    )  # fmt: skip
    publisher = models.CharField("Verlag oder herausgebende Stelle", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(
        "Jahr", null=True, blank=True, validators=[MinValueValidator(1500), MaxValueValidator(2100)],
        help_text="Erscheinungsjahr. Leer lassen, wenn es nirgends steht.",
    )  # fmt: skip
    kind = models.CharField("Art", max_length=30, choices=Kind)
    series = models.CharField("Reihe", max_length=200, blank=True, help_text="Mit Nummer: MORO Praxis 15")
    part_of = models.CharField(
        "erschienen in", max_length=200, blank=True,
        help_text="Zeitschrift mit Heft oder Titel des Sammelbands: IzR 6/2018",
    )  # fmt: skip
    host = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="items_inside", verbose_name="Heft oder Band",
        limit_choices_to={"kind__in": (Kind.COLLECTION, Kind.JOURNAL_ISSUE, Kind.BOOK)},
        help_text="Wenn das Heft oder der Band selbst in der Bibliothek steht.",
    )  # fmt: skip
    pages = models.CharField("Seiten", max_length=40, blank=True, help_text="5–23 oder 46 Seiten")
    isbn = models.CharField("ISBN", max_length=20, blank=True, validators=[check_isbn])
    issn = models.CharField("ISSN", max_length=9, blank=True, validators=[check_issn])
    doi = models.CharField(
        "DOI", max_length=120, blank=True, help_text="Ohne https://doi.org/ davor: 10.14512/rur.9",
        validators=[RegexValidator(r"\A10\.\d{4,9}/\S+\Z", "Eine DOI beginnt mit 10. und hat einen Schrägstrich.")],
    )  # fmt: skip
    urn = models.CharField(
        "URN", max_length=120, blank=True, help_text="urn:nbn:de:0156-01134",
        validators=[RegexValidator(r"\Aurn:[a-z0-9][a-z0-9-]{1,31}:\S+\Z", "Eine URN beginnt mit urn:nbn:de:")],
    )  # fmt: skip
    link = models.URLField(
        "Link", max_length=500, blank=True,
        help_text="Adresse des Textes, wenn Sie sie geprüft haben. DOI und URN werden von selbst zu Links.",
    )  # fmt: skip
    language = models.CharField("Sprache", max_length=2, choices=Language, default=Language.GERMAN)
    license = models.CharField(
        "Lizenz", max_length=60, blank=True, help_text="Nur wenn sie ausdrücklich dabeisteht: CC BY-SA 4.0"
    )
    topics = ParentalManyToManyField(Topic, blank=True, related_name="library_items", verbose_name="Themen")
    keywords = models.TextField(
        "Stichwörter", max_length=1500, blank=True,
        help_text="Womit andere danach suchen, je Zeile eines. Eigene Erschließung, nicht Teil der Quelle.",
    )  # fmt: skip
    abstract = models.TextField(
        "Worum es geht", max_length=1500, blank=True, help_text="Ein bis drei Sätze in eigenen Worten."
    )
    note = models.TextField(
        "Anmerkung", max_length=1000, blank=True, help_text="Was unsicher ist oder wovon Quellen abweichen."
    )
    source = models.TextField(
        "Fundstellen", max_length=3000, blank=True, help_text="Wo der Nachweis steht, eine Fundstelle je Zeile."
    )
    sourced = models.BooleanField("belegt", default=False, help_text="Alle Angaben stehen so in den Fundstellen.")

    objects = LibraryItemQuerySet.as_manager()

    class Meta:
        verbose_name = "Eintrag der Bibliothek"
        verbose_name_plural = "Bibliothek"
        indexes = [models.Index(fields=["live", "-year"], name="library_live_year")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Address of the record."""
        return f"/bibliothek/{self.slug}/"

    # -- what the screen says --------------------------------------------------------------------------------------
    def person_lines(self) -> list[str]:
        """Return persons and organisations as the record writes them."""
        return lines(self.persons)

    def source_lines(self) -> list[str]:
        """Return where the record was found."""
        return lines(self.source)

    def keyword_lines(self) -> list[str]:
        """Return the words under which people look for it, our own and not the source's."""
        return lines(self.keywords)

    def topic_list(self) -> list[Topic]:
        """Return the topics in the order of the vocabulary, subtopics last."""
        return in_order(self.topics.all())

    @property
    def kind_label(self) -> str:
        """The kind in words; Django's own way reads all choices for one."""
        return str(Kind(self.kind).label)

    @property
    def group(self) -> KindGroup:
        """The kind as the facet of the list calls it."""
        return FORMS[self.kind].group

    def identifiers(self) -> list[tuple[str, str, str]]:
        """Return the identifiers that are documented: name, value, address of its resolver if there is one."""
        found = [
            ("DOI", self.doi, f"https://doi.org/{self.doi}"),
            ("URN", self.urn, f"https://nbn-resolving.org/{self.urn}"),
            ("ISBN", self.isbn, ""),
            ("ISSN", self.issn, ""),
        ]
        return [entry for entry in found if entry[1]]

    def public_host(self) -> LibraryItem | None:
        """Return the volume or issue it is part of, if everyone may see that."""
        host = self.host
        return host if host and host.live else None

    def reference(self, topics: list[str] | None = None, host: LibraryItem | None = None) -> Reference:
        """Return the plain values that citations and files are made of; topics and host, where they are at hand."""
        if topics is None:
            topics, host = [topic.name for topic in self.topic_list()], self.public_host()
        issue = host if host and host.kind == Kind.JOURNAL_ISSUE else None
        book = host if host and not issue else None
        return Reference(
            key=self.slug,
            kind=self.kind,
            kind_label=self.kind_label,
            title=self.title,
            people=tuple(contributors(self.person_lines())),
            publisher=self.publisher,
            year=self.year,
            series=self.series,
            container=self.part_of or (host.title if host else ""),
            container_is_book=bool(book),
            container_journal=without_issue(issue.series) if issue else "",
            container_people=tuple(contributors(book.person_lines())) if book else (),
            pages=self.pages,
            isbn=self.isbn,
            issn=self.issn,
            doi=self.doi,
            urn=self.urn,
            link=self.link,
            language=self.language,
            license=self.license,
            abstract=self.abstract,
            note=self.note,
            topics=tuple(topics),
            sources=tuple(self.source_lines()),
            record=self.get_absolute_url(),
        )

    def page_context(
        self,
        topics: list[tuple[str, str]] | None = None,
        host: LibraryItem | None = None,
        checked_on: date | None = None,
    ) -> dict[str, Any]:
        """Return what the page of the item shows of the item itself; the preview shows the same.

        Topics (slug and name) and host may be given where they are at hand already.
        """
        if topics is None:
            topics, host = [(topic.slug, topic.name) for topic in self.topic_list()], self.public_host()
        reference = self.reference([name for _, name in topics], host)
        return {
            "item": self,
            "host": host,
            "citation": citation(reference),
            "coins": coins(reference),
            "meta": drawing.meta_html(meta_tags(reference)),
            "facts": self._facts(topics, host, checked_on),
            "section": "bibliothek",
            "trail": (("Bibliothek", "/bibliothek/"),),
            "code": page_code(self.get_absolute_url()),
        }

    def _facts(self, topics: list[tuple[str, str]], host: LibraryItem | None, checked_on: date | None) -> SafeString:
        identifiers = [
            format_html("{} {}", name, drawing.outside_link_html(url, value) if url else value)
            for name, value, url in self.identifiers()
        ]
        inside = drawing.link_html(host.get_absolute_url(), self.part_of or host.title) if host else self.part_of
        rights = format_html("{} Die Rechte liegen bei denen, die es herausgeben.", drawing.UNKNOWN)
        facts: list[drawing.Fact] = [
            ("Personen und Organisationen", drawing.lines_html(self.person_lines())),
            ("Verlag oder herausgebende Stelle", self.publisher),
            ("Reihe", self.series),
            *([("Erschienen in", inside)] if inside or self.group == KindGroup.ESSAYS else []),
            ("Seiten", self.pages),
            ("Kennungen", drawing.lines_html(identifiers)),
            *([("Link", drawing.outside_link_html(self.link, self.link))] if self.link else []),
            ("Sprache", self.get_language_display()),
            ("Lizenz", self.license or rights),
            ("Themen", topics_html(topics)),
            *([("Anmerkung", self.note)] if self.note else []),
            ("Nachgewiesen bei", drawing.lines_html(self.source_lines())),
            *([("Geprüft am", drawing.in_words(checked_on))] if checked_on else []),
        ]
        return drawing.facts_html(facts) + drawing.keywords_html(self.keyword_lines())

    # -- back office -----------------------------------------------------------------------------------------------
    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """The public page itself."""
        return "library/public/item.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """The public page's context, without what depends on other items."""
        self.kind = self.kind or Kind.BOOK  # nobody has chosen yet: a book is cited most plainly
        return {"request": request, "is_preview": True, "related": [], "panels": [], **self.page_context()}
