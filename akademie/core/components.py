"""Components of the pages: what each takes, what it refuses. The gallery at /bausteine/ shows them all.

A component is one template in `templates/ui/`, or a function where a list draws twenty of them (the index card).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from akademie.core.facets import FacetView, Selection


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


def progress_html(
    label: str, done: int | None = None, total: int = 100, counted: str = "", url: str = ""
) -> SafeString:
    """Return how far a long piece of work is, as a bar and in words.

    `done` of `total`; None while nobody knows how long it takes. `counted` is what follows "von 12" ("Bildern"). `url`
    is where the state is asked for again, offered until all is done; a page may reload itself besides.
    """
    finished = done is not None and done >= total
    if done is None:
        value, words = mark_safe(""), "Wie lange es dauert, wissen wir noch nicht."
    else:
        done = min(max(done, 0), total)
        value = format_html(' max="{}" value="{}"', max(total, 1), done if total else 1)
        words = "Fertig" if finished else f"{done * 100 // total} %"
        words += f", {thousands(done)} von {thousands(total)} {counted}" if counted else ""
    return format_html(
        '<div class="kern-progress ak-progress{}"><label>{} <progress{}>{}</progress></label><p>{}{}</p></div>',
        " ak-progress--done" if finished else "",
        label,
        value,
        words,
        words,
        format_html(' <a href="{}">Stand neu laden</a>', url) if url and not finished else "",
    )


def feed_link_html(title: str, url: str, query: str = "") -> SafeString:
    """Return what tells a browser that a list has a feed; `query` are the list's filters."""
    return format_html(
        '<link rel="alternate" type="application/atom+xml" title="{}" href="{}feed/{}">',
        title,
        url,
        f"?{query}" if query else "",
    )


def take_along_html(url: str, data: str, query: str = "", data_query: str | None = None) -> SafeString:
    """Return the links by which a list, as it is narrowed now, is followed and taken along.

    `data` is the key of the list's open data; `data_query` its filters where they differ from those of the page.
    """
    files = query if data_query is None else data_query
    follow, take = (f"?{text}" if text else "" for text in (query, files))
    return format_html(
        '<p class="ak-note ak-no-print">Diese Auswahl: <a href="{}feed/{}">als Feed abonnieren</a>, laden als '
        '<a href="/daten/{}.csv{}" download>CSV</a> oder <a href="/daten/{}.xlsx{}" download>Excel</a>. '
        '<a href="/daten/#{}">Mehr dazu</a></p>',
        url,
        follow,
        data,
        take,
        data,
        take,
        data,
    )


def facets_html(
    selection: Selection, url: str, orders: Iterable[tuple[str, str]] = (), keep: Iterable[tuple[str, str]] = ()
) -> SafeString:
    """Return the form that narrows a list. A function, because a template takes 2.5 ms for fifty choices.

    `orders` are pairs of value and label; `keep` are pairs of further parameters that the address keeps.
    """
    chosen = len(selection.chosen)
    facets = [facet for facet in selection.facets if facet.options]
    return format_html(
        '<form class="ak-facets" method="get" action="{}" aria-label="Liste eingrenzen">'
        '<details class="ak-facets__all"{}><summary>Liste eingrenzen{}</summary>{}{}{}'
        '<p><button class="kern-btn kern-btn--secondary" type="submit">'
        '<span class="kern-label">Liste eingrenzen</span></button></p>{}</details></form>',
        url,
        OPEN if chosen else "",
        f" ({chosen} gewählt)" if chosen else "",
        format_html_join(
            "", '<input type="hidden" name="{}" value="{}">', ((key, value) for key, value in keep if value)
        ),
        mark_safe("".join(_facet_html(facet, first=place == 0) for place, facet in enumerate(facets))),
        _orders_html(orders, selection.order),
        format_html('<p><a href="{}">Auswahl aufheben</a></p>', url) if chosen else "",
    )


OPEN, SELECTED = mark_safe(" open"), mark_safe(" selected")
LONG_FACET = 9  # more choices than that scroll inside their box


# Labels of choices are the same in every request; escaping them once takes the time of a facet down to a tenth.
_escaped = lru_cache(maxsize=4096)(escape)


def _facet_html(facet: FacetView, first: bool) -> SafeString:
    options = "".join(
        f'<label><input type="checkbox" name="{_escaped(facet.key)}" value="{_escaped(option.value)}"'
        f"{' checked' if option.chosen else ''}> {_escaped(option.label)} "
        f"<small>{thousands(option.count)}</small></label>"
        for option in facet.options
        if option.count or option.chosen
    )
    return format_html(
        '<details{}><summary>{}</summary><fieldset{}><legend class="ak-hidden">{}</legend>{}</fieldset></details>',
        OPEN if first or facet.chosen else "",
        facet.title,
        mark_safe(' class="ak-facets__more"') if len(facet.options) > LONG_FACET else "",
        facet.title,
        mark_safe(options),
    )


def _orders_html(orders: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if value == chosen else "", label) for value, label in orders),
    )
    if not options:
        return mark_safe("")
    return format_html('<p><label>Reihenfolge <select name="sortieren">{}</select></label></p>', options)


def thousands(number: int) -> str:
    """Return a whole number as German readers write it: 10.753."""
    return f"{number:,}".replace(",", ".")


COMPONENTS: dict[str, Component] = {
    "alert": Component(optional={"kind": "info", "title": ""}, body=True),
    "badge": Component(("text",)),
    # trail: pairs of title and address, without the start page; below: "office" or "own", where all of it begins
    "breadcrumb": Component(("here",), {"trail": (), "below": ""}),
    "button": Component(("text",), {"url": "", "kind": "primary"}),  # without an address it sends its form
    "card": Component(("heading", "url"), {"text": "", "tab": "", "figures": (), "level": 3}, draw=card_html),
    "chart": Component(("chart",)),
    "details": Component(("summary",), {"open": False}, body=True),
    "empty": Component(("heading",), body=True),
    "facets": Component(("selection", "url"), {"orders": (), "keep": ()}, draw=facets_html),
    "feed_link": Component(("title", "url"), {"query": ""}, draw=feed_link_html),
    "figures": Component(("figures",), draw=figures_html),
    "list_notes": Component(("selection",)),
    "map": Component(("map",)),
    "pagination": Component(("selection",)),
    "progress": Component(
        ("label",), {"done": None, "total": 100, "counted": "", "url": ""}, draw=progress_html
    ),  # without `done`: nobody knows how long it takes
    "search": Component(
        ("action", "label"), {"value": "", "name": "q", "button": "Suchen", "placeholder": "", "hint": ""}
    ),
    "sign": Component(optional={"heading": ""}, slots=("action",), body=True),
    "steps": Component(("steps",)),  # pairs of title and what stands at the end of the line
    "table": Component(("caption",), body=True),
    "take_along": Component(("url", "data"), {"query": "", "data_query": None}, draw=take_along_html),
}
