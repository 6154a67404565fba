"""Start of topics."""

from django.apps import AppConfig


class TopicsConfig(AppConfig):
    """Topics's entry in INSTALLED_APPS."""

    name = "akademie.topics"
    verbose_name = "Themen"
