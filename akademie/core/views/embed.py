"""Things of ours on other websites: how to do it, the framed page, the script-free copy, oEmbed.

The framed page and the copy ask for no cookie, set none and look at no session: they are the same for everyone.
"""

from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page, require_safe

from akademie.core import embedding, frame
from akademie.core.access import public
from akademie.core.open_data import absolute

SECONDS = 300  # so long others may show what they have got before they ask again
# Every website may frame it; it loads its style sheet and its icon, nothing else.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
LARGEST = 10_000  # pixels that a host may ask for


@public
@require_safe
def how(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Explain how to embed one thing, with the code to copy and a preview."""
    embedded = embedding.found(kind, slug)
    if embedded is None:
        raise Http404("Das lässt sich nicht einbetten.")
    context = {
        "section": kind,
        "trail": [(embedding.embeddables.get(kind).title, f"/{kind}/"), (embedded.title, embedded.path)],  # type: ignore[union-attr]
        "embedded": embedded,
        "kind": kind,
        "slug": slug,
        "width": embedding.WIDTH,
        "height": embedding.HEIGHT,
        "iframe": embedding.iframe(kind, slug, embedded.title),
        "copy": _body(embedded, level=2),
        "oembed_url": absolute("/oembed/"),
    }
    return render(request, "core/embed/how.html", context)


def _body(embedded: embedding.Embedded, level: int, *, apart: bool = False) -> str:
    context = {"embedded": embedded, "level": level, "below": level + 1, "apart": apart, "site_name": _site_name()}
    lines = (line.strip() for line in render_to_string("core/embed/body.html", context).splitlines())
    return "\n".join(filter(None, lines))


def _site_name() -> str:
    return str(frame.current()["site_name"])


def _page(template: str, kind: str, slug: str, *, apart: bool) -> HttpResponse:
    embedded = embedding.found(kind, slug)
    body = _body(embedded, level=1, apart=apart) if embedded else ""
    context = {"embedded": embedded, "body": body, "site_name": _site_name(), "home": absolute("/")}
    response = HttpResponse(render_to_string(template, context), status=200 if embedded else 404)
    response["Content-Security-Policy"] = POLICY
    return response


@public
@require_safe
@xframe_options_exempt
@cache_control(public=True, max_age=SECONDS)
@conditional_page
def framed(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Show one thing in the frame of another website; what is gone says so there."""
    return _page("core/embed/frame.html", kind, slug, apart=True)


@public
@require_safe
@xframe_options_exempt
@cache_control(public=True, max_age=SECONDS)
@conditional_page
def script_free(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Answer the same as plain HTML without style or script, for pages that fetch it and show it as their own."""
    return _page("core/embed/copy.html", kind, slug, apart=False)


@public
@require_safe
@cache_control(public=True, max_age=SECONDS)
def oembed(request: HttpRequest) -> HttpResponse:
    """Tell programs how to embed the page at `url` (oEmbed 1.0, type rich).

    404 for what is not ours or not there, 501 for a format that we do not speak, 400 for sizes that are none.
    """
    plain = partial(HttpResponse, content_type="text/plain; charset=utf-8")
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return plain("Es gibt nur format=json und format=xml.", status=501)
    named = embedding.at_address(request.GET.get("url", ""))
    embedded = embedding.found(*named) if named else None
    if named is None or embedded is None:
        return plain("Unter dieser Adresse gibt es hier nichts einzubetten.", status=404)
    try:
        width, height = _size(request, "maxwidth", embedding.WIDTH), _size(request, "maxheight", embedding.HEIGHT)
    except ValueError:
        return plain("maxwidth und maxheight sind ganze Zahlen von 1 bis 10000.", status=400)
    told: dict[str, Any] = {
        "version": "1.0", "type": "rich", "title": embedded.title,
        "provider_name": _site_name(), "provider_url": absolute("/"), "cache_age": SECONDS,
        "html": str(embedding.iframe(*named, embedded.title, width, height)), "width": width, "height": height,
    }  # fmt: skip
    response = JsonResponse(told) if form == "json" else _as_xml(told)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _size(request: HttpRequest, name: str, usual: int) -> int:
    asked = request.GET.get(name)
    if asked is None:
        return usual
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6 and 0 < int(asked) <= LARGEST):
        raise ValueError(name)
    return min(int(asked), usual)


def _as_xml(told: dict[str, Any]) -> HttpResponse:
    lines = "".join(f"<{key}>{escape(str(value))}</{key}>" for key, value in told.items())
    text = f'<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed>{lines}</oembed>'
    return HttpResponse(text, content_type="text/xml; charset=utf-8")
