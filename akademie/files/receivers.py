"""What files listens to: the end of a picture or a document."""

from typing import Any

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from wagtail.models import ReferenceIndex

from akademie.files.models import AcademyDocument, AcademyImage
from akademie.files.signals import file_changed


@receiver(pre_delete, sender=AcademyImage)
@receiver(pre_delete, sender=AcademyDocument)
def note_whether_used(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Keep what Wagtail is about to forget. Of a file that nothing shows, nobody needs to hear."""
    instance.was_used = ReferenceIndex.get_references_to(instance).exists()


@receiver(post_delete, sender=AcademyImage)
@receiver(post_delete, sender=AcademyDocument)
def tell_of_the_end(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Tell the floors above, so that no page shows what is gone."""
    if instance.was_used:
        file_changed.send(sender=sender, instance=instance)
