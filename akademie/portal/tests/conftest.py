"""A small collection with its index, for the Wegweiser."""

import shutil
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
from tests.kept import Kept


@pytest.fixture
def index(db: None, settings, tmp_path: Path, kept: Kept, kept_indexes: Path) -> Iterator[None]:
    """Shipped topics, an index of its own, a practice in a small and one in a large town, and a document."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    search.engine.cache_clear()
    kept("topics", lambda: load_topics(lambda sentence: None))
    made = kept_indexes / str(kept("collection of the Wegweiser", make_collection))
    here, there = (made, settings.SEARCH_INDEX_DIR) if made.exists() else (settings.SEARCH_INDEX_DIR, made)
    shutil.copytree(here, there)
    yield
    search.engine().close()
    search.engine.cache_clear()


@pytest.fixture(scope="session")
def kept_indexes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the indexes that belong to kept collections: each is written once."""
    return tmp_path_factory.mktemp("indexes")


def make_collection() -> None:
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
    search.engine().close()
    search.engine.cache_clear()
