"""Whether the search finds what there is: the index held against the data."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from akademie.core.components import thousands
from akademie.core.contributions import Health, Light, public_kinds
from akademie.search import queries
from akademie.search.engine import Query
from akademie.search.models import SearchOutbox

WAITS = timedelta(minutes=5)  # the indexer takes a change in within a second; during a large import it takes longer


def index_health() -> Health:
    """Compare the number of documents with that of public objects, and see how long changes wait."""
    engine = queries.engine()
    if engine.needs_rebuild():
        return Health(Light.RED, "Die Suche hat keinen brauchbaren Index. Starten Sie die Akademie neu.")
    waiting = SearchOutbox.objects.filter(seq__gt=engine.cursor()).order_by("seq").first()
    if waiting and (wait := timezone.now() - waiting.noted_at) > WAITS:
        minutes = wait // timedelta(minutes=1)
        return Health(
            Light.RED,
            f"Der Suche fehlen seit {minutes} Minuten die neuen Änderungen. Starten Sie die Akademie neu.",
        )
    if waiting:
        return Health(Light.GREEN, "Die Suche nimmt gerade Änderungen auf.")
    guest = AnonymousUser()
    public = sum(kind.visible_to(guest).count() for kind in public_kinds)
    found = engine.search(Query(limit=1)).total
    if found != public:
        counts = f"Die Suche kennt {thousands(found)} Einträge, öffentlich sind {thousands(public)}."
        return Health(Light.YELLOW, f"{counts} Lassen Sie Ihre Technik den Index neu bauen: manage.py rebuild_search.")
    return Health(Light.GREEN, f"Die Suche kennt alle {thousands(public)} öffentlichen Einträge.")
