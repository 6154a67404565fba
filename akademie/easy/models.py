"""Required explanations and videos in Deutsche Gebärdensprache."""

from typing import Any
from uuid import uuid4

from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.http import HttpRequest
from django.urls import reverse
from wagtail.fields import RichTextField
from wagtail.models import PreviewableMixin, RevisionMixin

from akademie.core.readability import text_of
from akademie.easy.films import TYPES
from akademie.files.models import AcademyImage

FOLDER = "videos"
LONGEST = 60 * 60  # seconds
TEXT_FEATURES = ["bold", "ul", "link"]


def film_name(video: "SignVideo", name: str) -> str:
    """Return where a film is kept: a name that says nothing, is never used again and cannot be guessed."""
    return f"{FOLDER}/{uuid4().hex}.{name.rsplit('.', 1)[-1].lower()}"


def drop_film(name: str) -> None:
    """Delete a film that no video has any more, once that is certain."""
    transaction.on_commit(lambda: default_storage.delete(name))


class SignVideo(models.Model):
    """A film in Deutsche Gebärdensprache, with captions and its words in writing."""

    title = models.CharField("Titel", max_length=150)
    film = models.FileField("Film", upload_to=film_name, max_length=80)
    poster = models.ForeignKey(AcademyImage, models.PROTECT, verbose_name="Standbild", related_name="+")
    seconds = models.PositiveSmallIntegerField(
        "Länge", validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )  # fmt: skip
    captions = models.TextField("Untertitel", max_length=100_000)
    transcript = models.TextField("Text zum Video", max_length=20_000)
    credit = models.CharField("Von wem ist das Video?", max_length=200)
    licence = models.CharField("Rechte", max_length=200)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "Gebärdensprachvideo"
        verbose_name_plural = "Gebärdensprachvideos"
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let go of a film that was replaced."""
        before = SignVideo.objects.filter(pk=self.pk).values_list("film", flat=True).first()
        super().save(*args, **kwargs)
        if before and before != self.film.name:
            drop_film(before)

    @property
    def length(self) -> str:
        """Minutes and seconds."""
        return f"{self.seconds // 60}:{self.seconds % 60:02}"

    @property
    def mime_type(self) -> str:
        """The kind of the film, as browsers call it."""
        return TYPES[str(self.film.name).rsplit(".", 1)[-1]]

    @property
    def captions_url(self) -> str:
        """Where players read the captions."""
        return reverse("easy:captions", args=[self.pk])

    @property
    def picture(self) -> Any:
        """The still in the size of the player."""
        return self.poster.get_rendition("width-960|format-webp")


class Subject(models.TextChoices):
    """What § 4 BITV 2.0 wants explained on the start page, in its order."""

    CONTENT = "inhalt", "Die wichtigsten Inhalte"
    NAVIGATION = "navigation", "Wie man sich zurechtfindet"
    STATEMENT = "barrierefreiheit", "Die Erklärung zur Barrierefreiheit"
    MORE = "mehr", "Weitere Angebote in Gebärdensprache und Leichter Sprache"

    @property
    def easy_heading(self) -> str:
        """The heading in Leichte Sprache."""
        return EASY_HEADINGS[self]


EASY_HEADINGS = {
    Subject.CONTENT: "Was finden Sie auf dieser Internet-Seite?",
    Subject.NAVIGATION: "So finden Sie etwas",
    Subject.STATEMENT: "Kann jeder Mensch die Seite benutzen?",
    Subject.MORE: "Was gibt es noch in Leichter Sprache und in Gebärden-Sprache?",
}


class Form(models.TextChoices):
    """The two forms in which each subject must be explained."""

    EASY = "leichte-sprache", "Leichte Sprache"
    SIGN = "gebaerdensprache", "Deutsche Gebärdensprache"


class Explanation(RevisionMixin, PreviewableMixin, models.Model):
    """One subject, explained in both forms. There is one row for each subject; nobody adds or removes any."""

    in_easy_language = True  # how the panel of readability reads the text
    subject = models.CharField("Worum es geht", max_length=20, choices=Subject, unique=True, editable=False)
    text = RichTextField("Text in Leichter Sprache", features=TEXT_FEATURES, max_length=6000)
    checked_by = models.CharField(
        "Geprüft und freigegeben von", max_length=150, blank=True,
        help_text="Zum Beispiel: die Prüfgruppe der Lebenshilfe. Leichte Sprache prüfen Menschen mit "
        "Lernschwierigkeiten. Bis dahin steht der Text als Entwurf auf der Website.",
    )  # fmt: skip
    checked_on = models.DateField("Geprüft am", null=True, blank=True)
    video = models.ForeignKey(
        SignVideo, models.SET_NULL, null=True, blank=True, verbose_name="Video in Deutscher Gebärdensprache",
        related_name="+",
    )  # fmt: skip
    loaded_text = models.TextField(blank=True, editable=False)  # the shipped text, to know one that nobody changed

    class Meta:
        verbose_name = "Pflichtinhalt"
        verbose_name_plural = "Pflichtinhalte"
        ordering = ["pk"]

    def __str__(self) -> str:
        return Subject(self.subject).label

    def is_done(self, form: Form) -> bool:
        """Whether a person has released this form of it: the text by name and date, the video by being there."""
        return bool(self.checked_by and self.checked_on) if form == Form.EASY else self.video_id is not None

    @property
    def state(self) -> str:
        """Both forms in words, for the list of the back office."""
        text = "Text geprüft" if self.is_done(Form.EASY) else "Text noch Entwurf"
        return f"{text}, {'Video da' if self.is_done(Form.SIGN) else 'Video fehlt'}"

    @property
    def heading(self) -> str:
        """The heading in Leichte Sprache."""
        return Subject(self.subject).easy_heading

    def prose(self) -> str:
        """Return the sentences."""
        return text_of(self.text)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Return what shows it beside its form."""
        return "easy/public/preview.html"
