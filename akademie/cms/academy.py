"""Who runs this academy, and the links that the office adds to its frame."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable, Page

from akademie.cms.blocks import Details


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
