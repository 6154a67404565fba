"""Start of editing."""

from django.apps import AppConfig


class EditingConfig(AppConfig):
    """Editing's entry in INSTALLED_APPS."""

    name = "akademie.editing"
    verbose_name = "Redaktion"

    def ready(self) -> None:
        """Hear of what becomes public."""
        from akademie.editing import receivers  # noqa: F401
