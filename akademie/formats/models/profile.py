"""The Steckbrief of a format: one page of structured facts, each with its origin.

The limits of the texts are those of the one printed A4 page (tests print the longest thinkable Steckbrief).
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.models import Orderable

from akademie.core.change_notes import TellsChanges
from akademie.core.previews import PREVIEW_MODES
from akademie.core.records import Record
from akademie.formats import texts
from akademie.formats.fields import ChoiceList, LineList
from akademie.formats.sheet import sheet_of
from akademie.formats.words import FIELDS, Effort, Kind, Maturity, Mode, Naming, TemplateKind

TEMPLATES = "vorlagen"  # a mode of the preview
MAX_STEPS = 10
MAX_TEMPLATES = 20
MAX_CHECKLIST = 20
WEEK = 7 * 24 * 60
FARTHEST_DAY = 180  # how many days before or after the day itself something can be due


class FormatProfile(TellsChanges, Record):
    """A format of learning, exchange or consulting. The slug is its permanent name in addresses and data."""

    name = models.CharField("Name", max_length=80)
    kind = models.CharField("Art", max_length=20, choices=Kind)
    purpose = models.CharField(
        "Zweck", max_length=200, help_text="Ein Satz: Wozu ist das Format gut? Höchstens 200 Zeichen."
    )
    topics = ParentalManyToManyField(
        "topics.Topic", blank=True, related_name="formats", verbose_name="passende Themen",
        help_text="Leer, wenn das Format zu jedem Thema passt.",
    )  # fmt: skip
    target_groups = LineList("Zielgruppen", max_items=6, max_line=60)
    mode = ChoiceList("Durchführung", of=Mode.choices, help_text="Alles ankreuzen, was möglich ist.")
    duration_min = models.PositiveIntegerField(
        "Dauer von (Minuten)", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(WEEK)],
        help_text="Leer, wenn nicht dokumentiert.",
    )  # fmt: skip
    duration_max = models.PositiveIntegerField(
        "Dauer bis (Minuten)", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(WEEK)]
    )
    group_min = models.PositiveIntegerField(
        "Gruppe von (Personen)", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9999)],
        help_text="Leer, wenn nicht dokumentiert.",
    )  # fmt: skip
    group_max = models.PositiveIntegerField(
        "Gruppe bis (Personen)", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(9999)]
    )
    effort = models.CharField(
        "Aufwand", max_length=10, choices=Effort, blank=True, help_text="Für die, die das Format durchführen."
    )
    roles = LineList("Rollen", max_items=6, max_line=60)
    tools = LineList("Technik und Material", max_items=6, max_line=60)
    result = models.CharField("Ergebnis", max_length=200, blank=True, help_text="Was bleibt? Höchstens 200 Zeichen.")
    tips = models.CharField(
        "Tipps", max_length=240, blank=True, help_text="Tipps und Stolpersteine. Höchstens 240 Zeichen."
    )
    co_producers = LineList(
        "Gemeinsam entwickelt mit", max_items=6, max_line=80, help_text="Wer das Format mit entwickelt hat."
    )
    office_minutes = models.PositiveIntegerField(
        "Zeit der Geschäftsstelle (Minuten)", null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60 * 1000)],
        help_text="Vorbereiten, durchführen und nachbereiten, alles zusammen. Nur eintragen, wenn Sie es wissen. "
        "Gemessene Zeiten zeigt der Steckbrief von selbst.",
    )  # fmt: skip
    cost_eur = models.PositiveIntegerField(
        "Kosten (Euro)", null=True, blank=True, validators=[MaxValueValidator(1_000_000)],
        help_text="Je Durchführung, ohne eigenes Personal. Nur eintragen, wenn Sie es wissen.",
    )  # fmt: skip
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="variants", verbose_name="Variante von",
        help_text="Das Format, aus dem dieses entstanden ist.",
    )  # fmt: skip
    differs = models.CharField(
        "Was anders ist", max_length=240, blank=True, help_text="Nur bei einer Variante. Höchstens 240 Zeichen."
    )
    maker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name="Variante angelegt von",
    )  # fmt: skip
    made_in = models.ForeignKey(
        "towns.Town", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Variante aus"
    )
    maturity = models.CharField("Reife", max_length=20, choices=Maturity, default=Maturity.UNKNOWN)
    piloted_where = models.CharField(
        "Erprobt: wo und wann", max_length=240, blank=True, help_text="Höchstens 240 Zeichen."
    )
    inter3_list = models.CharField(
        "Von inter 3 genannt", max_length=10, choices=Naming, default=Naming.UNKNOWN,
        help_text="Steht der Name in der Liste der 18 Formate, die inter 3 ermittelt hat?",
    )  # fmt: skip
    sourced_fields = ChoiceList(
        "Belegte Felder", of=FIELDS.items(), help_text="Diese Felder stehen so in den genannten Quellen."
    )
    proposed_fields = ChoiceList(
        "Vorgeschlagene Felder", of=FIELDS.items(), help_text="Diese Felder hat die Akademie ergänzt."
    )
    sources = LineList("Quellen", max_items=4, max_line=150)

    preview_modes = [*PREVIEW_MODES, (TEMPLATES, "Vorlagen")]

    class Meta:
        verbose_name = "Format"
        verbose_name_plural = "Formate"
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_min=None) | Q(duration_max=None) | Q(duration_min__lte=F("duration_max")),
                name="duration_begins_before_it_ends",
                violation_error_message="Die Dauer „von“ ist länger als „bis“.",
            ),
            models.CheckConstraint(
                condition=Q(group_min=None) | Q(group_max=None) | Q(group_min__lte=F("group_max")),
                name="group_begins_before_it_ends",
                violation_error_message="Die Gruppe „von“ ist größer als „bis“.",
            ),
            models.CheckConstraint(
                condition=Q(origin=None) | ~Q(origin=F("pk")),
                name="no_format_is_its_own_variant",
                violation_error_message="Ein Format kann keine Variante von sich selbst sein.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def prose(self) -> str:
        """Return what the Steckbrief says in sentences."""
        return "\n".join(filter(None, (self.purpose, self.result, self.tips)))

    def get_absolute_url(self) -> str:
        """Return the address of the Steckbrief."""
        return reverse("formats:profile", args=[self.slug])

    @property
    def sourced(self) -> bool:
        """Whether anything about this format is sourced; if not, it is the academy's own idea."""
        return bool(self.sourced_fields)

    def clean(self) -> None:
        """Check what belongs together."""
        super().clean()
        errors: dict[str, str] = {}
        both = [FIELDS[key] for key in self.sourced_fields or [] if key in (self.proposed_fields or [])]
        if both:
            errors["proposed_fields"] = f"Entweder belegt oder vorgeschlagen, nicht beides: {', '.join(both)}."
        if self.piloted_where and self.maturity not in (Maturity.TRIED, Maturity.ON_TRIAL):
            errors["maturity"] = (
                "Es steht da, wo das Format erprobt wurde. Bitte wählen Sie „erprobt“ oder „in Erprobung“."
            )
        if circle := self._circle():
            errors["origin"] = circle
        if errors:
            raise ValidationError(errors)

    def _circle(self) -> str:
        """Say why the chosen origin is none: it comes from this format, now or as soon as a draft is published."""
        rows, seen, ahead = type(self)._default_manager.select_related("latest_revision"), set(), [self.origin_id]
        while ahead:
            pk = ahead.pop()
            if pk is None or pk in seen:
                continue
            seen.add(pk)
            if pk == self.pk:
                if len(seen) == 1:
                    return "Ein Format kann keine Variante von sich selbst sein. Bitte wählen Sie ein anderes."
                return (
                    f"„{self.origin}“ ist selbst eine Variante von „{self}“. Ein Format kann nicht aus seiner eigenen "
                    "Variante entstehen. Bitte wählen Sie ein anderes."
                )
            one = rows.filter(pk=pk).first()
            if one:
                drafted = one.latest_revision.content.get("origin") if one.latest_revision else None
                ahead += [one.origin_id, drafted]
        return ""

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Preview with the public pages."""
        return f"formats/public/{'templates' if mode_name == TEMPLATES else 'profile'}.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Preview what has been typed, saved or not; templates with example data."""
        shown = {"section": "formate", "trail": [("Formate", "/formate/")], "is_preview": True}
        if mode_name == TEMPLATES:
            return shown | {"profile": self, "texts": texts.all_texts(self, texts.EXAMPLES), "is_example": True}
        return shown | {"sheet": sheet_of(self)}


class FormatStep(Orderable):
    """A step of a format, in order. No minutes (0) means that it has no fixed time, as preparation beforehand."""

    profile = ParentalKey(FormatProfile, on_delete=models.CASCADE, related_name="steps")
    title = models.CharField("Schritt", max_length=100)
    minutes = models.PositiveSmallIntegerField(
        "Minuten", default=0, validators=[MaxValueValidator(24 * 60)],
        help_text="0, wenn der Schritt keine feste Zeit hat, zum Beispiel die Vorbereitung.",
    )  # fmt: skip

    role = models.CharField(
        "Wer spricht", max_length=60, blank=True, help_text="Zum Beispiel „Moderation“ oder „Stadt, die berichtet“."
    )
    script = models.CharField(
        "Was jetzt geschieht", max_length=400, blank=True,
        help_text="Steht im Ablaufplan der Moderation. Höchstens 400 Zeichen.",
    )  # fmt: skip

    class Meta(Orderable.Meta):
        verbose_name = "Schritt"
        verbose_name_plural = "Schritte"

    def __str__(self) -> str:
        return self.title

    @property
    def parent_pk(self) -> int:
        """The format that changes with this row."""
        return self.profile_id


class FormatTemplate(Orderable):
    """A text to copy for one format; what has none of its own takes the one of all formats (`data/format_texts.json`).

    Placeholders stand in double braces, `{{titel}}`; `formats.texts` knows them all and what they mean.
    """

    profile = ParentalKey(FormatProfile, on_delete=models.CASCADE, related_name="templates")
    kind = models.CharField("Vorlage", max_length=20, choices=TemplateKind)
    subject = models.CharField("Betreff", max_length=120, blank=True, help_text="Nur bei Mails und Einladungen.")
    text = models.TextField("Text", max_length=4000)

    class Meta(Orderable.Meta):
        verbose_name = "Vorlage"
        verbose_name_plural = "Vorlagen"
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "kind"], name="one_template_of_a_kind",
                violation_error_message="Von jeder Art gibt es nur eine Vorlage.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_kind_display()

    def clean(self) -> None:
        """Refuse a placeholder that nobody could fill."""
        errors = {}
        for field in ("subject", "text"):
            try:
                texts.check(getattr(self, field))
            except ValidationError as error:
                errors[field] = error
        if errors:
            raise ValidationError(errors)

    @property
    def parent_pk(self) -> int:
        """The format that changes with this row."""
        return self.profile_id


class ChecklistItem(Orderable):
    """Something to do for a run, on a day counted from the day itself: -14 is two weeks before, 1 the day after."""

    profile = ParentalKey(FormatProfile, on_delete=models.CASCADE, related_name="checklist")
    title = models.CharField("Was zu tun ist", max_length=120)
    days = models.SmallIntegerField(
        "Tage", validators=[MinValueValidator(-FARTHEST_DAY), MaxValueValidator(FARTHEST_DAY)],
        help_text="-14 ist zwei Wochen vorher, 0 der Tag selbst, 1 der Tag danach.",
    )  # fmt: skip
    role = models.CharField("Wer", max_length=60, blank=True)
    only_in = models.CharField(
        "Nur wenn", max_length=10, blank=True, choices=[(one.value, one.label) for one in (Mode.DIGITAL, Mode.ON_SITE)],
        help_text="Leer: immer. Gemischt ist beides.",
    )  # fmt: skip

    class Meta(Orderable.Meta):
        verbose_name = "Aufgabe"
        verbose_name_plural = "Checkliste"

    def __str__(self) -> str:
        return self.title

    @property
    def parent_pk(self) -> int:
        """The format that changes with this row."""
        return self.profile_id
