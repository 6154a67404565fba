import csv
import json

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akademie.practices.tests.factories import TownFactory
from akademie.topics.models import Topic
from akademie.towns.models import Size


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
def surroundings(db, register):
    """Topics and towns as their areas load them."""
    source = json.loads((settings.REFERENCE_DIR / "topics.json").read_text(encoding="utf-8"))["records"]
    for position, record in enumerate(source):
        Topic.objects.create(slug=record["id"], name=record["name"], position=position)
    for row in register:
        TownFactory(
            ags=row["ags"], name=row["name"], state=row["state"], district=row["district"],
            district_kind=row["district_kind"], population=int(row["population"]),
            size=size_of(int(row["population"])),
        )  # fmt: skip


def size_of(population):
    limits = ((5_000, Size.UNDER_5), (10_000, Size.UNDER_10), (20_000, Size.UNDER_20))
    return next((size for limit, size in limits if population < limit), Size.OVER_20)


@pytest.fixture
def queries():
    """Count the queries of a call."""

    def count(call):
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count
