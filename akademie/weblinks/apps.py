"""Start of the link check."""

from django.apps import AppConfig


class WeblinksConfig(AppConfig):
    """The link check's entry in INSTALLED_APPS."""

    name = "akademie.weblinks"
    verbose_name = "Links"

    def ready(self) -> None:
        """Hear of copies that are deleted."""
        from akademie.weblinks import receivers  # noqa: F401
