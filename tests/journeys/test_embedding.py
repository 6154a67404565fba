"""A format on the website of a town: a real second origin in a real browser."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser import Visit, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.slow]
REFUSED = "chrome-error://chromewebdata/"  # what Chromium puts into a frame that may not be there


@contextmanager
def website_of_a_town(content: str) -> Iterator[str]:
    """Serve one page from an origin of its own; return its address."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><html lang=de><title>Stadt</title>{content}".encode())

        def log_message(self, *parts: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_town_shows_a_format_and_nothing_else_of_ours(visiting: Callable[..., Visit]) -> None:
    visit = visiting()
    page = visit.go("/formate/peer-austausch/einbetten/")
    code = page.get_by_label("Kopieren Sie diese Zeile in Ihre Seite").input_value()
    preview = page.frame_locator("iframe")
    assert preview.get_by_role("heading", level=1).inner_text() == "Peer-to-Peer-Austausch"
    visit.context.clear_cookies()

    others = "".join(f'<iframe src="{visit.site.url}{path}"></iframe>' for path in ("/", "/formate/peer-austausch/"))
    with website_of_a_town(code + others) as address:
        page.goto(address, wait_until="load")
        shown = ["/einbetten/formate/peer-austausch/", REFUSED, REFUSED]
        wait_for(lambda: [frame.url.removeprefix(visit.site.url) for frame in page.frames[1:]] == shown, "other frames")
        frame = page.frames[1]
        assert frame.get_by_role("heading", level=1).inner_text() == "Peer-to-Peer-Austausch"
        assert frame.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"  # its own sheet
        with page.expect_popup() as opened:
            frame.get_by_role("link", name="Mehr dazu").click()
        opened.value.wait_for_url("**/formate/peer-austausch/")
        assert page.url == address
        assert [cookie["name"] for cookie in visit.context.cookies()] == []
