"""Start of cms."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Cms's entry in INSTALLED_APPS."""

    name = "akademie.cms"
    verbose_name = "Seiten"

    def ready(self) -> None:
        """Connect the receivers."""
        from akademie.cms import receivers  # noqa: F401
