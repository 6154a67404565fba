"""What walking hundreds of pages shares: the window."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Error

from tests.browser import Browser, Site, Visit


@pytest.fixture(scope="session")
def free_windows() -> list[Visit]:
    """Windows that a test has left and that are as new."""
    return []


@pytest.fixture
def visit(chromium: Browser, site: Site, free_windows: list[Visit]) -> Iterator[Visit]:
    """A visit at a desk, with scripts, in a window that others may have used before."""
    visit = free_windows.pop() if free_windows else Visit(chromium, site)
    yield visit
    try:
        visit.forget()
    except Error:  # left in the middle of a step
        visit.close()
    else:
        free_windows.append(visit)
