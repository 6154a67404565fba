"""What the tests of cms share."""

import pytest

from akademie.cms import actions


@pytest.fixture
def pages(db: None) -> None:
    """The site with its drafts, and the back office's permissions."""
    actions.load_pages(lambda _: None)
    actions.set_up_office(lambda _: None)
