"""Pages, news, menus and settings."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.safestring import SafeString
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from akademie.cms.blocks import BodyBlock, Details
from akademie.cms.page_forms import AddressForm
from akademie.core.readability import text_of
from akademie.core.readability_panel import ReadabilityPanel
from akademie.easy.models import Form
from akademie.easy.queries import explained
from akademie.topics.models import Topic

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
        return self.body.render_as_block()

    def prose(self) -> str:
        """Return the sentences of the page, a line for each block."""
        return f"{self.summary}\n{text_of(self.render_body())}".strip()

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
    easy_language = models.BooleanField(
        "Leichte Sprache", default=False, help_text="Zeigt den Text größer und mit mehr Abstand."
    )
    draft_hash = models.CharField(
        max_length=64, blank=True, editable=False
    )  # the shipped text, while nobody changed it

    template = "cms/public/standard_page.html"
    subpage_types = ["cms.StandardPage"]
    exclude_fields_in_copy = ["duty", "draft_hash"]
    settings_panels = [FieldPanel("easy_language"), *BasePage.settings_panels]

    class Meta:
        verbose_name = "Standardseite"
        verbose_name_plural = "Standardseiten"
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=~models.Q(duty=""), name="one_page_for_each_duty")
        ]

    def clean(self) -> None:
        """Keep the address of a page that others link to."""
        super().clean()
        if self.duty and self.slug != self.duty:
            raise ValidationError({"slug": f"Diese Pflichtseite bleibt unter /{self.duty}/ erreichbar."})
        if self.duty and self.expire_at:
            raise ValidationError({"expire_at": "Diese Pflichtseite bleibt veröffentlicht. Bitte leeren Sie das Feld."})

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


class GenderForm(models.TextChoices):
    """How texts of the house address people of any gender; chosen once."""

    PAIR = "pair", "Paarform: Bürgermeisterinnen und Bürgermeister"
    NEUTRAL = "neutral", "Neutrale Wörter: Stadtspitze"


@register_setting(icon="cog", order=10)
class AcademySettings(BaseGenericSetting):
    """Who runs this academy. Nothing of it stands in the code."""

    site_name = models.CharField("Name der Website", max_length=80, default="Kleinstadtakademie")
    operator = models.CharField("Träger", max_length=200, blank=True, help_text="Wer die Akademie betreibt.")
    legal_form = models.CharField("Rechtsform", max_length=120, blank=True)
    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    postal_code = models.CharField(
        "Postleitzahl",
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{5}$", "Bitte geben Sie fünf Ziffern ein.")],
    )
    city = models.CharField("Ort", max_length=80, blank=True)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail-Adresse der Geschäftsstelle", blank=True, help_text="Hierhin gehen Anfragen.")
    represented_by = models.CharField("Vertreten durch", max_length=200, blank=True)
    register_entry = models.CharField(
        "Registereintrag", max_length=200, blank=True, help_text="Gericht und Nummer. Ohne Eintrag: „kein Eintrag“."
    )
    vat_id = models.CharField("Umsatzsteuer-ID", max_length=20, blank=True)
    responsible = models.CharField(
        "Verantwortlich für den Inhalt",
        max_length=200,
        blank=True,
        help_text="Name und Anschrift nach § 18 Abs. 2 MStV.",
    )
    privacy_contact = models.CharField("Datenschutzbeauftragte Person", max_length=200, blank=True)
    privacy_authority = models.CharField("Datenschutz-Aufsichtsbehörde", max_length=200, blank=True)
    hosting = models.CharField(
        "Rechenzentrum", max_length=200, blank=True, help_text="Wer die Server betreibt und wo sie stehen."
    )
    accessibility_email = models.EmailField(
        "E-Mail-Adresse für Barrieren", blank=True, help_text="Leer: die Adresse der Geschäftsstelle."
    )
    enforcement_body = models.TextField(
        "Schlichtungs- oder Durchsetzungsstelle",
        max_length=600,
        blank=True,
        help_text="Name, Anschrift, E-Mail-Adresse.",
    )
    gender_form = models.CharField(
        "Anrede der Geschlechter", max_length=10, choices=GenderForm, default=GenderForm.PAIR
    )

    panels = [
        MultiFieldPanel([FieldPanel("site_name"), FieldPanel("gender_form")], heading="Website"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("operator", "legal_form", "street", "postal_code", "city", "represented_by")
            ],
            heading="Träger",
        ),
        MultiFieldPanel([FieldPanel("email"), FieldPanel("phone")], heading="Kontakt"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("responsible", "register_entry", "vat_id")], heading="Impressum"
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("privacy_contact", "privacy_authority", "hosting")], heading="Datenschutz"
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("accessibility_email", "enforcement_body")], heading="Barrierefreiheit"
        ),
    ]

    class Meta:
        verbose_name = "Angaben zur Akademie"
        verbose_name_plural = "Angaben zur Akademie"

    def __str__(self) -> str:
        return self.site_name

    def details(self, group: Details) -> list[tuple[str, str]]:
        """Return labels and values of a group of details; an empty value is missing and belongs completed."""
        place = f"{self.postal_code} {self.city}".strip()
        groups = {
            Details.OPERATOR: [
                ("Träger", self.operator),
                ("Rechtsform", self.legal_form),
                ("Anschrift", ", ".join(part for part in (self.street, place) if part)),
            ],
            Details.CONTACT: [("E-Mail", self.email), ("Telefon", self.phone)],
            Details.REPRESENTED_BY: [("Vertreten durch", self.represented_by)],
            Details.REGISTER: [("Register", self.register_entry), ("Umsatzsteuer-ID", self.vat_id)],
            Details.RESPONSIBLE: [("Verantwortlich für den Inhalt", self.responsible)],
            Details.PRIVACY: [
                ("Datenschutzbeauftragte Person", self.privacy_contact),
                ("Aufsichtsbehörde", self.privacy_authority),
            ],
            Details.HOSTING: [("Rechenzentrum", self.hosting)],
            Details.ACCESSIBILITY: [("E-Mail", self.accessibility_email or self.email), ("Telefon", self.phone)],
            Details.ENFORCEMENT: [("Zuständige Stelle", self.enforcement_body)],
        }
        return groups[group]


class Place(models.TextChoices):
    """Where a link of the office stands."""

    MAIN = "main", "Hauptmenü"
    FOOTER = "footer", "Fußzeile"


@register_setting(icon="list-ul", order=20)
class Menu(ClusterableModel, BaseGenericSetting):
    """Links that the office adds to header and footer, beside those that the areas bring."""

    panels = [
        InlinePanel(
            "entries", heading="Eigene Links", label="Link", max_num=12,
            help_text="Sie stehen im Hauptmenü oder in der Fußzeile hinter den festen Einträgen.",
        )
    ]  # fmt: skip

    class Meta:
        verbose_name = "Menüs"
        verbose_name_plural = "Menüs"

    def __str__(self) -> str:
        return "Menüs"


class MenuLink(Orderable):
    """One link of a menu: to a page or to any address."""

    menu = ParentalKey(Menu, on_delete=models.CASCADE, related_name="entries")
    place = models.CharField("Ort", max_length=10, choices=Place, default=Place.FOOTER)
    title = models.CharField("Text", max_length=40)
    page = models.ForeignKey(Page, models.CASCADE, null=True, blank=True, verbose_name="Seite", related_name="+")
    url = models.CharField(
        "Adresse", max_length=500, blank=True, help_text="Nur ohne Seite, zum Beispiel /formate/ oder https://…",
        validators=[RegexValidator(r"^(/(?!/)|https://)\S*$", "Eine Adresse beginnt mit / oder https://")],
    )  # fmt: skip

    panels = [FieldPanel("place"), FieldPanel("title"), FieldPanel("page"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = "Link"
        verbose_name_plural = "Links"

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse no target and two targets."""
        super().clean()
        if bool(self.page_id) == bool(self.url):
            raise ValidationError({"url": "Bitte wählen Sie genau eines: eine Seite oder eine Adresse."})
