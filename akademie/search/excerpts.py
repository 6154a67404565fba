"""What is shown of a hit: the passage that answers, and honestly what it is where there is none."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from akademie.core.contributions import PublicEntry
from akademie.search.engine import Plan, answers, highlight_html

WHOLE_TITLE = 1_000  # characters: longer than any title
NO_SUMMARY = "Eine Zusammenfassung ist nicht dokumentiert."


def excerpt_html(entry: PublicEntry, plan: Plan) -> SafeString:
    """Return the passage that answers: of the summary or, when neither it nor the title does, of the rest.

    Our own keywords are no passage, so they are called what they are. Without a summary it says what is known instead.
    """
    summary = summary_html(entry, plan)
    if "<mark>" in summary or answers(entry.title, plan):
        return summary
    for line in entry.text.split("\n"):
        if "<mark>" in (passage := _marked(line, plan)):
            return passage
    if "<mark>" in (keywords := _marked(entry.keywords.replace("\n", ", "), plan)):
        return format_html("Stichwörter: {}", keywords)
    return summary


def summary_html(entry: PublicEntry, plan: Plan) -> SafeString:
    """Return the passage of the summary that answers, else its beginning; without one, what is known instead."""
    if entry.summary or entry.details is None:
        return _marked(entry.summary, plan)
    return format_html("{}. {}", entry.details.rstrip("."), NO_SUMMARY) if entry.details else SafeString(NO_SUMMARY)


def title_html(entry: PublicEntry, plan: Plan) -> SafeString:
    """Return the title with what answers marked."""
    return _marked(entry.title, plan, WHOLE_TITLE)


def _marked(text: str, plan: Plan, window: int | None = None) -> SafeString:
    excerpt = highlight_html(text, plan, window) if window else highlight_html(text, plan)
    return mark_safe(excerpt)
