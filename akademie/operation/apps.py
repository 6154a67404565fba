"""Start of operation."""

from django.apps import AppConfig


class OperationConfig(AppConfig):
    """Operation's entry in INSTALLED_APPS."""

    name = "akademie.operation"
    verbose_name = "Betrieb"
