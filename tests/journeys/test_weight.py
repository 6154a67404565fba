"""What a visit weighs on the wire: compressed files as in production, headers included."""

import time
from collections.abc import Callable

import pytest

from akademie.portal import handbook
from tests.accessibility.places import PLACES
from tests.browser import PATIENCE, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]
FIRST, FURTHER = 100_000, 25_000  # bytes
FIRST_REQUESTS = 9  # the page, two sheets, three fonts, the icon, and two files of its own area
AWAITED = {"Document", "Stylesheet", "Script", "Font", "Image"}  # not the tab's icon, which comes when it likes
# Every public address, whatever its answer; states that only a form or a sign-in reaches weigh no more.
PATHS = sorted(
    {place.path for place in PLACES if not place.reach}
    | {f"/hilfe/{card.slug}/" for card in handbook.book(handbook.TOWNS).cards}
)


@pytest.fixture
def weigh(visit: Visit) -> Callable[[str], dict[str, float]]:
    """A function that opens a path with an empty cache and returns the bytes on the wire of each request."""
    wire = visit.context.new_cdp_session(visit.page)
    wire.send("Network.enable")
    asked: set[str] = set()
    addresses: dict[str, str] = {}
    lengths: dict[str, float] = {}
    wire.on("Network.requestWillBeSent", lambda event: event["type"] in AWAITED and asked.add(event["requestId"]))
    wire.on("Network.loadingFailed", lambda event: asked.discard(event["requestId"]))
    wire.on("Network.responseReceived", lambda event: addresses.update({event["requestId"]: event["response"]["url"]}))
    wire.on("Network.loadingFinished", lambda event: lengths.update({event["requestId"]: event["encodedDataLength"]}))

    def open_and_weigh(path: str) -> dict[str, float]:
        wire.send("Network.clearBrowserCache")
        asked.clear()
        lengths.clear()
        visit.page.goto(path)  # waits for all that the page names
        visit.page.evaluate("document.fonts.ready.then(() => null)")  # and this for what its style names
        deadline = time.monotonic() + PATIENCE / 1000
        while missing := asked - lengths.keys():
            assert time.monotonic() < deadline, [addresses.get(request) for request in missing]
            visit.page.wait_for_timeout(10)
        return {addresses[request]: length for request, length in lengths.items() if length}

    return open_and_weigh


def test_every_page_is_light_as_a_first_visit_and_lighter_as_a_further_one(
    visit: Visit, weigh: Callable[[str], dict[str, float]]
) -> None:
    start = weigh("/")
    assert sum(start.values()) > FIRST / 2  # style and fonts were really fetched
    kept = start.keys() - {f"{visit.site.url}/"}  # what the browser has from the start page
    too_much = {}
    for path in PATHS:
        asked = weigh(path)
        first, further = sum(asked.values()), sum(size for url, size in asked.items() if url not in kept)
        if first > FIRST or len(asked) > FIRST_REQUESTS or further >= FURTHER:
            too_much[path] = (first, len(asked), further)
    assert too_much == {}
