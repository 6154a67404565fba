"""Start of exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Exchange's entry in INSTALLED_APPS."""

    name = "akademie.exchange"
    verbose_name = "Austausch"
