"""What the link check listens to: a copy that goes takes its file along."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from akademie.core import stamps
from akademie.weblinks.archiving import STAMP
from akademie.weblinks.models import ArchivedCopy


@receiver(post_delete, sender=ArchivedCopy, dispatch_uid="weblinks: files of copies")
def delete_file(sender: Any, instance: ArchivedCopy, **kwargs: Any) -> None:
    """Delete the file once the row is surely gone."""
    stamps.bump(STAMP)
    file = instance.file
    if name := file.name:
        transaction.on_commit(lambda: file.storage.delete(name))
