"""The picture of the README shows the start page as it is."""

from collections.abc import Callable

import pytest

from tests.browser import ROOT, Visit
from tests.journeys.handbook import save_picture

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_start_page_gives_its_picture(visiting: Callable[..., Visit]) -> None:
    visit = visiting(width=1280, height=860)
    save_picture(visit.go("/"), ROOT / ".build" / "pictures" / "start.webp", colours=128)
    assert (visit.outside, visit.trouble) == (set(), [])
    assert "(docs/pictures/start.webp)" in (ROOT / "README.md").read_text(encoding="utf-8")
