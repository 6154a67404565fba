"""A real server with real data and a real browser, for the tests that cross the whole house.

The server is the one of `./run`: its own processes, compressed files, background worker, mails as files. Each process
of pytest starts one, once.
"""

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
# Chromium takes the last such list only: first what Playwright leaves out (its chromiumSwitches.ts), then the pages
# that each window loads below its address bar, and again for each size. They take as long as a visit.
LEFT_OUT = [
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
]  # fmt: skip
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run",
    f"--disable-features={','.join(LEFT_OUT)}",
]  # fmt: skip
SECRET_KEY = "tests-only-" + "x" * 50
START = 300  # seconds that the first start may take on a busy machine
PATIENCE = 15_000  # milliseconds that anything in the browser may take
DESK = {"width": 1280, "height": 800}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """
async options => (await axe.run(document, options)).violations.flatMap(
    found => found.nodes.map(node => `${found.id} (${found.impact}): ${node.target} ${node.html.slice(0, 160)}`))
"""


@dataclass(frozen=True)
class Site:
    """A server that runs, with all reference data and the demo people."""

    url: str
    folder: Path
    sessions: dict[str, Any] = field(default_factory=dict)  # address → cookies of somebody who has signed in

    def mails(self, address: str) -> list[str]:
        """Return the texts of the mails to this address, the newest last."""
        files = sorted((self.folder / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
        messages = [
            message_from_bytes(part.strip() + b"\n", policy=policy.default)
            for path in files
            for part in path.read_bytes().split(b"-" * 79 + b"\n")
            if part.strip()
        ]
        return [message.get_body(("plain",)).get_content() for message in messages if message["To"] == address]

    def link_to(self, address: str, before: int = 0) -> str:
        """Return the longest link of the newest mail to this address once there are more than `before` mails."""
        found = wait_for(lambda: self.mails(address)[before:], f"no mail to {address}")
        return max(re.findall(r"https?://[^\s)]+", found[-1]), key=len)


def wait_for(look: Callable[[], object], failure: str, seconds: float = 10) -> object:
    """Return what `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            raise AssertionError(failure)
        time.sleep(0.02)
    return found


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def filled(shared: Path, own: Path) -> Iterator[Path]:
    """Give a data folder with all data: filled once for all processes of pytest, then copied for each."""
    first = shared / "akademie-filled"
    with (shared / "akademie-filled.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "akademie-done").exists():
            if "MIGRATED_SQLITE" in os.environ:  # as for the other tests, by setup/checks.py
                first.mkdir(exist_ok=True)
                shutil.copyfile(os.environ["MIGRATED_SQLITE"], first / "db.sqlite3")
            with running_site(first):
                pass
            (shared / "akademie-done").touch()
    yield Path(shutil.copytree(first, own / "data"))
    shutil.rmtree(own / "data")


def server_environment(folder: Path, address: str, *, demo: bool = True) -> dict[str, str]:
    """Return the environment of the server with this data folder at this address, and of its commands."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("EMAIL_", "DATABASE_URL"))}
    return ours | {
        "DJANGO_SETTINGS_MODULE": "akademie.settings",
        "DATA_DIR": str(folder),
        "SITE_URL": address,
        "SECRET_KEY": SECRET_KEY,
        "DEMO": str(demo),
        "FORM_SECONDS": "0",  # a browser that is driven types faster than people
    }


@contextmanager
def running_site(folder: Path, *, demo: bool = True) -> Iterator[Site]:
    """Start the server as `./run` does, with this data folder, and end it. A log beside the folder has what it says."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--processes", "1"]
    said = folder.with_name(folder.name + ".log")
    with said.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env=server_environment(folder, address, demo=demo),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(
            lambda: server.poll() is not None or "Die Akademie läuft" in said.read_text(encoding="utf-8"),
            "the server does not start",
            START,
        )
        assert server.poll() is None, said.read_text(encoding="utf-8")
        yield Site(address, folder)
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Visit:
    """One person's browser: notes who is asked and everything that goes wrong."""

    def __init__(
        self,
        browser: Browser,
        site: Site,
        *,
        script: bool = True,
        width: int = DESK["width"],
        height: int = DESK["height"],
    ):
        self.site = site
        self.context: BrowserContext = browser.new_context(
            locale="de-DE", java_script_enabled=script, viewport={"width": width, "height": height}, base_url=site.url
        )
        self.context.set_default_timeout(PATIENCE)
        self.outside: set[str] = set()
        self.trouble: list[str] = []
        self.context.on("request", self._note_request)
        self.context.on("console", self._note_message)
        self.context.on("weberror", lambda error: self.trouble.append(str(error.error)))
        self.page: Page = self.context.new_page()

    def _note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and f"{address.scheme}://{address.netloc}" != self.site.url:
            self.outside.add(request.url)

    def _note_message(self, message: ConsoleMessage) -> None:
        # That the page itself answers 404, 410 or 403 is what the test asked for.
        own_answer = (
            message.location["url"] == (message.page.url if message.page else "") and "status of 4" in message.text
        )
        if message.type in ("error", "warning") and not own_answer:
            self.trouble.append(f"{message.text} ({message.location['url']})")

    def go(self, path: str) -> Page:
        """Open a path and wait until it is loaded."""
        self.page.goto(path)
        return self.page

    def sign_in(self, email: str) -> None:
        """Sign in by the link of the mail."""
        before = len(self.site.mails(email))
        page = self.go("/anmelden/")
        page.get_by_label("E-Mail-Adresse").fill(email)
        page.locator("main").get_by_role("button").click()
        page.goto(self.site.link_to(email, before))
        page.locator("main").get_by_role("button").click()
        page.wait_for_url(lambda url: "/anmelden/" not in url)

    def be(self, email: str) -> None:
        """Be signed in; asks for a link the first time only, since there are limits for that."""
        if email in self.site.sessions:
            self.context.add_cookies(self.site.sessions[email])
        else:
            self.sign_in(email)
            self.site.sessions[email] = self.context.cookies()

    def axe(self, rules: list[str] | None = None) -> list[str]:
        """Return what axe finds on the page: by all rules, or by these."""
        options = {"runOnly": {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}}
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(axe_source())
        return self.page.evaluate(AXE, {**options, "resultTypes": ["violations"]})

    def width(self) -> int:
        """Return how wide the page is, in CSS pixels."""
        return self.page.evaluate("document.scrollingElement.scrollWidth")

    def forget(self) -> None:
        """Be as at the beginning, for the next one at a desk: nothing open, kept or noted. For tests that walk pages.

        A new window takes as long as a visit. What tools do to it (sessions of CDP, routes) would stay.
        """
        self.context.clear_cookies()
        self.page.goto("/robots.txt")  # without scripts, and of the same site: another one would be another process
        self.page.evaluate("localStorage.clear(), sessionStorage.clear()")
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(DESK)
        self.outside.clear()
        self.trouble.clear()

    def close(self) -> None:
        """End the visit."""
        self.context.close()


def axe_source() -> str:
    """Return the code of axe."""
    return (ROOT / ".build" / "axe" / "axe.min.js").read_text(encoding="utf-8")
