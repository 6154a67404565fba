"""What a visit weighs on the wire: compressed files as in production, headers included."""

from collections.abc import Callable

import pytest

from tests.browser import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIRST, FIRST_REQUESTS, FURTHER = 100_000, 8, 25_000  # bytes
PATHS = [
    "/wegweiser/?q=Leerstand+in+der+Innenstadt,+kein+Geld", "/suche/?q=Leerstand", "/praxis/", "/bibliothek/",
    "/formate/", "/formate/tabelle/", "/staedte/", "/staedte/12070296/", "/staedte/karte/", "/praxis/karte/",
    "/praxis/seelow-mitte/", "/bibliothek/moro-15/", "/formate/peer-austausch/", "/themen/", "/themen/leerstand/",
    "/impressum/", "/austausch/frage/", "/anmelden/", "/aktuelles/", "/wegweiser/so-geht-es/",
]  # fmt: skip


@pytest.fixture
def weigh(visit: Visit) -> Callable[[str], tuple[int, int]]:
    """A function that opens a path and returns bytes on the wire and number of requests."""
    wire = visit.context.new_cdp_session(visit.page)
    wire.send("Network.enable")
    lengths: list[float] = []
    wire.on("Network.loadingFinished", lambda event: lengths.append(event["encodedDataLength"]))

    def open_and_weigh(path: str) -> tuple[int, int]:
        lengths.clear()
        visit.page.goto(path, wait_until="networkidle")
        asked = [length for length in lengths if length]  # what the browser kept has no length
        return round(sum(asked)), len(asked)

    return open_and_weigh


def test_a_first_visit_is_light(weigh: Callable[[str], tuple[int, int]]) -> None:
    size, requests = weigh("/")
    assert size <= FIRST
    assert requests <= FIRST_REQUESTS


def test_further_pages_are_lighter(weigh: Callable[[str], tuple[int, int]]) -> None:
    weigh("/")
    weighed = {path: weigh(path)[0] for path in PATHS}
    assert {path: size for path, size in weighed.items() if size >= FURTHER} == {}
