"""Walking a card of the handbook in the browser, step by step, as it is written, and taking its picture on the way.

The pictures in `docs/handbuch/`, and that of the README, are made anew by
`.venv/bin/python -m pytest tests/journeys -k handbook && cp -r .build/handbuch .build/pictures docs/`
"""

import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, Page

from akademie.portal import handbook
from akademie.portal.handbook import Card
from tests.browser import ROOT, Visit, server_environment, wait_for
from tests.journeys.paper import A4, printed

PICTURES = ROOT / ".build" / "handbuch"
COLOURS = 24  # keep a picture small and still readable in print
SIZE = {"width": 1024, "height": 600}  # wide enough for the menu in one row
# Bytes of a picture: more would take a card for everybody beyond the 100 kB of a first visit.
LARGEST = {handbook.TOWNS: 18_000, handbook.OFFICE: 25_000}
LABEL = re.compile("„([^“]+)“")
PRESSED = ("link", "button", "menuitem", "tab")
FILLED = ("textbox", "searchbox", "combobox", "radio", "checkbox", "spinbutton")


class Walk:
    """One walk: each label that a step names must be pressed, filled in or seen, in that order, and no other."""

    def __init__(self, visit: Visit, card: Card) -> None:
        self.visit, self.card = visit, card
        self.done = 0
        self.named: list[str] = []
        self.has_picture = False
        self.aside_labels: list[str] = []

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

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Do, or see, what the card adds below its steps."""
        self.named = []
        yield
        self.aside_labels += self.named

    def press(self, label: str, *, beside: str = "", leaves: bool = False, form: bool = False) -> None:
        """Press what is called so; in the row that is called `beside`; `leaves` waits for the page it leads to.

        With `form` it is the button of a form in the page, where the way to the page is called the same.
        """
        scope: Page | Locator = self.page.locator("main form") if form else self.page
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

    def tick(self, label: str) -> None:
        """Set the tick or the dot beside these words."""
        self._find(label, FILLED, self.page).check()

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
        save_picture(self.page, PICTURES / self.card.picture.relative_to(handbook.FOLDER))

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


def walk_whole(visit: Visit, book: str, slug: str, way: Way, visiting: Callable[..., Visit] | None = None) -> None:
    """Walk a card from the start page on, to its last step, and what it adds."""
    card = handbook.book(book).card(slug)
    assert card is not None
    visit.go("/")
    walk = Walk(visit, card)
    way(walk, visiting)
    assert (walk.done, walk.has_picture) == (len(card.steps), True)
    assert walk.aside_labels == [label for _, text in card.after for label in LABEL.findall(text)]
    assert (PICTURES / book / f"{slug}.webp").stat().st_size <= LARGEST[book]
    assert (visit.outside, visit.trouble) == (set(), [])


def assert_good_page(visit: Visit, contents: str, card: Card) -> None:
    """Open a card from its contents on a phone: it fits, passes axe, and prints on one page."""
    page = visit.go(contents)
    page.get_by_role("link", name=card.title, exact=True).click()
    page.get_by_role("heading", name=card.title, level=1).wait_for()
    page.wait_for_load_state("networkidle")
    assert page.locator(".ak-card-picture").evaluate("one => one.naturalWidth") == SIZE["width"]
    assert visit.width() == 320
    assert visit.trouble == []  # now, for axe itself breaks the policy: it adds a style
    assert visit.axe() == []
    assert printed(page).sheets == [A4]


def save_picture(page: Page, file: Path, colours: int = COLOURS) -> None:
    """Take a picture of what the page shows, with few colours."""
    page.wait_for_load_state("networkidle")
    page.mouse.move(0, 0)
    file.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(page.screenshot(animations="disabled"))) as shot:
        few = shot.convert("RGB").quantize(colours).convert("RGB")
        few.save(file, lossless=True, quality=100, method=4)  # 6 takes seventy times as long for 0.3 % less


def ask_to_join(visit: Visit, email: str, name: str, town: str, function: str) -> None:
    """Make an account with a name that waits to belong to a town."""
    visit.sign_in(email)
    page = visit.go("/konto/")
    first, last = name.split()
    page.get_by_label("Vorname").fill(first)
    page.get_by_label("Nachname").fill(last)
    with page.expect_navigation():
        page.get_by_role("button", name="Name speichern").click()
    page.goto("/konto/zugehoerigkeit/beitreten/")
    page.get_by_role("textbox", name="Stadt oder Gemeinde").fill(town)
    page.get_by_label("Ihre Funktion").fill(function)
    with page.expect_navigation():
        page.get_by_role("button", name="Beitritt anfragen").click()


def from_the_desk(walk: Walk, place: str) -> None:
    """Go to a place of the office, by its desk."""
    walk.press("Geschäftsstelle", leaves=True)
    walk.press(place, leaves=True)


def run_in_shell(walk: Walk, code: str) -> None:
    """Let something happen on the server that no page can cause: a mail that comes back, days that pass."""
    site = walk.visit.site
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", code],
        cwd=ROOT, env=server_environment(site.folder, site.url), check=True,
    )  # fmt: skip
