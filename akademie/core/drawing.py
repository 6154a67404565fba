"""Parts of a record's page drawn in Python: a template with as many conditions costs half of such a page."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

UNKNOWN = mark_safe('<span class="ak-unknown">nicht dokumentiert</span>')
Fact = tuple[str, object]


def text_html(value: object) -> str:
    """Return a text ready for a page; what is HTML already stays. Several times as fast as Django's way to ask."""
    return value if isinstance(value, SafeString) else escape(str(value))


@lru_cache(maxsize=400)
def in_words(day: date) -> str:
    """Return a day as pages write it: 3. März 2027."""
    return date_format(day, "j. F Y")


def lines_html(lines: Iterable[object], otherwise: SafeString = UNKNOWN) -> SafeString:
    """Return values below each other, or what stands there when there are none."""
    return mark_safe("<br>".join([text_html(line) for line in lines])) or otherwise


def link_html(url: str, text: str) -> SafeString:
    """Return a link."""
    return mark_safe(f'<a href="{escape(url)}">{escape(text)}</a>')


def outside_link_html(url: str, text: str) -> SafeString:
    """Return a link that leads to another site; nothing is loaded from there."""
    return mark_safe(f'<a href="{escape(url)}" rel="external">{escape(text)}</a>')


def facts_html(facts: Iterable[Fact]) -> SafeString:
    """Return label and value pairs for a description list; an empty value is unknown."""
    return mark_safe("".join([f"<dt>{label}</dt><dd>{text_html(value or UNKNOWN)}</dd>" for label, value in facts]))


def keywords_html(keywords: list[str]) -> SafeString:
    """Return our own keywords as a fact that is not printed; nothing without keywords."""
    if not keywords:
        return mark_safe("")
    words = escape(", ".join(keywords))
    return mark_safe(f'<dt class="ak-no-print">Stichwörter (von uns)</dt><dd class="ak-no-print">{words}</dd>')


def related_html(related: Iterable[tuple[str, str, str]]) -> SafeString:
    """Return address, title and reason of others as a list; nothing when there are none."""
    rows = [
        f'<li><a href="{escape(url)}">{escape(title)}</a> <span class="ak-note">{escape(reason)}</span></li>'
        for url, title, reason in related
    ]
    return mark_safe(f'<ul class="ak-related">{"".join(rows)}</ul>' if rows else "")


def meta_html(tags: Iterable[tuple[str, str]]) -> SafeString:
    """Return tags of the page's head."""
    return mark_safe("".join([f'<meta name="{name}" content="{escape(content)}">' for name, content in tags]))
