"""Start of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files's entry in INSTALLED_APPS."""

    name = "akademie.files"
    verbose_name = "Dateien"

    def ready(self) -> None:
        """Hear of the end of files."""
        from akademie.files import receivers  # noqa: F401
