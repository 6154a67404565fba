"""Fills a database for measuring: the shipped data and, besides, N generated library items, N practices and 60 events.

    DATA_DIR=… SECRET_KEY=… .venv/bin/python benchmarks/fill.py 2000

Generated texts are drawn with a fixed seed from the sentences of the shipped records.
"""

import json
import os
import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akademie.settings")

import django  # noqa: E402

import akademie  # noqa: E402, F401  (brings the repaired SQLite)

django.setup()

from datetime import timedelta  # noqa: E402

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from akademie.core import public  # noqa: E402
from akademie.core.actions import load_data_sets  # noqa: E402
from akademie.core.contributions import public_kinds, reference_data  # noqa: E402
from akademie.core.preparation import collect_static_files  # noqa: E402
from akademie.events.models import AgendaItem, Event, EventState, EventType  # noqa: E402
from akademie.formats.models import FormatProfile  # noqa: E402
from akademie.formats.words import Mode  # noqa: E402
from akademie.library.models import LibraryItem  # noqa: E402
from akademie.practices.models import PracticeCase, PracticeTown, Status  # noqa: E402
from akademie.search import queries  # noqa: E402
from akademie.search.actions import rebuild_index  # noqa: E402
from akademie.topics.models import Topic  # noqa: E402
from akademie.towns.models import Town  # noqa: E402

DICE = random.Random(1)
EVENTS = 60


def shipped(name: str, *fields: str) -> tuple[list[str], list[str]]:
    """Return words of titles and sentences of texts of the shipped records."""
    records = json.loads((ROOT / "data" / name).read_text(encoding="utf-8"))["records"]
    words = [word for record in records for word in record["title"].split() if len(word) > 3]
    sentences = [s for r in records for f in fields for s in (r[f] or "").split(". ") if len(s) > 20]
    return words, sentences


def text(sentences: list[str], count: int) -> str:
    """Return some sentences."""
    return " ".join(f"{DICE.choice(sentences).rstrip('.')}." for _ in range(count))


def fill(count: int) -> None:
    """Create the generated records."""
    topics = list(Topic.objects.all())
    towns = list(Town.objects.small_towns().values_list("pk", flat=True))
    words, sentences = shipped("library.json", "abstract", "note")
    kinds = list(LibraryItem._meta.get_field("kind").choices or ())
    LibraryItem.objects.bulk_create(
        LibraryItem(
            slug=f"muster-{number}",
            title=" ".join(DICE.sample(words, 6)),
            persons="Muster, Erika\nBeispiel, Max",
            publisher="Musterverlag",
            year=DICE.randint(2005, 2026),
            kind=DICE.choice(kinds)[0],
            abstract=text(sentences, 3),
            source="erzeugt",
        )
        for number in range(count)
    )
    link = LibraryItem.topics.through
    pks = LibraryItem.objects.filter(slug__startswith="muster-").values_list("pk", flat=True)
    link.objects.bulk_create(
        link(libraryitem_id=pk, topic_id=topic.pk) for pk in pks for topic in DICE.sample(topics, 2)
    )
    words, sentences = shipped("practices.json", "summary", "result", "lesson")
    PracticeCase.objects.bulk_create(
        PracticeCase(
            slug=f"muster-{number}",
            title=" ".join(DICE.sample(words, 5))[:120],
            years=str(year := DICE.randint(2005, 2026)),
            year_from=year,
            year_to=year,
            status=DICE.choice(Status.values),
            summary=text(sentences, 3)[:800],
            result=text(sentences, 2)[:600],
            lesson=text(sentences, 1)[:600],
            source="erzeugt",
        )
        for number in range(count)
    )
    cases = list(PracticeCase.objects.filter(slug__startswith="muster-").values_list("pk", flat=True))
    link = PracticeCase.topics.through
    link.objects.bulk_create(link(practicecase_id=pk, topic_id=t.pk) for pk in cases for t in DICE.sample(topics, 2))
    PracticeTown.objects.bulk_create(PracticeTown(case_id=pk, town_id=DICE.choice(towns)) for pk in cases)
    events(topics, towns, words, sentences)
    for key in ("bibliothek", "praxis", "veranstaltungen"):
        kind = public_kinds.get(key)
        assert kind
        public.changed(kind, [])


def events(topics: list[Topic], towns: list[str], words: list[str], sentences: list[str]) -> None:
    """Create events, two thirds of them to come, each with topics and a programme."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    kinds, formats = list(EventType.objects.all()), list(FormatProfile.objects.published())
    made = Event.objects.bulk_create(
        Event(
            slug=f"muster-{number}",
            title=" ".join(DICE.sample(words, 5))[:120],
            kind=DICE.choice(kinds),
            format=DICE.choice(formats),
            summary=text(sentences, 1)[:240],
            description=text(sentences, 4),
            starts_at=(begin := noon + timedelta(days=3 * (number - EVENTS // 3))),
            ends_at=begin + timedelta(hours=3),
            mode=Mode.HYBRID,
            place="Rathaus",
            town_id=DICE.choice(towns),
            host="Stadt Musterstadt",
            capacity=30,
            contact_email="muster@example.org",
            state=EventState.PUBLISHED,
            published_at=noon,
        )
        for number in range(EVENTS)
    )
    link = Event.topics.through
    link.objects.bulk_create(link(event_id=one.pk, topic_id=t.pk) for one in made for t in DICE.sample(topics, 2))
    AgendaItem.objects.bulk_create(
        AgendaItem(event=one, position=place, title=" ".join(DICE.sample(words, 4))[:100], minutes=45)
        for one in made
        for place in range(4)
    )


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    collect_static_files(lambda sentence: None)
    load_data_sets(reference_data, lambda sentence: None)
    with transaction.atomic():
        fill(int(sys.argv[1]))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA optimize" if connection.vendor == "sqlite" else "ANALYZE")
    rebuild_index(queries.engine())
