"""Freezing a version: from then on its questions stay as they are."""

from django.db import transaction
from django.utils import timezone

from akademie.core.actions import NotPossible
from akademie.questionnaires.models import Version

NO_QUESTIONS = "Der Fragebogen hat noch keine Frage. Bitte legen Sie zuerst eine an."


@transaction.atomic
def freeze(version: Version) -> Version:
    """Fix the questions of a version, because people are asked them now. Repeatable.

    NotPossible for a version without questions.
    """
    locked = Version.objects.select_for_update().get(pk=version.pk)
    if locked.frozen_at is None:
        if not locked.questions.exists():
            raise NotPossible(NO_QUESTIONS)
        locked.frozen_at = timezone.now()
        locked.save(update_fields=["frozen_at"])
    version.frozen_at = locked.frozen_at
    return locked
