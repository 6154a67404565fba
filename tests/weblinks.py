"""What tests of the link check share: a web server of somebody else, and looking at everything."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import pytest

from akademie.core import fetch
from akademie.core.tests.web import WebServer, client, serving
from akademie.weblinks import checking, collecting
from akademie.weblinks.models import WebLink


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """A server to which links lead; it answers what a test puts into its answers, and 404 otherwise."""
    with serving({}) as running:
        monkeypatch.setattr(fetch, "_client", client(running))
        monkeypatch.setattr(checking, "PAUSE", 0.0)
        yield running


def look_everywhere() -> None:
    """Look where links stand, and check those that are due."""
    checking.collect_and_check.func()


def checked(address: str) -> WebLink:
    """Return the link with this address."""
    return WebLink.objects.get(url=address)


def places() -> set[tuple[str, str, str]]:
    """Return address, title of the place and field of everything that is noted, looking anew."""
    collecting.collect()
    return set(WebLink.objects.values_list("url", "uses__title", "uses__field"))


def rich(*links: str, text: str = "hier") -> list[dict[str, Any]]:
    """Return the content of a page: a paragraph with these links."""
    return [{"type": "paragraph", "value": "".join(f'<p><a href="{escape(url)}">{text}</a></p>' for url in links)}]
