"""What tests of the whole house share: the running site, and visits to it."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import Site, Visit, filled, running_browser, running_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The academy with all its data, on a port of its own."""
    own = tmp_path_factory.mktemp("akademie")
    shared = own.parent.parent if "PYTEST_XDIST_WORKER" in os.environ else own.parent
    with filled(shared, own) as folder, running_site(folder) as site:
        yield site


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser; not longer than a module, for Django's database and Playwright's loop do not get on in one thread."""
    with running_browser() as browser:
        yield browser


@pytest.fixture
def visiting(chromium: Browser, site: Site) -> Iterator[Callable[..., Visit]]:
    """A function that begins a visit; all visits end with the test."""
    begun: list[Visit] = []

    def begin(**options: object) -> Visit:
        begun.append(Visit(chromium, site, **options))
        return begun[-1]

    yield begin
    for visit in begun:
        visit.close()


@pytest.fixture
def visit(visiting: Callable[..., Visit]) -> Visit:
    """A visit at a desk, with scripts."""
    return visiting()
