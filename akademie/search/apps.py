"""Start of search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search's entry in INSTALLED_APPS."""

    name = "akademie.search"
    verbose_name = "Suche"
