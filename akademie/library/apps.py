"""Start of library."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Library's entry in INSTALLED_APPS."""

    name = "akademie.library"
    verbose_name = "Bibliothek"
