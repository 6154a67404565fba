"""The few blocks of which pages are made. Each is plain HTML that also works on paper and without scripts.

They are rendered when a page is published (`BodyPage.body_html`), not when it is read.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.text import slugify
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
TABLE_COLUMNS, TABLE_ROWS = 8, 200


def text_block(**options: Any) -> blocks.RichTextBlock:
    """Return a field for text with emphasis, lists and links; headings are blocks of their own."""
    return blocks.RichTextBlock(features=TEXT_FEATURES, max_length=20_000, **options)


class HeadingBlock(blocks.StructBlock):
    """A heading that links can lead to."""

    text = blocks.CharBlock(label="Überschrift", max_length=150)
    level = blocks.ChoiceBlock(
        [("2", "Abschnitt"), ("3", "Unterabschnitt")],
        default="2",
        label="Ebene",
        help_text="Ebenen nicht überspringen.",
    )

    class Meta:
        icon = "title"
        label = "Überschrift"
        template = "cms/blocks/heading.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the anchor."""
        return {
            **super().get_context(value, parent_context),
            "anchor": slugify(value["text"].lower().translate(UMLAUTS)),
        }


class PictureBlock(blocks.StructBlock):
    """A picture from the media library; text alternative and rights come from there."""

    image = ImageChooserBlock(label="Bild")
    caption = blocks.CharBlock(label="Bildunterschrift", max_length=300, required=False)

    class Meta:
        icon = "image"
        label = "Bild"
        template = "cms/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, word for word."""

    text = blocks.TextBlock(label="Zitat", max_length=1500, help_text="Ohne Anführungszeichen.")
    person = blocks.CharBlock(label="Name", max_length=150)
    role = blocks.CharBlock(label="Funktion", max_length=200, required=False)

    class Meta:
        icon = "openquote"
        label = "Zitat"
        template = "cms/blocks/quote.html"


class BoxBlock(blocks.StructBlock):
    """A box beside the train of thought: facts, figures, a tip."""

    title = blocks.CharBlock(label="Überschrift", max_length=150)
    text = text_block(label="Text")

    class Meta:
        icon = "clipboard-list"
        label = "Kasten"
        template = "cms/blocks/box.html"


class LinkBlock(blocks.StructBlock):
    """One entry of a list of links: exactly one target."""

    text = blocks.CharBlock(label="Text", max_length=200)
    page = blocks.PageChooserBlock(label="Seite", required=False)
    document = DocumentChooserBlock(label="Dokument", required=False)
    url = blocks.URLBlock(label="Adresse", max_length=500, required=False)

    class Meta:
        icon = "link"
        label = "Link"

    def clean(self, value: Any) -> Any:
        """Refuse no target and two targets."""
        cleaned = super().clean(value)
        if sum(bool(cleaned[name]) for name in ("page", "document", "url")) != 1:
            raise blocks.StructBlockValidationError(
                non_block_errors=ValidationError(
                    "Bitte wählen Sie genau ein Ziel: Seite, Dokument oder Adresse."
                ).error_list
            )
        return cleaned


class DetailsBlock(blocks.StructBlock):
    """A part that opens on a click; in print it is always open."""

    summary = blocks.CharBlock(label="Überschrift", max_length=200)
    text = text_block(label="Text")

    class Meta:
        icon = "collapse-down"
        label = "Aufklappen"
        template = "cms/blocks/details.html"


class TableBlock(blocks.StructBlock):
    """A plain table, typed or pasted from a spreadsheet."""

    caption = blocks.CharBlock(label="Was zeigt die Tabelle?", max_length=200)
    rows = blocks.TextBlock(
        label="Zeilen", max_length=20_000,
        help_text="Eine Zeile je Tabellenzeile, Spalten durch | oder Tabulator getrennt; die erste Zeile benennt die "
        "Spalten, die erste Spalte die Zeilen. Sie können aus einer Tabellenkalkulation einfügen.",
    )  # fmt: skip

    class Meta:
        icon = "table"
        label = "Tabelle"
        template = "cms/blocks/table.html"

    def clean(self, value: Any) -> Any:
        """Refuse rows of different length; say which."""
        cleaned = super().clean(value)
        if error := table_error(table_rows(cleaned["rows"])):
            raise blocks.StructBlockValidationError(block_errors={"rows": ValidationError(error)})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add head and rows."""
        rows = table_rows(value["rows"])
        return {**super().get_context(value, parent_context), "head": rows[0] if rows else [], "rows": rows[1:]}


def table_rows(text: str) -> list[list[str]]:
    """Return the cells of a table's text; empty lines do not count."""
    return [[cell.strip() for cell in re.split(r"[|\t]", line)] for line in text.splitlines() if line.strip()]


def table_error(rows: list[list[str]]) -> str:
    """Return what is wrong with a table, or nothing."""
    if len(rows) < 2:
        return "Bitte geben Sie eine Kopfzeile und mindestens eine weitere Zeile ein."
    if len(rows) > TABLE_ROWS or len(rows[0]) > TABLE_COLUMNS:
        return f"Die Tabelle ist zu groß: Es gehen {TABLE_ROWS} Zeilen und {TABLE_COLUMNS} Spalten."
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(rows[0]):
            return (
                f"Zeile {number} hat {len(row)} Spalten, die Kopfzeile hat {len(rows[0])}. Bitte gleichen Sie das an."
            )
    return ""


class DraftNoteBlock(blocks.StructBlock):
    """Says to everyone that a part is still a draft and what the operator completes. Removed when that is done."""

    text = text_block(label="Was fehlt noch?")

    class Meta:
        icon = "warning"
        label = "Entwurfshinweis"
        template = "cms/blocks/draft_note.html"


class SignVideoBlock(SnippetChooserBlock):
    """A film in Deutsche Gebärdensprache; captions, words and rights come with it."""

    class Meta:
        icon = "media"
        label = "Gebärdensprachvideo"
        template = "cms/blocks/sign_video.html"


class Details(TextChoices):
    """Groups of details that pages take from the settings, so that they stand in one place only."""

    OPERATOR = "operator", "Träger mit Anschrift"
    CONTACT = "contact", "Kontakt"
    REPRESENTED_BY = "represented_by", "Vertretung"
    REGISTER = "register", "Register und Umsatzsteuer"
    RESPONSIBLE = "responsible", "Verantwortlich für den Inhalt"
    PRIVACY = "privacy", "Datenschutz: Ansprechstelle und Aufsicht"
    HOSTING = "hosting", "Rechenzentrum"
    ACCESSIBILITY = "accessibility", "Barrieren melden"
    ENFORCEMENT = "enforcement", "Schlichtungs- oder Durchsetzungsstelle"


class SettingsBlock(blocks.StructBlock):
    """Details from the settings; what is missing there is named as missing."""

    details = blocks.ChoiceBlock(Details.choices, label="Angaben")

    class Meta:
        icon = "cog"
        label = "Angaben aus den Einstellungen"
        template = "cms/blocks/settings.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add pairs of label and value."""
        from akademie.cms.models import AcademySettings

        return {
            **super().get_context(value, parent_context),
            "rows": AcademySettings.load().details(Details(value["details"])),
        }


class BodyBlock(blocks.StreamBlock):
    """All blocks of a page."""

    paragraph = text_block(label="Absatz", icon="pilcrow", template="cms/blocks/paragraph.html")
    heading = HeadingBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    box = BoxBlock()
    links = blocks.ListBlock(LinkBlock(), label="Liste von Links", icon="list-ul", template="cms/blocks/links.html")
    details = DetailsBlock()
    table = TableBlock()
    sign_video = SignVideoBlock("easy.SignVideo")
    settings = SettingsBlock()
    draft_note = DraftNoteBlock()

    class Meta:
        template = "cms/blocks/body.html"
        block_counts = {"table": {"max_num": 20}, "picture": {"max_num": 40}}
