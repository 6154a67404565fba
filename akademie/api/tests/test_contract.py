"""The API keeps what its description promises: tried by schemathesis with made-up requests on the shipped records."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from akademie.accounts.models import User
from akademie.api import throttle
from akademie.api.actions import make_key
from akademie.api.queries import collections
from akademie.api.views import writing
from akademie.cms import actions as cms
from akademie.cms.tests.factories import make_news
from akademie.formats.actions import load_formats
from akademie.library.actions import load_library
from akademie.practices.actions import load_practices
from akademie.practices.tests.conftest import register, surroundings  # noqa: F401  (fixtures)
from akademie.wsgi import application

EXAMPLES = 20  # made-up requests for each operation and kind of request


@pytest.fixture
def shipped(surroundings: None) -> None:  # noqa: F811
    """The records that the product ships, and a piece of news."""
    for load in (cms.load_pages, load_library, load_practices, load_formats):
        load(lambda sentence: None)
    make_news("Für alle", "offen")


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests share the connection of the test and leave it open, as those of Django's own client do."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def made_up_requests(operation: Any, mode: GenerationMode, word: str) -> int:
    """Make up requests, have each answer held against the description, and return how many there were."""
    calls = 0
    headers = {"Accept-Encoding": "identity"}  # its client does not unpack
    if operation.body:
        headers["Authorization"] = f"Bearer {word}"

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        nonlocal calls
        calls += 1
        # What a made-up text means (an ISBN, a topic that exists) no schema says.
        case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

    ask()
    return calls


@pytest.mark.slow
@pytest.mark.usefixtures("shipped", "one_connection")
def test_every_made_up_request_gets_a_described_answer(monkeypatch: pytest.MonkeyPatch, editor: User) -> None:
    monkeypatch.setattr(throttle, "MOST", 10**9)
    monkeypatch.setattr(writing, "MOST_PER_HOUR", 10**9)
    monkeypatch.setattr(writing, "LARGEST", 10**7)  # 413 is no refusal to schemathesis
    word = make_key("Institut", timezone.localdate(), by=editor)
    public_before = [collection.count() for collection in collections().values()]
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) == 23
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            if mode is GenerationMode.POSITIVE or list(operation.query) or operation.body:  # else nothing can be wrong
                assert made_up_requests(operation, mode, word) > 0
    assert [collection.count() for collection in collections().values()] == public_before


@pytest.mark.parametrize("name", ["library", "practices", "formats"])
def test_every_shipped_record_is_there(client: Any, shipped: None, name: str) -> None:
    key = {"library": "bibliothek", "practices": "praxis", "formats": "formate"}[name]
    path = django_settings.REFERENCE_DIR / f"{name}.json"
    records = json.loads(path.read_text(encoding="utf-8"))["records"]
    found = {item["id"]: item for item in client.get(f"/api/v1/{key}/?limit=200").json()["items"]}
    assert found.keys() == {record["id"] for record in records}
    title = "name" if name == "formats" else "title"
    assert {key: item[title] for key, item in found.items()} == {one["id"]: one[title] for one in records}
