"""Start of accessibility."""

from django.apps import AppConfig


class AccessibilityConfig(AppConfig):
    """Accessibility's entry in INSTALLED_APPS."""

    name = "akademie.accessibility"
    verbose_name = "Barrierefreiheit"
