"""What the tests of easy share."""

import pytest

from akademie.easy import actions
from tests.kept import Kept


@pytest.fixture
def explanations(db: None, kept: Kept) -> None:
    """The shipped explanations."""
    kept("explanations", lambda: actions.load_explanations(lambda _: None))
