"""A site whose clock the test moves, and mailboxes of a town hall whose scanner opens every link before anybody reads.

Import the fixtures with `smtp_server`; `collection` besides is the stock of the search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
import time_machine
from pytest_django.live_server_helper import LiveServer

from akademie.core import outbox
from akademie.core.tests.test_outbox import Sink
from akademie.core.tests.test_outbox import sink as smtp_server
from tests.browser import Site, Visit
from tests.house import contents

__all__ = ["clock", "mailboxes", "site", "smtp_server"]
JANUARY = datetime(2027, 1, 11, 9, tzinfo=UTC)  # a Monday


class Mailboxes:
    """All mailboxes of the town, behind the scanner of its town hall."""

    def __init__(self, server: Sink, site: str) -> None:
        self.server, self.site, self.read, self.scanned = server, site, 0, 0

    def arrive(self) -> list[EmailMessage]:
        """Hand over what waits and return it, after the scanner has opened every link."""
        outbox.send_waiting()
        new = [message_from_bytes(content, policy=policy.default) for _, content in self.server.accepted[self.read :]]
        self.read += len(new)
        before = contents()
        for mail in new:
            for link in links(mail):
                assert link.startswith(self.site), link
                for method in ("GET", "HEAD", "GET"):
                    assert opened(link, method) in (200, 302), link
                    self.scanned += 1
        after = contents()
        assert [table for table in before if after[table] != before[table]] == []
        return new

    def to(self, address: str) -> EmailMessage:
        """Return the only new mail to this address."""
        (found,) = [mail for mail in self.arrive() if mail["To"] == address]
        return found


def links(mail: EmailMessage) -> set[str]:
    """Return every address in a mail: in its text, its twin and its headers."""
    parts = [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
    found = re.findall(r"https?://[^\s\"'<>)]+", " ".join([*parts, str(mail["List-Unsubscribe"] or "")]))
    return {link.replace("&amp;", "&").rstrip(".,") for link in found}


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def link_in(mail: EmailMessage, path: str) -> str:
    """Return the one link to a path below this one, as the text of the mail has it."""
    (link,) = (one for one in set(re.findall(r"https?://\S+", text_of(mail))) if urlsplit(one).path.startswith(path))
    return link


def opened(link: str, method: str) -> int:
    """Open a link as a scanner does, without cookies; return what it gets."""
    try:
        with urlopen(Request(link, method=method)) as answer:
            answer.read()
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code


@pytest.fixture
def site(live_server: LiveServer, settings: Any, tmp_path: Any) -> Site:
    """The site of this process, whose clock the test can move."""
    settings.SITE_URL = live_server.url
    settings.DATA_DIR = tmp_path
    return Site(live_server.url, tmp_path)


@pytest.fixture
def clock() -> Iterator[Any]:
    """The clock on the wall, for the site as for the test."""
    with time_machine.travel(JANUARY) as traveller:
        yield traveller


@pytest.fixture
def mailboxes(smtp_server: Sink, site: Site) -> Mailboxes:
    return Mailboxes(smtp_server, site.url)


def press(visit: Visit, name: str) -> str:
    """Press a button of the page and return what the next page says."""
    with visit.page.expect_navigation():
        visit.page.locator("main").get_by_role("button", name=name, exact=True).click()
    return visit.page.locator("main").inner_text()


def follow(visit: Visit, name: str) -> None:
    """Follow a link of the page."""
    with visit.page.expect_navigation():
        visit.page.locator("main").get_by_role("link", name=name).first.click()


def fill(visit: Visit, **values: str) -> None:
    """Fill fields by the names of their labels, written with underscores."""
    main, typed = visit.page.locator("main"), visit.page.locator("input:not([type=radio]), textarea")
    for label, value in values.items():
        main.get_by_label(label.replace("_", " ")).and_(typed).first.fill(value)


def sign_in(visit: Visit, mailboxes: Mailboxes, address: str, *, by_code: bool = False) -> None:
    visit.go("/anmelden/")
    fill(visit, **{"E-Mail-Adresse": address})
    press(visit, "Link schicken")
    mail = mailboxes.to(address)
    if by_code:
        (code,) = re.findall(r"^\d{4} \d{4}$", text_of(mail), re.MULTILINE)
        fill(visit, **{"Code aus der Mail": code})
        press(visit, "Anmelden")
    else:
        visit.page.goto(link_in(mail, "/anmelden/"))
        press(visit, "Jetzt anmelden")
    assert visit.go("/mein-bereich/").get_by_role("heading", level=1).inner_text() == "Mein Bereich"
