"""What tests of all apps share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akademie.accounts.models import Role, User


@pytest.fixture
def queries() -> Callable[[Callable[[], Any]], int]:
    """Return a function that counts the queries of a call, after one call that fills what the process keeps."""

    def count(call: Callable[[], Any]) -> int:
        call()
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count


@pytest.fixture
def editor(db: None) -> User:
    """A person of the Redaktion."""
    return User.objects.create_user("redaktion@akademie.example", first_name="Rita", role=Role.EDITOR)


@pytest.fixture
def lead(db: None) -> User:
    """A person of the Leitung."""
    return User.objects.create_user("leitung@akademie.example", first_name="Lena", role=Role.LEAD)


@pytest.fixture
def participant(db: None) -> User:
    """A person who takes part."""
    return User.objects.create_user("paula@stadt.example", first_name="Paula")
