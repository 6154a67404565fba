"""Whoever is too quick for a form, or leaves it open too long, loses no word and presses once more. Without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from pytest_django.live_server_helper import LiveServer

from akademie.core.forms import TOO_FAST, TOO_OLD
from akademie.exchange.models import HelpRequest
from tests.browser import Site, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WORDS = "Wer hat Erfahrung mit einem Rufbus für „kleine“ Dörfer? Danke & Grüße"
ADDRESS = "anna@stadt.example"
FRIDAY = datetime(2027, 1, 8, 15, tzinfo=UTC)


@pytest.fixture
def site(live_server: LiveServer, settings: Any, tmp_path: Any) -> Site:
    """The site of this process, whose clock the test can move, with the trap set."""
    settings.SITE_URL, settings.DATA_DIR, settings.FORM_SECONDS = live_server.url, tmp_path, 2
    return Site(live_server.url, tmp_path)


def typed(visit: Visit) -> list[str]:
    """Return what stands in the form."""
    labels = ("Was möchten Sie wissen?", "Ihre E-Mail-Adresse")
    return [visit.page.get_by_label(label).input_value() for label in labels]


def send(visit: Visit) -> str:
    """Press the button, and return what the next page says."""
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name="Frage abschicken").click()
    return visit.page.locator("main").inner_text()


def type_all(visit: Visit, words: str) -> None:
    visit.go("/austausch/frage/")
    visit.page.get_by_label("Was möchten Sie wissen?").fill(words)
    visit.page.get_by_label("Ihre E-Mail-Adresse").fill(ADDRESS)


def test_no_word_is_lost(visiting: Callable[..., Visit], site: Site) -> None:
    visit = visiting(script=False, width=320)
    with time_machine.travel(FRIDAY, tick=False) as clock:
        type_all(visit, WORDS)
        assert TOO_FAST in send(visit)
        assert (typed(visit), HelpRequest.objects.count()) == ([WORDS, ADDRESS], 0)
        clock.shift(timedelta(seconds=3))
        assert TOO_FAST not in send(visit)
        assert HelpRequest.objects.get().question == WORDS

        type_all(visit, "Eine Frage, die über das Wochenende offen liegt?")
        clock.shift(timedelta(days=3))
        send(visit)
        assert HelpRequest.objects.count() == 2

        again = f"{WORDS} Und was kostet er?"
        type_all(visit, again)
        clock.shift(timedelta(days=30))
        assert TOO_OLD in send(visit)
        assert (typed(visit), HelpRequest.objects.count(), visit.width()) == ([again, ADDRESS], 2, 320)
        send(visit)
        assert HelpRequest.objects.filter(question=again).count() == 1
    assert (visit.trouble, visit.outside) == ([], set())
