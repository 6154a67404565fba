"""Pages, news, menus and settings."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.safestring import SafeString
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from akademie.cms.academy import AcademySettings, GenderForm, Menu, MenuLink, Place
from akademie.cms.blocks import BodyBlock
from akademie.cms.languages import Language
from akademie.cms.page_forms import AddressForm
from akademie.core.previews import PREVIEW_MODES
from akademie.core.readability import text_of
from akademie.core.readability_panel import ReadabilityPanel
from akademie.easy.models import Form
from akademie.easy.queries import explained
from akademie.topics.models import Topic

__all__ = [
    "AcademySettings", "BasePage", "BodyPage", "Duty", "GenderForm", "Language", "Menu", "MenuLink", "NewsIndexPage",
    "NewsPage", "Place", "StandardPage",
]  # fmt: skip
CATCH_ALL = "wagtail_serve"  # Wagtail's name for the address of a page; ours is the last of all


class Duty(models.TextChoices):
    """Pages that an academy must have. The value is the address; they can be edited, not moved or removed."""

    IMPRINT = "impressum", "Impressum"
    PRIVACY = "datenschutz", "Datenschutz"
    TERMS = "nutzungsbedingungen", "Nutzungsbedingungen"
    HOUSE_RULES = "hausregeln", "Hausregeln"
    ACCESSIBILITY = "barrierefreiheit", "Barrierefreiheit"
    EASY_LANGUAGE = "leichte-sprache", "Leichte Sprache"
    SIGN_LANGUAGE = "gebaerdensprache", "Gebärdensprache"
    SOURCES = "datenquellen", "Datenquellen"


class BasePage(Page):
    """What all pages of the academy share. The public reads them through function views, never through the page tree.

    Every page is public once it is published: there is no private page, so that `live` is the only gate.
    """

    base_form_class = AddressForm
    private_page_options: list[str] = []
    preview_modes = PREVIEW_MODES
    show_in_menus_default = False
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("search_description", heading="Beschreibung für Suchmaschinen"),
            ],
            heading="Adresse und Suche",
        ),
    ]
    settings_panels = [PublishingPanel()]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an address that belongs to another area."""
        super().clean()
        if parent := self.get_parent():
            self.check_address(self.slug, parent)

    def check_address(self, slug: str, parent: Page) -> None:
        """ValidationError when another area has the address that this slug gives below this parent."""
        if slug and parent.is_site_root() and not self.owns_address(slug) and _taken(f"/{slug}/"):
            raise ValidationError(
                {"slug": "Diese Adresse hat die Akademie schon vergeben. Bitte wählen Sie eine andere."}
            )

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Refuse the root of the tree: pages beside the start page have no address."""
        return not parent.is_root() and super().can_create_at(parent)

    def owns_address(self, slug: str) -> bool:
        """Return whether an address of the code itself leads to this page when it has this slug."""
        return False


def _taken(path: str) -> bool:
    """Return whether another view than the one for all pages answers this path."""
    try:
        return resolve(path).url_name != CATCH_ALL
    except Resolver404:
        return False


class BodyPage(BasePage):
    """A page made of blocks, rendered when it is published."""

    summary = models.TextField(
        "Kurz gesagt",
        max_length=400,
        blank=True,
        help_text="Ein bis zwei Sätze. Steht oben auf der Seite und in der Suche.",
    )
    body = StreamField(BodyBlock(), verbose_name="Inhalt", blank=True)
    body_html = models.TextField(editable=False, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body"), ReadabilityPanel()]

    class Meta:
        abstract = True

    def render_body(self) -> SafeString:
        """Return the blocks as HTML, as they are now."""
        return self.body.render_as_block({"easy": getattr(self, "in_easy_language", False)})

    def prose(self) -> str:
        """Return the sentences of the page, a line for each block."""
        return f"{self.summary}\n{text_of(self.render_body())}".strip()

    @property
    def preview_modes(self) -> list[tuple[str, str]]:  # type: ignore[override]
        """How it is shown beside its form: as on the site, on paper, and in its versions in other languages."""
        versions = StandardPage.objects.filter(original=self.pk) if self.pk else ()
        return [*super().preview_modes, *((page.language, page.get_language_display()) for page in versions)]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the draft of a version, or this one."""
        version = StandardPage.objects.filter(original=self.pk, language=mode_name).first() if self.pk else None
        if version:
            return version.get_latest_revision_as_object().serve_preview(request, "")
        return super().serve_preview(request, mode_name)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Prepare the HTML whenever the content itself is written; saving a draft writes a revision only."""
        if kwargs.get("update_fields") is None:
            self.body_html = self.render_body()
        return super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Context of the back office's preview: the template's own words, with the draft's content."""
        above = [(page.title, page.url) for page in self.get_ancestors().filter(depth__gt=2)] if self.pk else []
        return {**super().get_context(request, *args, **kwargs), "body": self.render_body(), "above": above}


class StandardPage(BodyPage):
    """A page that stands for itself: an imprint, an explanation, a text about the academy."""

    duty = models.CharField("Pflichtseite", max_length=40, choices=Duty, blank=True, editable=False)
    language = models.CharField(
        "Sprache", max_length=10, choices=Language, default=Language.GERMAN,
        help_text="Leichte Sprache steht größer und mit mehr Abstand da.",
    )  # fmt: skip
    original = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, verbose_name="Fassung von", related_name="+",
        help_text="Die deutsche Seite, deren Fassung dies ist. Beide verweisen aufeinander.",
    )  # fmt: skip
    draft_hash = models.CharField(
        max_length=64, blank=True, editable=False
    )  # the shipped text, while nobody changed it

    template = "cms/public/standard_page.html"
    subpage_types = ["cms.StandardPage"]
    exclude_fields_in_copy = ["duty", "draft_hash"]
    settings_panels = [
        MultiFieldPanel(
            [FieldPanel("language"), PageChooserPanel("original", ["cms.StandardPage", "cms.NewsPage"])],
            heading="Sprache",
        ),
        *BasePage.settings_panels,
    ]

    class Meta:
        verbose_name = "Standardseite"
        verbose_name_plural = "Standardseiten"
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=~models.Q(duty=""), name="one_page_for_each_duty"),
            models.UniqueConstraint(fields=["original", "language"], name="one_version_for_each_language"),
        ]

    def clean(self) -> None:
        """Keep the address of a page that others link to."""
        super().clean()
        if self.duty and self.slug != self.duty:
            raise ValidationError({"slug": f"Diese Pflichtseite bleibt unter /{self.duty}/ erreichbar."})
        if self.duty and self.expire_at:
            raise ValidationError({"expire_at": "Diese Pflichtseite bleibt veröffentlicht. Bitte leeren Sie das Feld."})
        if self.original_id and (refusal := self._no_version()):
            raise ValidationError({"original": refusal})

    def _no_version(self) -> str:
        """Return why this page is no version of its original, or nothing."""
        if self.language == Language.GERMAN:
            return "Eine Fassung ist in Leichter Sprache oder auf Englisch. Bitte wählen Sie die Sprache."
        if self.original_id == self.pk or not is_german(self.original_id):
            return "Bitte wählen Sie die deutsche Seite, von der dies eine Fassung ist."
        others = StandardPage.objects.filter(original=self.original_id, language=self.language).exclude(pk=self.pk)
        return "Von dieser Seite gibt es schon eine Fassung in dieser Sprache." if others.exists() else ""

    @property
    def in_easy_language(self) -> bool:
        """Whether blocks and the panel of readability follow the rules of Leichte Sprache."""
        return self.language == Language.EASY

    @property
    def other_language(self) -> bool:
        """Whether it is not in ordinary German."""
        return self.language != Language.GERMAN

    def render_body(self) -> SafeString:
        """Return the blocks as HTML, below what the law wants explained if this is the page for it."""
        blocks = super().render_body()
        return explained(self.duty) + blocks if self.duty in Form.values else blocks

    @property
    def must_stay(self) -> bool:
        """Whether an academy must have this page."""
        return bool(self.duty)

    def owns_address(self, slug: str) -> bool:
        """Return whether this slug is the page's own fixed address."""
        return slug == self.duty


def is_german(pk: int | None) -> bool:
    """Whether this is a page in ordinary German that may have versions: a standard page or a piece of news."""
    german = StandardPage.objects.filter(pk=pk, language=Language.GERMAN, original=None)
    return german.exists() or NewsPage.objects.filter(pk=pk).exists()


class NewsIndexPage(BasePage):
    """The list of news, at /aktuelles/."""

    SLUG = "aktuelles"
    introduction = models.TextField("Einleitung", max_length=400, blank=True)

    template = "cms/public/news.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    subpage_types = ["cms.NewsPage"]
    max_count = 1
    preview_modes: list[tuple[str, str]] = []

    class Meta:
        verbose_name = "Aktuelles"
        verbose_name_plural = "Aktuelles"

    def clean(self) -> None:
        """Keep the address."""
        super().clean()
        if self.slug != self.SLUG:
            raise ValidationError({"slug": f"Die Nachrichten bleiben unter /{self.SLUG}/ erreichbar."})

    def owns_address(self, slug: str) -> bool:
        """Return whether this slug is the fixed address."""
        return slug == self.SLUG


class NewsPage(BodyPage):
    """A piece of news."""

    published_on = models.DateField("Datum", default=timezone.localdate)
    topics = ParentalManyToManyField(Topic, verbose_name="Themen", blank=True, related_name="+")

    template = "cms/public/news_item.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("published_on"),
        FieldPanel("summary"),
        FieldPanel("body"),
        ReadabilityPanel(),
        FieldPanel("topics"),
    ]
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "Nachricht"
        verbose_name_plural = "Nachrichten"
        indexes = [models.Index(fields=["-published_on"], name="news_newest_first")]
