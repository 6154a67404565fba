"""Things of ours on other websites: what is shown of them there, and by which code.

An area gives an `Embeddable` in its `contributions.py`; explanation, frame, script-free copy and oEmbed follow from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from akademie.core import frame
from akademie.core.contributions.points import ContributionPoint
from akademie.core.open_data import DL_BY, Licence, absolute

WIDTH = 600  # pixels of a frame whose host says nothing else
HEIGHT = 640  # a longer text scrolls inside


@dataclass(frozen=True)
class EmbeddedPart:
    """A heading with a text or a list below it."""

    heading: str
    text: str = ""
    items: tuple[str, ...] = ()
    in_order: bool = False


@dataclass(frozen=True)
class Embedded:
    """What others show of one thing."""

    title: str
    path: str  # of its own page
    label: str  # "Format · Lernen"
    summary: str
    figures: tuple[tuple[str, str], ...]
    parts: tuple[EmbeddedPart, ...]
    as_of: str  # day of the last change
    licence: Licence = DL_BY

    @property
    def url(self) -> str:
        """The address of its own page, as others write it."""
        return absolute(self.path)


@dataclass(frozen=True, kw_only=True)
class Embeddable:
    """A kind of public thing that others may embed. `find` takes its slug and returns None for what nobody may see."""

    key: str  # the first word of its addresses: /formate/<slug>/
    title: str  # "Formate"
    find: Callable[[str], Embedded | None]
    order: int = 50


embeddables = ContributionPoint("embeddables", Embeddable)


def found(kind: str, slug: str) -> Embedded | None:
    """Return what can be embedded under this name, or None."""
    one = embeddables.get(kind)
    return one.find(slug) if one else None


def at_address(url: str) -> tuple[str, str] | None:
    """Return kind and slug of an address of this site, of a page or of its frame; None for every other address."""
    try:
        asked = urlsplit(url)
    except ValueError:
        return None
    if f"{asked.scheme}://{asked.netloc}" != settings.SITE_URL:
        return None
    words = asked.path.strip("/").split("/")
    words = words[1:] if words[0] == "einbetten" else words
    return (words[0], words[1]) if len(words) == 2 and embeddables.get(words[0]) else None


def iframe(kind: str, slug: str, title: str, width: int = WIDTH, height: int = HEIGHT) -> SafeString:
    """Return the code of the frame, without style or script."""
    return format_html(
        '<iframe src="{}" title="{} – {}" width="{}" height="{}" loading="lazy"></iframe>',
        absolute(f"/einbetten/{kind}/{slug}/"), title, frame.current()["site_name"], width, height,
    )  # fmt: skip


def oembed_address(path: str, form: str = "json") -> str:
    """Return where programs ask how to embed the page at this path."""
    return f"{absolute('/oembed/')}?format={form}&url={quote(absolute(path), safe='')}"
