"""What search shows elsewhere: its place in the navigation, its indexer, its first index; it listens to changes."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from akademie.core import public, stamps
from akademie.core.contributions import (
    BackgroundLoop,
    DataSet,
    HealthCheck,
    NavigationLink,
    about_to_fork,
    background_loops,
    health_checks,
    navigation,
    reference_data,
)
from akademie.search import actions, queries
from akademie.search.analysis import chain_version
from akademie.search.health import index_health
from akademie.search.models import SynonymGroup

navigation.add(NavigationLink(key="suche", title="Suche", url="/suche/", order=90))
background_loops.add(BackgroundLoop(key="search.indexer", run=actions.run_indexer))
reference_data.add(
    DataSet(
        key="search.index",
        label="Suchindex",
        version=chain_version,
        load=actions.build_index,
        derived=True,
        order=90,
    )
)
health_checks.add(HealthCheck(key="search.index", title="Suche", look=index_health, order=50))


@receiver(public.public_changed, dispatch_uid="search notes changes")
def note_changes(kind: Any, pks: list[Any], **kwargs: Any) -> None:
    """Note what changed, in the transaction of the change."""
    actions.note_changes(kind, pks)


@receiver(post_save, sender=SynonymGroup, dispatch_uid="synonyms saved")
@receiver(post_delete, sender=SynonymGroup, dispatch_uid="synonyms deleted")
def renew_synonyms(**kwargs: Any) -> None:
    """Have every process read the editors' synonyms anew."""
    stamps.bump(queries.SYNONYMS)


@receiver(about_to_fork, dispatch_uid="search closes its index")
def close_engine(**kwargs: Any) -> None:
    """Close the index, whose library has threads of its own; each child opens it with its first search."""
    queries.engine().close()
    queries.engine.cache_clear()
