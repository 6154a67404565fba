"""Parts of a record's page drawn in Python: a template with as many conditions costs half of such a page."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

UNKNOWN = mark_safe('<span class="ak-unknown">nicht dokumentiert</span>')
BREAK = mark_safe("<br>")
Fact = tuple[str, object]


def lines_html(lines: Iterable[object], otherwise: SafeString = UNKNOWN) -> SafeString:
    """Return values below each other, or what stands there when there are none."""
    return format_html_join(BREAK, "{}", ((line,) for line in lines)) or otherwise


def link_html(url: str, text: str) -> SafeString:
    """Return a link."""
    return format_html('<a href="{}">{}</a>', url, text)


def outside_link_html(url: str, text: str) -> SafeString:
    """Return a link that leads to another site; nothing is loaded from there."""
    return format_html('<a href="{}" rel="external">{}</a>', url, text)


def facts_html(facts: Iterable[Fact]) -> SafeString:
    """Return label and value pairs for a description list; an empty value is unknown."""
    return format_html_join("", "<dt>{}</dt><dd>{}</dd>", ((label, value or UNKNOWN) for label, value in facts))


def topics_html(topics: Iterable[tuple[str, str]]) -> SafeString:
    """Return slugs and names of topics as links."""
    links = (link_html(f"/themen/{slug}/", name) for slug, name in topics)
    return lines_html(links, mark_safe("noch keinem Thema zugeordnet"))


def keywords_html(keywords: list[str]) -> SafeString:
    """Return our own keywords as a fact that is not printed; nothing without keywords."""
    if not keywords:
        return mark_safe("")
    return format_html(
        '<dt class="ak-no-print">Stichwörter (von uns)</dt><dd class="ak-no-print">{}</dd>', ", ".join(keywords)
    )


def related_html(related: Iterable[tuple[str, str, str]]) -> SafeString:
    """Return address, title and reason of others as a list; nothing when there are none."""
    rows = format_html_join("", '<li><a href="{}">{}</a> <span class="ak-note">{}</span></li>', related)
    return format_html('<ul class="ak-related">{}</ul>', rows) if rows else rows


def meta_html(tags: Iterable[tuple[str, str]]) -> SafeString:
    """Return tags of the page's head."""
    return format_html_join("", '<meta name="{}" content="{}">', tags)
