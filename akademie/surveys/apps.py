"""Start of surveys."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Surveys' entry in INSTALLED_APPS."""

    name = "akademie.surveys"
    verbose_name = "Befragungen"
