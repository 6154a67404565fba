"""Events of the demo: what was, on the invented runs of formats, with answers; and what comes, from the day of loading.

All are invented, and say so. Each is known for good by a uid made of its name.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from akademie.accounts.models import User
from akademie.events.actions.starting import make_event
from akademie.events.models import Event, EventState
from akademie.formats import demo_runs
from akademie.formats.models import FormatProfile
from akademie.surveys.actions import take_away, take_over
from akademie.surveys.models import Survey
from akademie.towns.models import Town

VERSION = "1"
SPACE = uuid.UUID("6b1c6a4e-5f0f-4c52-9f43-0d6a3f6f1a10")  # names in it become uids
HOST = "leitung@akademie.example"
DIGITAL, ON_SITE, HYBRID = "digital", "praesenz", "hybrid"
INVENTED = "Diese Veranstaltung ist für die Demo erfunden. Die Stadt hat sie nicht angekündigt."
# Words of a title, and the topic they are about.
TOPICS = {
    "Leerstand": "leerstand", "Coworking": "arbeit", "Fördermittel": "foerderung", "Förder": "foerderung",
    "Wärme": "energie", "Windkraft": "energie", "Klima": "klima", "Bürgerbus": "mobilitaet",
    "Gesundheit": "daseinsvorsorge",
    "Dorfläden": "daseinsvorsorge", "Freibad": "daseinsvorsorge", "Wohnen": "wohnen", "Markthalle": "innenstadt",
    "Denkmal": "baukultur", "Bürgerversammlung": "beteiligung", "Jugend": "beteiligung", "Daten": "digitalisierung",
}  # fmt: skip
USED = (
    "Den Fragebogen für Eigentümer übernehmen wir.", "Wir rufen nächste Woche in der Partnerstadt an.",
    "Das Muster für die Vorlage liegt schon im Hauptamt.", "Einen Rundgang mit dem Ausschuss.",
    "Erst zuhören, dann planen.", "Die Checkliste hängt jetzt im Büro.", "Wir fragen die Händler vor dem Umbau.",
    "Die Kosten rechnen wir nach diesem Schema neu.", "Eine Ansprechperson für alle Anfragen.",
)  # fmt: skip
BETTER = (
    "Mehr Zeit für Fragen.", "Die Unterlagen bitte zwei Tage vorher.", "Kleinere Gruppen.",
    "Weniger Begrüßung, mehr Beispiele.", "Ein Termin am Nachmittag passt uns besser.", "Nichts, es war gut so.",
    "Bitte auch sagen, was nicht geklappt hat.", "Eine Pause mehr.",
)  # fmt: skip


class Coming(NamedTuple):
    """An event to come: days from the day of loading, hour of the beginning."""

    format: str
    title: str
    days: int
    hour: int
    mode: str
    place: str
    town: str
    host: str
    capacity: int | None
    topics: tuple[str, ...]
    summary: str


COMING = (
    Coming("webinar", "Leere Läden melden: ein Formular genügt", 9, 10, DIGITAL, "", demo_runs.MOELLN, "Stadt Mölln",
           150, ("leerstand", "innenstadt"), "Wie Eigentümer leere Läden selbst melden, in zehn Minuten."),
    Coming("sprechstunde", "Sprechstunde: Fördermittel ohne Eigenanteil", 12, 14, DIGITAL, "", demo_runs.PERLEBERG,
           "Kleinstadtakademie", 3, ("foerderung",), "Bringen Sie Ihren Fall mit. Eine halbe Stunde nur für Sie."),
    Coming("bm-forum", "Forum: Haushalt ohne Spielraum", 16, 9, DIGITAL, "", demo_runs.ZWOENITZ, "Kleinstadtakademie",
           25, ("verwaltung",), "Unter sich und ohne Protokoll: was andere im Rathaus streichen und was nicht."),
    Coming("lernwerkstatt", "Die Bücherei als dritter Ort", 23, 9, DIGITAL, "", demo_runs.HECHINGEN, "Stadt Hechingen",
           20, ("innenstadt", "beteiligung"), "Fünf Städte bauen an einem Vormittag einen Plan, der sofort taugt."),
    Coming("kollegiales-coaching", "Coaching: Streit um den Marktplatz", 27, 13, DIGITAL, "", demo_runs.EUTIN,
           "Stadt Eutin", 10, ("beteiligung",), "Ein echter Fall, sechs Köpfe, zwei Stunden."),
    Coming("erfahrungswerkstatt", "Erfahrungswerkstatt: Ärzte in kleinen Städten", 34, 10, HYBRID, "Kreishaus, Saal 2",
           demo_runs.OSTERBURG, "Hansestadt Osterburg", 60, ("daseinsvorsorge",),
           "Drei Städte, drei Wege zur Praxis im Ort, und was sie heute anders machen würden."),
    Coming("expertengespraech", "Expertengespräch: Wärmeplanung ohne Stadtwerk", 41, 15, DIGITAL, "",
           demo_runs.LOBENSTEIN, "Kleinstadtakademie", 15, ("energie", "klima"),
           "Was eine Verwaltung mit acht Leuten wirklich liefern muss."),
    Coming("transferwerkstatt", "Transferwerkstatt: Coworking im Bahnhof", 55, 11, ON_SITE, "Bahnhof, Bahnhofstraße 4",
           demo_runs.WITTSTOCK, "Stadt Wittstock/Dosse", 40, ("arbeit", "leerstand"),
           "Ansehen, nachfragen, mitnehmen: zwei Tage an dem Ort, der es gemacht hat."),
    Coming("auf-tour", "Auf Tour: Wohnen über dem Laden", 72, 10, ON_SITE, "Altes Rathaus", demo_runs.FREYUNG,
           "Stadt Freyung", 60, ("wohnen", "innenstadt"), "Sechs Häuser, sechs Geschichten, ein Bus."),
    Coming("fachkonferenz", "Fachkonferenz: Kleine Städte, kurze Wege", 110, 9, HYBRID, "Stadthalle",
           demo_runs.OTTERNDORF, "Kleinstadtakademie", 350, ("mobilitaet", "verwaltung"),
           "Ein Tag für alle, die in kleinen Städten etwas bewegen: hören, zeigen, verabreden."),
)  # fmt: skip


def uid_of(name: str) -> uuid.UUID:
    """Return the uid of an event of the demo."""
    return uuid.uuid5(SPACE, name)


def uids() -> list[uuid.UUID]:
    """Return the uids of all events of the demo, there or not."""
    return [uid_of(one.title) for one in COMING] + [uid_of(run.title) for run in demo_runs.RUNS]


@transaction.atomic
def load(say: Callable[[str], None]) -> None:
    """Make the events that are not there yet. What somebody has made of one since stays as it is."""
    there = set(Event.objects.filter(uid__in=uids()).values_list("uid", flat=True))
    formats = {one.slug: one for one in FormatProfile.objects.published()}
    towns = Town.objects.in_bulk({one.town for one in (*COMING, *demo_runs.RUNS)})
    host = User.objects.filter(email=HOST).first()
    mayor = User.objects.filter(email=demo_runs.MAYOR).first()
    for coming in COMING:
        if coming.format in formats and uid_of(coming.title) not in there:
            _coming(coming, formats[coming.format], towns.get(coming.town), host)
    found = demo_runs.find()
    for run in demo_runs.RUNS:
        row = found.get(run.key)
        if row and run.minutes and run.format in formats and uid_of(run.title) not in there:
            _past(run, row, formats[run.format], towns.get(run.town), mayor if run.by_mayor else host)
    say(f"{len(COMING)} kommende und {len(demo_runs.RUNS)} vergangene Veranstaltungen sind da, alle erfunden.")


def _coming(one: Coming, profile: FormatProfile, town: Town | None, host: User | None) -> None:
    day = timezone.localdate() + timedelta(days=one.days)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)  # no weekends
    event = make_event(
        profile, uid=uid_of(one.title), topics=list(one.topics), owner=host, title=one.title, summary=one.summary,
        starts_at=timezone.make_aware(datetime.combine(day, time(one.hour))), mode=one.mode, place=one.place, town=town,
        host=one.host, capacity=one.capacity, contact_name="Geschäftsstelle (Demo)", contact_email=HOST,
        state=EventState.PUBLISHED, published_at=timezone.now(),
    )  # fmt: skip
    event.description += f"\n\n{INVENTED}"
    event.save(update_fields=["description"])
    event.tasks.filter(days__lt=-21).update(done_at=timezone.now(), done_by=host)


def _past(run: demo_runs.Run, row: Any, profile: FormatProfile, town: Town | None, owner: User | None) -> None:
    begins = timezone.make_aware(datetime.combine(run.day, time(10)))
    event = make_event(
        profile, uid=uid_of(run.title), topics=[topic for word, topic in TOPICS.items() if word in run.title],
        owner=owner, title=run.title, summary="", starts_at=begins, mode=run.mode,
        place="" if run.mode == DIGITAL else "Rathaus", town=town, host=f"Stadt {town.name}" if town else "Demo",
        capacity=profile.group_max, state=EventState.PUBLISHED, published_at=begins - timedelta(days=40), run=row,
    )  # fmt: skip
    event.tasks.update(done_at=event.ends_at, done_by=owner)
    if event.evaluation:
        take_over(event.evaluation, answers(run))
    if run.report and run.state == demo_runs.PUBLIC:
        recap = event.recap
        recap.learnings = list(run.report[:3])
        recap.next_step = "Die beteiligten Städte sprechen sich in drei Monaten wieder."
        recap.published_at = event.ends_at + timedelta(minutes=30)
        recap.save()


def answers(run: demo_runs.Run) -> list[dict[str, Any]]:
    """Return what a part of those who took part may have answered; the same each time."""
    chance = random.Random(run.title)  # noqa: S311  (invented answers, no secret)
    found = []
    for _ in range(min(run.participants * 3 // 5, 40)):
        one: dict[str, Any] = {
            "nutzen": chance.choices((2, 3, 4, 5), (1, 3, 6, 4))[0],
            "empfehlen": chance.choices((2, 3, 4, 5), (1, 2, 5, 6))[0],
        }
        if chance.random() < 0.4:
            one["anwenden"] = chance.choice(USED)
        if chance.random() < 0.3:
            one["verbessern"] = chance.choice(BETTER)
        found.append(one)
    return found


def what_it_leaves() -> list[str]:
    """Return what goes with the demo."""
    return [f"Veranstaltung {one}" for one in Event.objects.filter(uid__in=uids()).order_by("starts_at", "pk")]


@transaction.atomic
def remove() -> None:
    """Delete the invented events with their evaluations."""
    take_away(Survey.objects.filter(event__uid__in=uids()))
    Event.objects.filter(uid__in=uids()).delete()
