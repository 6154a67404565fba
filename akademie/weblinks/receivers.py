"""What the link check listens to: a copy that goes takes its file along; what was mended by hand leaves the list."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published, published

from akademie.core import stamps
from akademie.weblinks import checking
from akademie.weblinks.archiving import STAMP
from akademie.weblinks.models import ArchivedCopy, State, WebLinkUse
from akademie.weblinks.sources import sources


@receiver(post_delete, sender=ArchivedCopy, dispatch_uid="weblinks: files of copies")
def delete_file(sender: Any, instance: ArchivedCopy, **kwargs: Any) -> None:
    """Delete the file once the row is surely gone."""
    stamps.bump(STAMP)
    file = instance.file
    if name := file.name:
        transaction.on_commit(lambda: file.storage.delete(name))


@receiver([page_published, published], dispatch_uid="weblinks: published")
def look_again(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Look at once what links are in something that is published anew, if one of them was on the office's list."""
    transaction.on_commit(partial(_look_again, instance))


def _look_again(instance: Any) -> None:
    on_the_list = (State.BROKEN, State.MOVED, State.UNCLEAR, State.FAILING)
    uses = WebLinkUse.objects.filter(object_pk=str(instance.pk), link__state__in=on_the_list)
    kinds = [source.key for source in sources() if isinstance(instance, source.model)]
    if uses.filter(kind__in=kinds).exists():
        checking.collect_these.enqueue({kind: [str(instance.pk)] for kind in kinds})
