"""Walking a card of the office's handbook in the browser, step by step, as it is written."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, Page

from akademie.operation.queries.handbook import Card
from tests.browser import ROOT, Visit, wait_for

PICTURES = ROOT / ".build" / "handbuch"
COLOURS = 128  # keeps a picture below 60 kB and still readable in print
LABEL = re.compile("„([^“]+)“")
PRESSED = ("link", "button", "menuitem", "tab")
FILLED = ("textbox", "searchbox", "combobox", "radio")


class Walk:
    """One walk: each label that a step names must be pressed, filled in or seen, in that order, and no other."""

    def __init__(self, visit: Visit, card: Card) -> None:
        self.visit, self.card = visit, card
        self.done = 0
        self.named: list[str] = []
        self.has_picture = False

    @property
    def page(self) -> Page:
        """The page of the person who walks."""
        return self.visit.page

    @contextmanager
    def step(self) -> Iterator[None]:
        """Do the card's next step."""
        sentence = self.card.steps[self.done]
        self.named = []
        yield
        assert LABEL.findall(sentence) == self.named, sentence
        self.done += 1

    def press(self, label: str, *, beside: str = "", leaves: bool = False) -> None:
        """Press what is called so; in the row that is called `beside`; `leaves` waits for the page it leads to."""
        scope: Page | Locator = self.page
        if beside:
            self.named.append(beside)
            head = self.page.get_by_role("rowheader").filter(has_text=beside)
            scope = self.page.get_by_role("row").filter(has=head)
        control = self._find(label, PRESSED, scope)
        if leaves:
            with self.page.expect_navigation():
                control.click()
        else:
            control.click()

    def fill(self, label: str, value: str) -> None:
        """Write into the field that is called so, or choose from it."""
        field = self._find(label, FILLED, self.page)
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)

    def see(self, label: str) -> None:
        """Find these words on the page."""
        self.named.append(label)
        wait_for(
            lambda: any(one.is_visible() for one in self.page.get_by_text(label).all()),
            f"{self.card.slug}: nothing says „{label}“ on {self.page.url}",
        )

    def take_picture(self, around: Locator | None = None) -> None:
        """Take the card's picture, with few colours; `around` comes to its middle."""
        assert not self.has_picture
        self.has_picture = True
        if around:
            around.evaluate("one => one.scrollIntoView({block: 'center', behavior: 'instant'})")
        self.page.wait_for_load_state("networkidle")
        PICTURES.mkdir(parents=True, exist_ok=True)
        with Image.open(io.BytesIO(self.page.screenshot(animations="disabled"))) as shot:
            shot.convert("RGB").quantize(COLOURS).save(PICTURES / f"{self.card.slug}.png", optimize=True)

    def _find(self, label: str, roles: tuple[str, ...], scope: Page | Locator) -> Locator:
        self.named.append(label)

        def look() -> Locator | None:
            for name in (re.compile(rf"^\s*{re.escape(label)}\W*$"), re.compile(rf"^\s*{re.escape(label)}\b")):
                for role in roles:
                    for one in scope.get_by_role(role, name=name).all():  # type: ignore[arg-type]
                        if one.is_visible():
                            return one
            return None

        found = wait_for(look, f"{self.card.slug}: nothing is called „{label}“ on {self.page.url}")
        assert isinstance(found, Locator)
        return found


Way = Callable[[Walk, Any], None]  # the second begins the visit of somebody else
