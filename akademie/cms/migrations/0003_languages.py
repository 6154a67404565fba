"""Leichte Sprache is one of the languages of a page, and a page in another language names its original."""

from typing import Any

import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models

LANGUAGES = [("de", "Deutsch"), ("de-simple", "Leichte Sprache"), ("en", "Englisch")]


def _change(apps: Any, change: Any) -> None:
    """Change what revisions say, drafts too: they come back into the page when somebody publishes them."""
    kind = apps.get_model("contenttypes.ContentType").objects.filter(app_label="cms", model="standardpage").first()
    revisions = apps.get_model("wagtailcore.Revision").objects.filter(content_type=kind) if kind else []
    for revision in revisions:
        change(revision.content)
        revision.save(update_fields=["content"])


def _to_language(content: dict[str, Any]) -> None:
    content["language"] = "de-simple" if content.pop("easy_language", False) else "de"
    content.setdefault("original", None)


def _to_easy(content: dict[str, Any]) -> None:
    content["easy_language"] = content.pop("language", "de") == "de-simple"
    content.pop("original", None)


def take_over(apps: Any, editor: Any) -> None:
    """Say the language of what was marked as Leichte Sprache."""
    apps.get_model("cms.StandardPage").objects.filter(easy_language=True).update(language="de-simple")
    _change(apps, _to_language)


def give_back(apps: Any, editor: Any) -> None:
    """Mark what is in Leichte Sprache."""
    apps.get_model("cms.StandardPage").objects.filter(language="de-simple").update(easy_language=True)
    _change(apps, _to_easy)


class Migration(migrations.Migration):
    dependencies = [("cms", "0002_terms_and_house_rules"), ("wagtailcore", "0098_apitoken")]
    operations = [
        migrations.AddField(
            "standardpage",
            "language",
            models.CharField(
                "Sprache", max_length=10, choices=LANGUAGES, default="de",
                help_text="Leichte Sprache steht größer und mit mehr Abstand da.",
            ),
        ),
        migrations.AddField(
            "standardpage",
            "original",
            models.ForeignKey(
                "wagtailcore.Page", django.db.models.deletion.SET_NULL, null=True, blank=True,
                verbose_name="Fassung von", related_name="+",
                help_text="Die deutsche Seite, deren Fassung dies ist. Beide verweisen aufeinander.",
            ),
        ),
        migrations.RunPython(take_over, give_back),
        migrations.RemoveField("standardpage", "easy_language"),
        migrations.AddConstraint(
            "standardpage",
            models.UniqueConstraint(fields=["original", "language"], name="one_version_for_each_language"),
        ),
        migrations.AlterField(
            model_name='newspage',
            name='body',
            field=wagtail.fields.StreamField([('paragraph', 0), ('heading', 3), ('picture', 6), ('quote', 10), ('box', 12), ('links', 18), ('details', 20), ('table', 23), ('sign_video', 24), ('settings', 26), ('draft_note', 28)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'icon': 'pilcrow', 'label': 'Absatz', 'max_length': 20000, 'template': 'cms/blocks/paragraph.html'}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Überschrift', 'max_length': 150}), 2: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('2', 'Abschnitt'), ('3', 'Unterabschnitt')], 'help_text': 'Ebenen nicht überspringen.', 'label': 'Ebene'}), 3: ('wagtail.blocks.StructBlock', [[('text', 1), ('level', 2)]], {}), 4: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Bild'}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Bildunterschrift', 'max_length': 300, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('image', 4), ('caption', 5)]], {}), 7: ('wagtail.blocks.TextBlock', (), {'help_text': 'Ohne Anführungszeichen.', 'label': 'Zitat', 'max_length': 1500}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Name', 'max_length': 150}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'Funktion', 'max_length': 200, 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('text', 7), ('person', 8), ('role', 9)]], {}), 11: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'Text', 'max_length': 20000}), 12: ('wagtail.blocks.StructBlock', [[('title', 1), ('text', 11)]], {}), 13: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'max_length': 200}), 14: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Seite', 'required': False}), 15: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Dokument', 'required': False}), 16: ('wagtail.blocks.URLBlock', (), {'label': 'Adresse', 'max_length': 500, 'required': False}), 17: ('wagtail.blocks.StructBlock', [[('text', 13), ('page', 14), ('document', 15), ('url', 16)]], {}), 18: ('wagtail.blocks.ListBlock', (17,), {'icon': 'list-ul', 'label': 'Liste von Links', 'template': 'cms/blocks/links.html'}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Überschrift', 'max_length': 200}), 20: ('wagtail.blocks.StructBlock', [[('summary', 19), ('text', 11)]], {}), 21: ('wagtail.blocks.CharBlock', (), {'label': 'Was zeigt die Tabelle?', 'max_length': 200}), 22: ('wagtail.blocks.TextBlock', (), {'help_text': 'Eine Zeile je Tabellenzeile, Spalten durch | oder Tabulator getrennt; die erste Zeile benennt die Spalten, die erste Spalte die Zeilen. Sie können aus einer Tabellenkalkulation einfügen.', 'label': 'Zeilen', 'max_length': 20000}), 23: ('wagtail.blocks.StructBlock', [[('caption', 21), ('rows', 22)]], {}), 24: ('akademie.cms.blocks.SignVideoBlock', ('easy.SignVideo',), {}), 25: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('operator', 'Träger mit Anschrift'), ('contact', 'Kontakt'), ('represented_by', 'Vertretung'), ('register', 'Register und Umsatzsteuer'), ('responsible', 'Verantwortlich für den Inhalt'), ('privacy', 'Datenschutz: Ansprechstelle und Aufsicht'), ('hosting', 'Rechenzentrum'), ('accessibility', 'Barrieren melden'), ('enforcement', 'Schlichtungs- oder Durchsetzungsstelle')], 'label': 'Angaben'}), 26: ('wagtail.blocks.StructBlock', [[('details', 25)]], {}), 27: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'Was fehlt noch?', 'max_length': 20000}), 28: ('wagtail.blocks.StructBlock', [[('text', 27)]], {})}, verbose_name='Inhalt'),
        ),
        migrations.AlterField(
            model_name='standardpage',
            name='body',
            field=wagtail.fields.StreamField([('paragraph', 0), ('heading', 3), ('picture', 6), ('quote', 10), ('box', 12), ('links', 18), ('details', 20), ('table', 23), ('sign_video', 24), ('settings', 26), ('draft_note', 28)], blank=True, block_lookup={0: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'icon': 'pilcrow', 'label': 'Absatz', 'max_length': 20000, 'template': 'cms/blocks/paragraph.html'}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Überschrift', 'max_length': 150}), 2: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('2', 'Abschnitt'), ('3', 'Unterabschnitt')], 'help_text': 'Ebenen nicht überspringen.', 'label': 'Ebene'}), 3: ('wagtail.blocks.StructBlock', [[('text', 1), ('level', 2)]], {}), 4: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Bild'}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Bildunterschrift', 'max_length': 300, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('image', 4), ('caption', 5)]], {}), 7: ('wagtail.blocks.TextBlock', (), {'help_text': 'Ohne Anführungszeichen.', 'label': 'Zitat', 'max_length': 1500}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Name', 'max_length': 150}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'Funktion', 'max_length': 200, 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('text', 7), ('person', 8), ('role', 9)]], {}), 11: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'Text', 'max_length': 20000}), 12: ('wagtail.blocks.StructBlock', [[('title', 1), ('text', 11)]], {}), 13: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'max_length': 200}), 14: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Seite', 'required': False}), 15: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Dokument', 'required': False}), 16: ('wagtail.blocks.URLBlock', (), {'label': 'Adresse', 'max_length': 500, 'required': False}), 17: ('wagtail.blocks.StructBlock', [[('text', 13), ('page', 14), ('document', 15), ('url', 16)]], {}), 18: ('wagtail.blocks.ListBlock', (17,), {'icon': 'list-ul', 'label': 'Liste von Links', 'template': 'cms/blocks/links.html'}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Überschrift', 'max_length': 200}), 20: ('wagtail.blocks.StructBlock', [[('summary', 19), ('text', 11)]], {}), 21: ('wagtail.blocks.CharBlock', (), {'label': 'Was zeigt die Tabelle?', 'max_length': 200}), 22: ('wagtail.blocks.TextBlock', (), {'help_text': 'Eine Zeile je Tabellenzeile, Spalten durch | oder Tabulator getrennt; die erste Zeile benennt die Spalten, die erste Spalte die Zeilen. Sie können aus einer Tabellenkalkulation einfügen.', 'label': 'Zeilen', 'max_length': 20000}), 23: ('wagtail.blocks.StructBlock', [[('caption', 21), ('rows', 22)]], {}), 24: ('akademie.cms.blocks.SignVideoBlock', ('easy.SignVideo',), {}), 25: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('operator', 'Träger mit Anschrift'), ('contact', 'Kontakt'), ('represented_by', 'Vertretung'), ('register', 'Register und Umsatzsteuer'), ('responsible', 'Verantwortlich für den Inhalt'), ('privacy', 'Datenschutz: Ansprechstelle und Aufsicht'), ('hosting', 'Rechenzentrum'), ('accessibility', 'Barrieren melden'), ('enforcement', 'Schlichtungs- oder Durchsetzungsstelle')], 'label': 'Angaben'}), 26: ('wagtail.blocks.StructBlock', [[('details', 25)]], {}), 27: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'Was fehlt noch?', 'max_length': 20000}), 28: ('wagtail.blocks.StructBlock', [[('text', 27)]], {})}, verbose_name='Inhalt'),
        ),
    ]  # fmt: skip
