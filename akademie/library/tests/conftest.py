import json

import pytest
from django.conf import settings

from akademie.topics.actions import load_topics
from tests.kept import Kept


@pytest.fixture
def records():
    """The records that the product ships."""
    return json.loads((settings.REFERENCE_DIR / "library.json").read_text(encoding="utf-8"))["records"]


@pytest.fixture
def topics(db: None, kept: Kept) -> None:
    """The topics that the records name, as the topics area loads them."""
    kept("topics", lambda: load_topics(lambda sentence: None))


@pytest.fixture
def topics_of():
    """Return the topics of a record; a subtopic counts for its topic too."""
    source = json.loads((settings.REFERENCE_DIR / "topics.json").read_text(encoding="utf-8"))["records"]
    above = {sub["id"]: record["id"] for record in source for sub in record["subtopics"]}
    return lambda record: {*record["topics"], *(above[slug] for slug in record["subtopics"])}
