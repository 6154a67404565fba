"""Start of easy."""

from django.apps import AppConfig


class EasyConfig(AppConfig):
    """Easy's entry in INSTALLED_APPS."""

    name = "akademie.easy"
    verbose_name = "Leichte Sprache und Gebärdensprache"

    def ready(self) -> None:
        """Connect the receivers."""
        from akademie.easy import receivers  # noqa: F401
