"""What tests of the whole house share: the running site with all its data."""

import os
from collections.abc import Iterator

import pytest

from tests.browser import Site, filled, running_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The academy with all its data, on a port of its own."""
    own = tmp_path_factory.mktemp("akademie")
    shared = own.parent.parent if "PYTEST_XDIST_WORKER" in os.environ else own.parent
    with filled(shared, own) as folder, running_site(folder) as site:
        yield site
