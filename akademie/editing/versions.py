"""Versions of a text: what makes two of them the same, and how exactly one of them looks in public."""

import hashlib
import json
import re
from contextlib import suppress
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Revision

# What Wagtail notes about a page or record beside what editors write. When something appears is no part of its text.
BESIDE_THE_TEXT = {
    "pk", "path", "depth", "numchild", "translation_key", "locale", "live", "has_unpublished_changes",
    "first_published_at", "last_published_at", "live_revision", "latest_revision", "latest_revision_created_at",
    "go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by", "content_type", "url_path", "owner",
    "draft_title", "alias_of", "show_in_menus", "wagtail_admin_comments",
}  # fmt: skip

BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')  # the editor gives one to each paragraph that it has opened


def content_of(revision: Revision) -> dict[str, Any]:
    """Return what a revision holds, as the database gives it back."""
    content: dict[str, Any] = json.loads(json.dumps(revision.content, cls=DjangoJSONEncoder))
    return content


def fingerprint(model: type[Model], content: dict[str, Any]) -> str:
    """Return a hash of what editors have written. The same text saved again, or published, has the same one."""
    made = {field.name for field in model._meta.concrete_fields if not field.editable}  # from other fields, by code
    text = {
        name: sorted(value) if _is_choice(value) else _plain(value)
        for name, value in content.items()
        if name not in BESIDE_THE_TEXT | made
    }
    return hashlib.sha256(json.dumps(text, sort_keys=True).encode()).hexdigest()


def _is_choice(value: Any) -> bool:
    """Whether these are the keys of chosen things, which come in any order."""
    return isinstance(value, list) and all(isinstance(one, int) for one in value)


def _plain(value: Any) -> Any:
    """Return a value without the keys that rows and blocks get when they are saved."""
    if isinstance(value, str) and value.startswith("[{"):  # the blocks of a page
        with suppress(ValueError):
            value = json.loads(value)
    if isinstance(value, str):
        return BLOCK_KEY.sub("", value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        is_block = {"type", "value"} <= value.keys()
        return {key: _plain(one) for key, one in value.items() if key != ("id" if is_block else "pk")}
    return value


def newest(thing: Any, by: Any) -> Revision:
    """Return the newest version; of what was published without one, one is made that says the same."""
    return thing.get_latest_revision() or thing.save_revision(user=by, changed=False, clean=False)


def drawn(request: HttpRequest, thing: Any, around: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Return the public page of this version itself, in its own template, with what `around` says above and below.

    `around` has the templates `above` and `below`, which find it as `request.around` (see `core/base.html`).
    """
    request.around = around  # type: ignore[attr-defined]
    mode = thing.default_preview_mode
    template, context = thing.get_preview_template(request, mode), thing.get_preview_context(request, mode)
    answer = render(request, template, context, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
