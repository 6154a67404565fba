"""Start of questionnaires."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """Questionnaires' entry in INSTALLED_APPS."""

    name = "akademie.questionnaires"
    verbose_name = "Fragebögen"

    def ready(self) -> None:
        """Take files away with their answers."""
        from akademie.questionnaires import receivers  # noqa: F401
