"""Start of towns."""

from django.apps import AppConfig


class TownsConfig(AppConfig):
    """Towns's entry in INSTALLED_APPS."""

    name = "akademie.towns"
    verbose_name = "Städte"
