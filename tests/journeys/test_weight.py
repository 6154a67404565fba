"""What a visit weighs on the wire: compressed files as in production, headers included."""

from collections.abc import Callable

import pytest

from akademie.portal import handbook
from tests.accessibility.places import PLACES
from tests.browser import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIRST, FIRST_REQUESTS, FURTHER = 100_000, 8, 25_000  # bytes
# Every public address, whatever its answer; states that only a form or a sign-in reaches weigh no more.
PATHS = sorted(
    {place.path for place in PLACES if not place.reach}
    | {f"/hilfe/{card.slug}/" for card in handbook.book(handbook.TOWNS).cards}
)


@pytest.fixture
def weigh(visit: Visit) -> Callable[..., tuple[int, int]]:
    """A function that opens a path, `first` with an empty cache, and returns bytes on the wire and requests."""
    wire = visit.context.new_cdp_session(visit.page)
    wire.send("Network.enable")
    lengths: list[float] = []
    wire.on("Network.loadingFinished", lambda event: lengths.append(event["encodedDataLength"]))

    def open_and_weigh(path: str, *, first: bool = False) -> tuple[int, int]:
        if first:
            wire.send("Network.clearBrowserCache")
        lengths.clear()
        visit.page.goto(path, wait_until="networkidle")
        asked = [length for length in lengths if length]  # what the browser kept has no length
        return round(sum(asked)), len(asked)

    return open_and_weigh


def test_a_first_visit_is_light_wherever_it_begins(weigh: Callable[..., tuple[int, int]]) -> None:
    weighed = {path: weigh(path, first=True) for path in PATHS}
    assert min(size for size, _requests in weighed.values()) > FIRST / 2  # style and fonts were really fetched
    too_much = {
        path: (size, requests)
        for path, (size, requests) in weighed.items()
        if size > FIRST or requests > FIRST_REQUESTS
    }
    assert too_much == {}


def test_further_pages_are_lighter(weigh: Callable[..., tuple[int, int]]) -> None:
    weigh("/")
    weighed = {path: weigh(path)[0] for path in PATHS}
    assert {path: size for path, size in weighed.items() if size >= FURTHER} == {}
