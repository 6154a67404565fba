"""Links of what is public, where they stand, and copies of documents whose licence allows one."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

LONGEST = 2000  # characters of an address
CONFIRMED_DAYS = 365  # how long the office's word that a link is right counts
PAGE, DOCUMENT = "seite:", "dokument:"  # what a link to a page or a document of ours is called, before its key


class State(models.TextChoices):
    """What the last checks have shown."""

    NEW = "new", "noch nicht geprüft"
    FINE = "fine", "in Ordnung"
    FAILING = "failing", "antwortet gerade nicht"
    BROKEN = "broken", "führt ins Leere"
    MOVED = "moved", "umgezogen"
    UNCLEAR = "unclear", "nicht prüfbar"


class WebLinkQuerySet(models.QuerySet["WebLink"]):
    """Questions about links as the product says them."""

    def due(self) -> WebLinkQuerySet:
        """What is to be checked by today and nobody is checking already."""
        unclaimed = Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())
        return self.filter(unclaimed, due_on__lte=timezone.localdate())

    def confirmed(self) -> WebLinkQuerySet:
        """What the office has called right, for the time being."""
        return self.filter(confirmed_until__gte=timezone.localdate())

    def unconfirmed(self) -> WebLinkQuerySet:
        """What only the checks speak for."""
        return self.exclude(confirmed_until__gte=timezone.localdate())

    def broken(self) -> WebLinkQuerySet:
        """What leads nowhere, whatever the checks say next, until somebody does something about it."""
        return self.unconfirmed().filter(state=State.BROKEN)


class WebLink(models.Model):
    """An address that stands on a public page: of somebody else, or a path, page or document of ours."""

    url = models.CharField("Adresse", max_length=LONGEST)  # as it stands in the text
    digest = models.CharField(max_length=64, unique=True, editable=False)  # of the address, which is too long for that
    host = models.CharField("Server", max_length=255, blank=True)  # empty: ours
    state = models.CharField("Stand", max_length=10, choices=State, default=State.NEW)
    status = models.PositiveSmallIntegerField("Statuscode", null=True)
    words = models.CharField("Befund", max_length=300, blank=True)
    target = models.CharField("neue Adresse", max_length=LONGEST, blank=True)  # where it has moved for good
    checked_at = models.DateTimeField("zuletzt geprüft", null=True)
    due_on = models.DateField("zu prüfen ab", default=timezone.localdate)
    claimed_until = models.DateTimeField(null=True)  # a job checks it; when that is killed, another may afterwards
    failures = models.PositiveSmallIntegerField("Tage ohne Antwort hintereinander", default=0)
    first_failed_at = models.DateTimeField("antwortet nicht seit", null=True)
    last_failed_on = models.DateField(null=True)
    confirmed_until = models.DateField("als richtig bestätigt bis", null=True)

    objects = WebLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "Link"
        verbose_name_plural = "Links"
        indexes = [
            models.Index(fields=["due_on"], name="weblink_by_due"),
            models.Index(fields=["state", "first_failed_at"], name="weblink_by_state"),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def is_inside(self) -> bool:
        """Whether it leads to us."""
        return not self.host

    @property
    def is_chosen(self) -> bool:
        """Whether it is a page or document chosen in the editor: it has no address in the text."""
        return self.url.startswith((PAGE, DOCUMENT))

    @property
    def is_confirmed(self) -> bool:
        """Whether the office's word counts today."""
        return self.confirmed_until is not None and self.confirmed_until >= timezone.localdate()

    @property
    def leads_home(self) -> bool:
        """Whether it has moved to the start page of a server: then the page itself is usually gone."""
        return bool(self.target) and self.target.split("#")[0].rstrip("/").count("/") == 2 and self.url.count("/") > 3


def digest_of(url: str) -> str:
    """Return by what a link with this address is found."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


class WebLinkUse(models.Model):
    """One place where a link stands. Title and address of the place are copies: a list needs one question for all."""

    link = models.ForeignKey(WebLink, models.CASCADE, related_name="uses")
    kind = models.CharField(max_length=100)  # key of the source
    object_pk = models.CharField(max_length=64)
    field = models.CharField("Feld", max_length=100)  # in the words of the form
    title = models.CharField("Titel", max_length=300)
    url = models.CharField("Adresse der Stelle", max_length=500, blank=True)

    class Meta:
        verbose_name = "Stelle eines Links"
        verbose_name_plural = "Stellen der Links"
        constraints = [
            models.UniqueConstraint(fields=["link", "kind", "object_pk", "field"], name="one_use_for_each_place")
        ]
        indexes = [models.Index(fields=["kind", "object_pk"], name="weblinkuse_by_thing")]

    def __str__(self) -> str:
        return self.title


class PdfReading(models.Model):
    """Which links a PDF file of ours has, so that it is read once."""

    file_hash = models.CharField(max_length=64, primary_key=True)
    addresses = models.JSONField(default=list)
    is_readable = models.BooleanField(default=True)

    class Meta:
        verbose_name = "gelesene PDF-Datei"
        verbose_name_plural = "gelesene PDF-Dateien"

    def __str__(self) -> str:
        return self.file_hash


RENEWED = timedelta(days=180)  # how old a copy may be before the next check renews it


class ArchivedCopy(models.Model):
    """Our copy of a document of somebody else, whose licence allows to pass it on."""

    link = models.OneToOneField(WebLink, models.CASCADE, related_name="copy")
    file = models.FileField(upload_to="archive")
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField("Größe in Byte")
    licence = models.CharField("Lizenz", max_length=60)
    source = models.CharField("Quelle", max_length=600)
    fetched_at = models.DateTimeField("geholt am")

    class Meta:
        verbose_name = "archivierte Fassung"
        verbose_name_plural = "archivierte Fassungen"

    def __str__(self) -> str:
        return self.source
