"""Whether the search finds what there is: the index held against the data."""

import random
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from akademie.core.components import thousands
from akademie.core.contributions import Health, Light, PublicKind, public_kinds
from akademie.search import queries
from akademie.search.models import SearchOutbox

WAITS = timedelta(minutes=5)  # the indexer takes a change in within a second; during a large import it takes longer
SAMPLE = 20  # entries whose titles are compared
BUILT = "Der Hintergrunddienst baut ihn gerade neu auf; dauert das zehn Minuten, starten Sie die Akademie neu."


def index_health() -> Health:
    """Compare the documents with the public objects, and some of their titles, and see how long changes wait."""
    engine = queries.engine()
    if engine.needs_rebuild():
        return Health(Light.RED, f"Die Suche hat keinen brauchbaren Index. {BUILT}")
    if not engine.is_whole():
        return Health(Light.RED, f"Der Index der Suche war beschädigt. {BUILT} Lassen Sie den Datenträger prüfen.")
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
    public = {
        queries.document_id(kind, pk): (kind, pk)
        for kind in public_kinds
        for pk in kind.visible_to(guest).values_list("pk", flat=True)
    }
    known = engine.titles()
    missing, surplus = len(public.keys() - known), len(known.keys() - public)
    if missing or surplus:
        return _rebuild(f"Der Suche fehlen {thousands(missing)} Einträge, {thousands(surplus)} kennt sie zu viel.")
    sample = random.sample(sorted(public), min(SAMPLE, len(public)))
    if old := sum(_title(*public[one]) != known[one] for one in sample):
        return _rebuild(f"Von {len(sample)} Einträgen kennt die Suche {old} mit altem Titel.")
    return Health(Light.GREEN, f"Die Suche kennt alle {thousands(len(public))} öffentlichen Einträge.")


def _title(kind: PublicKind, pk: Any) -> str:
    entry = queries.entries(kind, [pk]).get(str(pk))
    return entry.title if entry else ""


def _rebuild(finding: str) -> Health:
    return Health(Light.YELLOW, f"{finding} Lassen Sie Ihre Technik den Index neu bauen: manage.py rebuild_search.")
