"""Start of notifications."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Notifications's entry in INSTALLED_APPS."""

    name = "akademie.notifications"
    verbose_name = "Benachrichtigungen"
