"""`{% silhouette town %}`: a town's own small skyline."""

from django import template
from django.utils.safestring import SafeString

from akademie.towns.silhouette import Drawable
from akademie.towns.silhouette import silhouette as draw

register = template.Library()


@register.simple_tag
def silhouette(town: Drawable, activity: int = 0) -> SafeString:
    """Return the silhouette; decorative, so the name must stand beside it."""
    return draw(town, activity)
