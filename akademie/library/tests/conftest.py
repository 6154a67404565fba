import json

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akademie.topics.models import Topic


@pytest.fixture
def records():
    """The records that the product ships."""
    return json.loads((settings.REFERENCE_DIR / "library.json").read_text(encoding="utf-8"))["records"]


@pytest.fixture
def topics(db):
    """The topics that the records name, as the topics area loads them."""
    source = json.loads((settings.REFERENCE_DIR / "topics.json").read_text(encoding="utf-8"))["records"]
    for position, record in enumerate(source):
        Topic.objects.create(slug=record["id"], name=record["name"], position=position)


@pytest.fixture
def queries():
    """Count the queries of a call."""

    def count(call):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            call()
        return len(captured)

    return count
