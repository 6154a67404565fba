"""Templates and checklist of a format for everyone: to read, to copy, to print, to take along."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core import documents, docx, frame
from akademie.core.access import public
from akademie.formats import queries, starters, texts
from akademie.formats.models import FormatProfile
from akademie.formats.texts import Text

SECTION = "formate"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _found(slug: str) -> FormatProfile:
    found = queries.published(slug)
    if found is None:
        raise Http404(f"Das Format „{slug[:60]}“ gibt es nicht.")
    return found


def _around(found: FormatProfile) -> dict[str, Any]:
    trail = [("Formate", "/formate/"), (found.name, found.get_absolute_url())]
    return {"section": SECTION, "trail": trail, "profile": found}


@public
@require_safe
def templates(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the templates with their gaps, or filled: with the next real date of this format, else with an example."""
    found = _found(slug)
    lineage = queries.lineage(found)
    is_filled = "beispiel" in request.GET
    starter = starters.starter_of(lineage) if is_filled else None
    real = starter.example(found) if starter else None
    values = (real or texts.EXAMPLES) if is_filled else {}
    context = _around(found) | {
        "texts": texts.all_texts(found, values, lineage=lineage),
        "placeholders": list(texts.PLACEHOLDERS.values()),
        "is_filled": is_filled,
        "is_example": is_filled and real is None,
        "code": documents.page_code(f"/formate/{slug}/vorlagen/"),
    }
    return render(request, "formats/public/templates.html", context)


def _text(slug: str, kind: str) -> Text:
    found = _found(slug)
    all_of_it = texts.all_texts(found, {}, lineage=queries.lineage(found))
    text = next((one for one in all_of_it if one.kind == kind), None)
    if text is None:
        raise Http404(f"Die Vorlage „{kind[:40]}“ gibt es nicht.")
    return text


@public
@require_safe
def template_txt(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Answer a template as plain text, as editors of all systems read it."""
    text = _text(slug, kind)
    lines = f"{text.subject}\n\n{text.body}\n" if text.subject else f"{text.body}\n"
    response = HttpResponse(lines.replace("\n", "\r\n"), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}-{slug}.txt"'
    return response


@public
@require_safe
def template_docx(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Answer a template as a Word file to go on writing in."""
    text = _text(slug, kind)
    context = {"text": text, "lines": text.body.split("\n")}
    content = docx.docx(
        "formats/docx/template.xml", context, title=text.subject or text.label, size=11,
        author=str(frame.current()["site_name"]),
    )  # fmt: skip
    response = HttpResponse(content, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{kind}-{slug}.docx"'
    return response


@public
@require_safe
def checklist(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the checklist on a page of its own, to print and to tick."""
    found = _found(slug)
    context = _around(found) | {
        "checklist": queries.checklist_in_words(found),
        "code": documents.page_code(f"/formate/{slug}/checkliste/"),
    }
    return render(request, "formats/public/checklist.html", context)
