"""What easy listens to: a film goes with its video."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from akademie.easy.models import SignVideo, drop_film


@receiver(post_delete, sender=SignVideo)
def take_the_film_too(sender: Any, instance: SignVideo, **kwargs: Any) -> None:
    """A video was deleted."""
    drop_film(str(instance.film.name))
