"""Start of moderation."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Moderation's entry in INSTALLED_APPS."""

    name = "akademie.moderation"
    verbose_name = "Meldungen"
