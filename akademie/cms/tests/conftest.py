"""What the tests of cms share."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from akademie.cms import actions


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """Begin with no reports sent."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def site(db: None) -> None:
    """The site with its drafts, and the back office's permissions."""
    actions.load_pages(lambda _: None)
    actions.set_up_office(lambda _: None)
