"""The frame of every page: header and footer, built once per process and kept until a stamp changes."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from akademie.core.contributions import frame_sources, navigation
from akademie.core.previews import PRINT
from akademie.core.stamps import Kept

PLACES = ("main", "footer", "page", "person", "office")  # of the frame; other places are read where they are
HERE = "@here@"  # stands in the kept footer where the address of the page goes
LONGEST_QUESTIONS = 400  # characters; each may take three in the link, and a server reads 8,000


class Frame:
    """What `base.html` needs: `frame.header`, `frame.footer` and the values that areas keep for the frame."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self._parts: dict[tuple[str, ...], SafeString] = {}

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name, "")

    def head(self) -> SafeString:
        """Return the first lines of the document's head: what every page loads."""
        return self._part("core/frame/head.html", "", "")

    def header(self, section: str, person: str) -> SafeString:
        """Return the header with one section marked; `person` is guest, participant or office."""
        return self._part("core/frame/header.html", section, person)

    def footer(self, path: str = "/") -> SafeString:
        """Return the footer of the page at this path, with its questions."""
        return mark_safe(self._part("core/frame/footer.html", "", "").replace(HERE, quote(path, safe="/")))

    def _part(self, template: str, section: str, person: str) -> SafeString:
        part = self._parts.get((template, section, person))
        if part is None:
            menu = [*navigation, *self["menu"]]  # the areas' links, then those that the office has added
            links = {place: [link for link in menu if link.place == place] for place in PLACES}
            context = {
                **self.values,
                "site_url": settings.SITE_URL,
                "here": HERE,
                "links": links,
                "section": section,
                "person": person,
            }
            part = self._parts[(template, section, person)] = render_to_string(template, context)
        return part


def _build() -> Frame:
    values: dict[str, Any] = {"site_name": "Kleinstadtakademie"}
    for source in frame_sources:
        values |= source.values()
    return Frame(values)


_kept: Kept[Frame] | None = None


def current() -> Frame:
    """Return the frame that belongs to the present stamps."""
    global _kept
    if _kept is None:  # the sources are known once all areas are loaded
        _kept = Kept(tuple(dict.fromkeys(source.stamp for source in frame_sources)), _build)
    return _kept.get()


def person(request: HttpRequest) -> str:
    """Return which header the person gets, without asking the database about guests."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return "guest"
    return "office" if user.is_office else "participant"


def place(request: HttpRequest) -> str:
    """Return the address of a page for the links that take it along; without its questions where these are too long."""
    questions = request.META.get("QUERY_STRING", "")
    return f"{request.path}?{questions}" if 0 < len(questions) <= LONGEST_QUESTIONS else request.path


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` in every template, and what some views or Wagtail say about a page.

    A template that looked for these where they mostly are not would take as long as a query.
    """
    return {
        "frame": current(),
        "frame_notice": getattr(request, "frame_notice", None),
        "json_ld": "",
        "around": getattr(request, "around", None),
        "on_paper": getattr(request, "preview_mode", "") == PRINT,
    }
