"""Start of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People's entry in INSTALLED_APPS."""

    name = "akademie.people"
    verbose_name = "Menschen"

    def ready(self) -> None:
        """Connect what listens to sign-ins, to accounts and to the log."""
        from akademie.people import receivers

        receivers.listen()
