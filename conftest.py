"""What tests of all apps share: the database as it was before each test, a browser, people."""

import gc
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext
from pytest_django.live_server_helper import LiveServer

from akademie.accounts.models import Role, User
from tests.browser import Browser, Site, Visit, running_browser
from tests.kept import Kept


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say what setup/checks.py may ask for."""
    parser.addoption("--first-cases", action="store_true", help="of several cases with a database run the first only")


@pytest.hookimpl(trylast=True)  # pytest-django puts those that commit last
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the long ones, or the last leaves one of two cores idle; choose what is asked again or quickly.

    PostgreSQL is asked only by what reaches a database: pytest-django refuses it to all others.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    chosen = items
    if on_postgres := connection.vendor != "sqlite":
        chosen = [item for item in items if _reaches_database(item)]
    if on_postgres or config.getoption("first_cases"):
        chosen = list(_first_cases(chosen))
    wanted = set(chosen)
    config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
    items[:] = chosen


def _reaches_database(item: pytest.Item) -> bool:
    # The fixture is what all fixtures with a database stand on.
    return bool(item.get_closest_marker("django_db")) or "_django_db_helper" in getattr(item, "fixturenames", ())


def _first_cases(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Leave out all cases but the first of a test with a database: the others say the same to it in other words.

    Where they do not, they have the mark `each_case`; and what commits is asked whole, since it may wait for others.
    """
    begun: set[tuple[Path, str]] = set()
    for item in items:
        of_one = (item.path, getattr(item, "originalname", item.name))
        mark = item.get_closest_marker("django_db")
        commits = mark is not None and mark.kwargs.get("transaction")
        if of_one not in begun or commits or item.get_closest_marker("each_case") or not _reaches_database(item):
            begun.add(of_one)
            yield item


def pytest_collection_finish() -> None:
    """Spare the garbage collector the many things that stay to the end; it looked at them again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Whether the tests begin with a copy of the database that setup/checks.py has brought to its shape for all.

    Django still looks for changes that are missing there, and makes them.
    """
    if connection.vendor != "sqlite" or "MIGRATED_SQLITE" not in os.environ:
        return False
    shutil.copyfile(os.environ["MIGRATED_SQLITE"], connection.creation._get_test_db_name())
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """Put the whole database back after a test that commits.

    Django empties the tables instead, and so takes from the next test what the migrations put there.
    """
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            put_back = _kept_in_file(tmp_path_factory.mktemp("kept") / "db.sqlite3")
        else:
            put_back = _kept_as_template()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: put_back())
        yield


def _kept_in_file(path: Path) -> Callable[[], None]:
    """Copy the database of SQLite to a file; return what copies it back."""

    def copy(*, back: bool) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as kept:
            here, there = (kept, connection.connection) if back else (connection.connection, kept)
            here.backup(there)

    copy(back=False)
    return partial(copy, back=True)


def _kept_as_template() -> Callable[[], None]:
    """Copy the database of PostgreSQL to a second one; return what copies it back."""
    name = connection.settings_dict["NAME"]
    kept = f"{name}_kept"

    def copy(source: str, target: str) -> None:
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    copy(name, kept)
    return partial(copy, kept, name)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of this process of pytest."""
    with running_browser() as browser, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop in the thread of the tests
        yield browser


@pytest.fixture
def site(live_server: LiveServer) -> Site:
    """The site with what the test puts into its database; the tests of the whole house have one with all data."""
    return Site(live_server.url, settings.DATA_DIR)


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


@pytest.fixture(scope="session")
def kept() -> Kept:
    """Return what loads something into the database once per process and puts it back from then on."""
    return Kept()


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
