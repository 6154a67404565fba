"""The log, for the Leitung: who did what. There is no way to change it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from akademie.core.access import requires
from akademie.core.documents import csv_lines
from akademie.privacy.forms import LogFilterForm
from akademie.privacy.queries import log

PER_PAGE = 50


@requires("privacy.read_log")
@never_cache
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Show the log, newest first, narrowed by person, thing, kind of thing and time."""
    form = LogFilterForm(request.GET or None, kinds=log.kinds())
    asked = _asked(form)
    listing: Any = log.Listing(asked)  # has what a paginator asks for, without being a list
    page = Paginator(listing, PER_PAGE).get_page(request.GET.get("seite"))
    query = request.GET.copy()
    query.pop("seite", None)
    context = {"form": form, "page": page, "query": query.urlencode(), "narrowed": _in_words(form, list(page))}
    return render(request, "privacy/office/log.html", context)


@requires("privacy.read_log")
@never_cache
@require_safe
def file(request: HttpRequest) -> StreamingHttpResponse:
    """Hand out the same choice as a table, however long it is."""
    form = LogFilterForm(request.GET or None, kinds=log.kinds())
    rows = (
        [f"{timezone.localtime(line.at):%d.%m.%Y %H:%M:%S}", line.who, line.what, line.kind, line.label, line.action]
        for line in log.Listing(_asked(form), folded=False).every(whose=True)
    )
    head = ["Zeitpunkt", "Wer", "Was geschah", "Art", "Bezeichnung", "Schlüssel"]
    answer = StreamingHttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="protokoll.csv"'
    return answer


def _asked(form: LogFilterForm) -> log.Asked:
    """Return what is understood of the filter."""
    form.is_valid()
    given = getattr(form, "cleaned_data", {})
    return log.Asked(
        person=given.get("person") or "", kind=given.get("art") or "", first=given.get("von"), last=given.get("bis"),
        thing=given.get("ding") or "", text=given.get("text") or "",
    )  # fmt: skip


def _in_words(form: LogFilterForm, shown: list[log.Line]) -> list[str]:
    """Return how the log is narrowed, a part for each field; nothing for the whole log."""
    given = getattr(form, "cleaned_data", {})
    words = {
        "person": given.get("person"),
        "text": f"„{given.get('text')}“",
        "ding": shown[0].named if shown else "einen Vorgang ohne Eintrag",
        "art": dict(form.fields["art"].choices).get(given.get("art")),  # type: ignore[attr-defined]
        "von": f"ab {date_format(given['von'])}" if given.get("von") else "",
        "bis": f"bis {date_format(given['bis'])}" if given.get("bis") else "",
    }
    return [str(word) for name, word in words.items() if given.get(name)]
