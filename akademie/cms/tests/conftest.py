"""What the tests of cms share."""

import pytest

from akademie.cms import actions
from tests.kept import Kept


@pytest.fixture
def pages(db: None, kept: Kept) -> None:
    """The site with its drafts, and the back office's permissions."""
    kept("pages", lambda: actions.load_pages(lambda _: None))
    kept("office", lambda: actions.set_up_office(lambda _: None))
