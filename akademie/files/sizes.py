"""In which sizes and formats pages show a picture, and what of it nobody else gets to see.

A picture stands at most 828 pixels wide (46rem of our 18 pixels): 480 serves phones, 960 the usual screen, 1440 the
fine one. AVIF is about a third smaller than WebP, which is for browsers of before 2022; JPEG in one size is for all
others.
"""

from typing import Any

from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import Filter

WIDTHS = (480, 960, 1440)
SOURCES = ("avif", "webp")
FALLBACK, FALLBACK_WIDTH = "jpeg", 960
# Place, time and device; what editing programs have noted; remarks of any kind.
NOTES = ("exif", "xmp", "comment", "photoshop", "Raw profile type exif", "XML:com.adobe.xmp")


def wanted(width: int) -> dict[str, list[str]]:
    """Return what to make of a picture of this width, by format: no two of the same size, as nothing is enlarged."""
    widths = [step for place, step in enumerate(WIDTHS) if place == 0 or WIDTHS[place - 1] < width]
    return {
        **{name: [f"width-{step}|format-{name}" for step in widths] for name in SOURCES},
        FALLBACK: [f"width-{FALLBACK_WIDTH}|format-{FALLBACK}"],
    }


class _ForgetNotes(FilterOperation):
    """Drops what a file says besides its picture: Willow would write it into every size."""

    def construct(self) -> None:
        """Nothing to set."""

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> Any:
        for note in NOTES:
            willow.image.info.pop(note, None)
        return willow


class PublicFilter(Filter):
    """Wagtail's way to make a size of a picture, for files that everyone may have."""

    @property
    def filter_operations(self) -> list[FilterOperation]:
        """What is done after the picture has its size; its notes are needed before, to turn it upright."""
        return [*super().filter_operations, _ForgetNotes("forget")]
