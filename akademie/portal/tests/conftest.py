"""A small collection with its index, for the Wegweiser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from akademie.library.tests.factories import LibraryItemFactory
from akademie.practices.models import PracticeTown
from akademie.practices.tests.factories import PracticeCaseFactory, TownFactory
from akademie.search import actions
from akademie.search import queries as search
from akademie.topics.actions import load_topics
from akademie.topics.models import Topic


@pytest.fixture
def index(db: None, settings, tmp_path: Path) -> Iterator[None]:
    """Shipped topics, an index of its own, a practice in a small and one in a large town, and a document."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    search.engine.cache_clear()
    load_topics(lambda sentence: None)
    on_demand, empty = Topic.objects.get(slug="on-demand"), Topic.objects.get(slug="leerstand")
    for name, people in (("Klein", 6_000), ("Gross", 60_000)):
        case = PracticeCaseFactory(title=f"Rufbus in {name}", summary="Ein Rufbus fährt auf Bestellung.")
        case.topics.set([on_demand])
        case.save()
        PracticeTown.objects.create(case=case, town=TownFactory(name=name, population=people))
    for number in range(3):
        LibraryItemFactory(title=f"Leerstand ohne Ende {number}").topics.set([empty])
    LibraryItemFactory(title="Der Rufbus: eine Arbeitshilfe", abstract="Wie ein Rufbus beginnt.").topics.set(
        [on_demand]
    )
    actions.rebuild_index(search.engine())
    yield
    search.engine().close()
    search.engine.cache_clear()
