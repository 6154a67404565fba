"""What search shows elsewhere: its place in the navigation, its indexer, its first index; it listens to changes."""

from typing import Any

from django.dispatch import receiver

from akademie.core import public
from akademie.core.contributions import (
    BackgroundLoop,
    DataSet,
    NavigationLink,
    background_loops,
    navigation,
    reference_data,
)
from akademie.search import actions, queries
from akademie.search.analysis import chain_version

navigation.add(NavigationLink(key="suche", title="Suche", url="/suche/", order=90))
background_loops.add(BackgroundLoop(key="search.indexer", run=actions.run_indexer))
reference_data.add(
    DataSet(
        key="search.index",
        label="Suchindex",
        version=chain_version,
        load=lambda say: actions.rebuild_index(queries.engine(), say) and None,
        order=90,
    )
)


@receiver(public.public_changed, dispatch_uid="search notes changes")
def note_changes(kind: Any, pks: list[Any], **kwargs: Any) -> None:
    """Note what changed, in the transaction of the change."""
    actions.note_changes(kind, pks)
