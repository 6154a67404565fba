"""Start of terms."""

from django.apps import AppConfig


class TermsConfig(AppConfig):
    """Terms's entry in INSTALLED_APPS."""

    name = "akademie.terms"
    verbose_name = "Fachwörter"
