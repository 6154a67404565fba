"""Start of portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Portal's entry in INSTALLED_APPS."""

    name = "akademie.portal"
    verbose_name = "Portal"
