"""Components of the pages: what each takes, what it refuses. The gallery at /bausteine/ shows them all.

A component is one template in `templates/ui/`, or a function where a list draws twenty of them (the index card).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Component:
    """What a component needs (`required`), may get (`optional` with its value otherwise), and whether it has a body."""

    required: tuple[str, ...] = ()
    optional: dict[str, Any] = field(default_factory=dict)
    slots: tuple[str, ...] = ()
    body: bool = False
    draw: Callable[..., SafeString] | None = None


def figures_html(figures: Iterable[tuple[str, str]]) -> SafeString:
    """Return label and value pairs as a list of figures."""
    rows = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", figures)
    return format_html('<dl class="ak-figures">{}</dl>', rows) if rows else mark_safe("")


def card_html(
    heading: str, url: str, text: str = "", tab: str = "", figures: Iterable[tuple[str, str]] = (), level: int = 3
) -> SafeString:
    """Return an index card: tab, heading as a link, one sentence, up to four figures."""
    return format_html(
        '<article class="ak-card">{}<h{}><a href="{}">{}</a></h{}>{}{}</article>',
        format_html('<p class="ak-card__tab">{}</p>', tab) if tab else "",
        level,
        url,
        heading,
        level,
        format_html("<p>{}</p>", text) if text else "",
        figures_html(figures),
    )


COMPONENTS: dict[str, Component] = {
    "alert": Component(optional={"kind": "info", "title": ""}, body=True),
    "badge": Component(("text",)),
    "breadcrumb": Component(("here",), {"trail": ()}),  # trail: pairs of title and address, without the start page
    "button": Component(("text",), {"url": "", "kind": "primary"}),  # without an address it sends its form
    "card": Component(("heading", "url"), {"text": "", "tab": "", "figures": (), "level": 3}, draw=card_html),
    "chart": Component(("chart",)),
    "details": Component(("summary",), {"open": False}, body=True),
    "empty": Component(("heading",), body=True),
    "facets": Component(("selection", "url"), {"orders": (), "keep": ()}),  # keep: pairs of further parameters
    "figures": Component(("figures",), draw=figures_html),
    "list_notes": Component(("selection",)),
    "map": Component(("map",)),
    "pagination": Component(("selection",)),
    "search": Component(
        ("action", "label"), {"value": "", "name": "q", "button": "Suchen", "placeholder": "", "hint": ""}
    ),
    "sign": Component(optional={"heading": ""}, slots=("action",), body=True),
    "steps": Component(("steps",)),  # pairs of title and what stands at the end of the line
    "table": Component(("caption",), body=True),
}
