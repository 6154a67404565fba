"""Start of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts' entry in INSTALLED_APPS."""

    name = "akademie.accounts"
    verbose_name = "Konten"
