import csv
import json

import pytest
from django.conf import settings

from akademie.topics.actions import load_topics
from akademie.towns.tests.factories import TownFactory


@pytest.fixture
def records():
    """The records that the product ships."""
    return json.loads((settings.REFERENCE_DIR / "practices.json").read_text(encoding="utf-8"))["records"]


@pytest.fixture(scope="session")
def register():
    """Rows of the municipality register that the shipped records name, and their namesakes."""
    path = settings.REFERENCE_DIR / "municipalities.csv"
    cases = json.loads((settings.REFERENCE_DIR / "practices.json").read_text(encoding="utf-8"))["records"]
    starts = tuple({name[:4] for case in cases for name in case["town"].split(", ")})
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["name"].startswith(starts)]


@pytest.fixture
def surroundings(db, register, kept):
    """Topics and towns as their areas load them."""

    def load():
        load_topics(lambda sentence: None)
        for row in register:
            TownFactory(
                ags=row["ags"], name=row["name"], state=row["state"], district=row["district"],
                district_kind=row["district_kind"], population=int(row["population"]),
            )  # fmt: skip

    kept("topics and towns of the cases", load)


@pytest.fixture
def topics_of():
    """Return the topics of a record; a subtopic counts for its topic too."""
    source = json.loads((settings.REFERENCE_DIR / "topics.json").read_text(encoding="utf-8"))["records"]
    above = {sub["id"]: record["id"] for record in source for sub in record["subtopics"]}
    return lambda record: {*record["topics"], *(above[slug] for slug in record["subtopics"])}
