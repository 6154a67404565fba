"""Start of privacy."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Privacy's entry in INSTALLED_APPS."""

    name = "akademie.privacy"
    verbose_name = "Datenschutz"

    def ready(self) -> None:
        """Let nobody change what the log says."""
        from akademie.privacy import receivers

        receivers.keep_the_log()
