"""Start of events."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events' entry in INSTALLED_APPS."""

    name = "akademie.events"
    verbose_name = "Veranstaltungen"
