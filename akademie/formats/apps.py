"""Start of formats."""

from django.apps import AppConfig


class FormatsConfig(AppConfig):
    """Formats's entry in INSTALLED_APPS."""

    name = "akademie.formats"
    verbose_name = "Formate"
