"""The app's entry in INSTALLED_APPS."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The read API and open data."""

    name = "akademie.api"
    verbose_name = "Offene Daten"
