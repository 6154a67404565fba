"""Start of practices."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """Practices's entry in INSTALLED_APPS."""

    name = "akademie.practices"
    verbose_name = "Praxisbeispiele"
