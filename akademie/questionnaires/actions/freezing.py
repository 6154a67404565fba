"""Freezing a version: from then on its questions stay as they are."""

from django.db import transaction
from django.utils import timezone

from akademie.core.actions import NotPossible
from akademie.questionnaires.models import MOST_CELLS, Kind, Version

TOO_MANY_CELLS = (
    f"Die Tabellen haben zusammen mehr als {MOST_CELLS:,} Felder. Bitte streichen Sie Zeilen oder Spalten."
).replace(",", ".")
NO_QUESTIONS = "Der Fragebogen hat noch keine Frage. Bitte legen Sie zuerst eine an."


@transaction.atomic
def freeze(version: Version) -> Version:
    """Fix the questions of a version, because people are asked them now. Repeatable.

    NotPossible for a version without questions.
    """
    locked = Version.objects.select_for_update().get(pk=version.pk)
    if locked.frozen_at is None:
        questions = list(locked.questions.all())
        if not questions:
            raise NotPossible(NO_QUESTIONS)
        if sum(len(one.columns) * len(one.lines) for one in questions if one.kind == Kind.TABLE) > MOST_CELLS:
            raise NotPossible(TOO_MANY_CELLS)
        locked.frozen_at = timezone.now()
        locked.save(update_fields=["frozen_at"])
    version.frozen_at = locked.frozen_at
    return locked
