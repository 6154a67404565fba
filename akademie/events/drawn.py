"""An event in a list, drawn in Python: as a template, twenty of them cost more than the rest of the page."""

from html import escape

from django.utils.safestring import SafeString, mark_safe

from akademie.core.drawing import link_html
from akademie.events.queries import Row


def row_html(row: Row) -> SafeString:
    """Return an event with its calendar leaf."""
    weekday, day, month = row.leaf
    state = "<strong>Abgesagt:</strong> " if row.is_cancelled else "Vorbei: " if row.is_over else ""
    places = f"; {row.capacity} Plätze" if row.capacity else ""
    return mark_safe(
        f'<article class="ak-event{" ak-event--off" if row.is_cancelled else ""}">'
        f'<p class="ak-leaf" aria-hidden="true"><span>{weekday[:2]}</span> <b>{day}</b> <span>{month[:3]}</span></p>'
        f'<div><h3>{link_html(row.url, row.title)}</h3><p class="ak-event__when">{state}{row.when}</p>'
        f'<p class="ak-note">{escape(f"{row.kind}, {row.where}; {row.host}")}{places}</p>'
        f"{f'<p>{escape(row.summary)}</p>' if row.summary else ''}</div></article>"
    )
