from datetime import date, timedelta
from typing import Any

from django.db import migrations, models


def move_days(apps: Any, schema_editor: Any) -> None:
    """Note when a case was last checked where the academy notes it for everything that it publishes.

    The later day wins: of the case as it is public, of its draft, and of what is noted already.
    """
    cases = apps.get_model("practices", "PracticeCase").objects.select_related("latest_revision")
    rows = apps.get_model("editing", "Upkeep").objects.filter(kind="praxis")
    for case in cases.filter(models.Q(checked_on__isnull=False) | models.Q(latest_revision__isnull=False)).iterator():
        drafted = (case.latest_revision.content if case.latest_revision else {}).get("checked_on")
        days = [day for day in (case.checked_on, date.fromisoformat(drafted) if drafted else None) if day]
        if not days:
            continue
        noted, is_new = rows.get_or_create(
            kind="praxis", object_pk=str(case.pk),
            defaults={
                "title": case.title, "url": f"/praxis/{case.slug}/", "is_shown": case.live, "checked_on": max(days),
                "due_on": max(days) + timedelta(days=365),
            },
        )  # fmt: skip
        if not is_new and (noted.checked_on is None or noted.checked_on < max(days)):
            noted.checked_on = max(days)
            noted.save(update_fields=["checked_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("editing", "0002_lix"),
        ("practices", "0002_keywords"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(
            model_name="practicecase",
            name="change_note",
            field=models.CharField(
                blank=True,
                help_text="Steht mit Monat auf der Seite: Kosten aktualisiert. Leer: Es steht nichts da.",
                max_length=200,
                verbose_name="Was hat sich geändert?",
            ),
        ),
        migrations.AddField(
            model_name="practicecase",
            name="changes",
            field=models.JSONField(default=list, editable=False, verbose_name="Änderungen"),
        ),
        migrations.RunPython(move_days, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="practicecase", name="checked_on"),
    ]
