"""Whether the search finds what there is: the index held against the data."""

import random
from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from akademie.core.components import thousands
from akademie.core.contributions import Health, Light, public_kinds
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
    known, sample = _known(engine.titles())
    count = missing = 0
    for kind in public_kinds:
        for pk in kind.visible_to(guest).values_list("pk", flat=True).iterator():
            count += 1
            missing += queries.document_id(kind, pk) not in known
    surplus = len(known) - (count - missing)
    if missing or surplus:
        return _rebuild(f"Der Suche fehlen {thousands(missing)} Einträge, {thousands(surplus)} kennt sie zu viel.")
    if old := sum(_title(document) != title for document, title in sample):
        return _rebuild(f"Von {len(sample)} Einträgen kennt die Suche {old} mit altem Titel.")
    return Health(Light.GREEN, f"Die Suche kennt alle {thousands(count)} öffentlichen Einträge.")


def _known(titles: Iterable[tuple[str, str]]) -> tuple[set[str], list[tuple[str, str]]]:
    """Return the ids of all documents, and some of them, any, with their titles: not all titles at once."""
    known: set[str] = set()
    sample: list[tuple[str, str]] = []
    for document, title in titles:
        known.add(document)
        if len(sample) < SAMPLE:
            sample.append((document, title))
        elif (place := random.randrange(len(known))) < SAMPLE:  # noqa: S311  (nothing secret)
            sample[place] = (document, title)
    return known, sample


def _title(document: str) -> str:
    key, _, pk = document.partition(":")
    kind = public_kinds.get(key)
    entry = queries.entries(kind, [pk]).get(pk) if kind else None
    return entry.title if entry else ""


def _rebuild(finding: str) -> Health:
    return Health(Light.YELLOW, f"{finding} Lassen Sie Ihre Technik den Index neu bauen: manage.py rebuild_search.")
