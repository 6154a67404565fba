"""The office gives a report back with a reason."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Says why a report came back; such a report is not public."""

    dependencies = [("formats", "0004_maturity_and_variants_handed_in")]
    operations = [
        migrations.AddField(
            "formatrun",
            "returned_because",
            models.TextField("zurückgegeben, weil", max_length=1000, blank=True, editable=False, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "formatrun",
            models.CheckConstraint(
                condition=Q(returned_because="") | Q(released_at=None, reported_at__isnull=False),
                name="a_report_given_back_is_not_public",
            ),
        ),
    ]
