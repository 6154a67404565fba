from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.AddField(  # what the office has been asked already stays a task
            model_name="silentaddress",
            name="is_confirmed",
            field=models.BooleanField(default=True, verbose_name="hat jemand bestätigt"),
        ),
        migrations.AlterField(
            model_name="silentaddress",
            name="is_confirmed",
            field=models.BooleanField(default=False, verbose_name="hat jemand bestätigt"),
        ),
    ]
