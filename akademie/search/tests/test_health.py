"""The index held against the data."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from akademie.core import stamps
from akademie.core.contributions import Light
from akademie.search import actions, queries
from akademie.search.engine import TantivyEngine
from akademie.search.health import index_health
from akademie.search.models import SearchOutbox
from akademie.towns.tests.factories import TownFactory


@pytest.fixture
def engine(settings, tmp_path: Path) -> Iterator[TantivyEngine]:
    """The engine of this process on a folder of its own, without an index."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    queries.engine.cache_clear()
    yield queries.engine()
    queries.engine().close()
    queries.engine.cache_clear()


@pytest.mark.django_db
def test_the_search_knows_what_there_is(engine: TantivyEngine) -> None:
    assert (index_health().light, "keinen brauchbaren Index" in index_health().sentence) == (Light.RED, True)
    actions.rebuild_index(engine)
    town = TownFactory()
    assert index_health().sentence == "Die Suche nimmt gerade Änderungen auf."
    SearchOutbox.objects.update(noted_at=timezone.now() - timedelta(minutes=7))
    assert (index_health().light, "seit 7 Minuten" in index_health().sentence) == (Light.RED, True)
    actions.index_changes(engine)
    assert (index_health().light, index_health().sentence) == (
        Light.GREEN,
        "Die Suche kennt alle 1 öffentlichen Einträge.",
    )
    type(town).objects.filter(pk=town.pk).update(name="Neustadt")  # past the outbox
    stamps.bump("staedte")
    assert index_health().sentence.startswith("Von 1 Einträgen kennt die Suche 1 mit altem Titel. Lassen Sie")
    type(town).objects.filter(pk=town.pk).delete()
    SearchOutbox.objects.all().delete()
    found = index_health()
    assert (found.light, found.sentence[:55]) == (
        Light.YELLOW,
        "Der Suche fehlen 0 Einträge, 1 kennt sie zu viel. Lasse",
    )
