"""A file goes with the answer that it belongs to."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from akademie.questionnaires.models import Answer
from akademie.questionnaires.uploads import drop


@receiver(post_delete, sender=Answer)
def drop_file(instance: Answer, **_: Any) -> None:
    """Delete the file of an answer that is gone."""
    if instance.file:
        drop(str(instance.file.name))
