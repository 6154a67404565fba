import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

TO = {"ja": "erprobt", "nein": "idee"}
BACK = {"erprobt": "ja", "idee": "nein", "in-erprobung": "nein"}


def say(apps, old, new, words):
    profiles = apps.get_model("formats", "FormatProfile").objects
    for was, becomes in words.items():
        profiles.filter(maturity=was).update(maturity=becomes)
    versions = apps.get_model("wagtailcore", "Revision").objects.filter(
        content_type__app_label="formats", content_type__model="formatprofile"
    )
    for version in versions.iterator(chunk_size=200):
        if old in version.content:
            value = version.content.pop(old)
            version.content[new] = words.get(value, value)
            version.save(update_fields=["content"])


def forwards(apps, schema_editor):
    say(apps, "piloted", "maturity", TO)


def backwards(apps, schema_editor):
    say(apps, "maturity", "piloted", BACK)


class Migration(migrations.Migration):
    dependencies = [
        ("formats", "0003_runs_templates_variants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RenameField("formatprofile", "piloted", "maturity"),
        migrations.AlterField(
            model_name="formatprofile",
            name="maturity",
            field=models.CharField(choices=[("erprobt", "erprobt"), ("in-erprobung", "in Erprobung"), ("idee", "Idee"), ("unbekannt", "nicht dokumentiert")], default="unbekannt", max_length=20, verbose_name="Reife"),
        ),
        migrations.AddField(
            model_name="formatprofile",
            name="change_note",
            field=models.CharField(blank=True, help_text="Steht mit Monat auf der Seite: Kosten aktualisiert. Leer: Es steht nichts da.", max_length=200, verbose_name="Was hat sich geändert?"),
        ),
        migrations.AddField(
            model_name="formatprofile",
            name="changes",
            field=models.JSONField(default=list, editable=False, verbose_name="Änderungen"),
        ),
        migrations.AddField(
            model_name="checklistitem",
            name="only_in",
            field=models.CharField(blank=True, choices=[("digital", "digital"), ("praesenz", "vor Ort")], help_text="Leer: immer. Gemischt ist beides.", max_length=10, verbose_name="Nur wenn"),
        ),
        migrations.CreateModel(
            name="HandIn",
            fields=[
                ("profile", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="hand_in", serialize=False, to="formats.formatprofile", verbose_name="Variante")),
                ("handed_in_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="eingereicht am")),
                ("answer", models.TextField(blank=True, max_length=1000, verbose_name="Begründung")),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="beantwortet am")),
                ("answered_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="beantwortet von")),
            ],
            options={
                "verbose_name": "eingereichte Variante",
                "verbose_name_plural": "eingereichte Varianten",
                "indexes": [models.Index(fields=["answered_at", "handed_in_at"], name="variants_that_wait")],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
