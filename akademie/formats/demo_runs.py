"""Runs of the demo: invented, in real towns, and called so. Upper areas hang their events on them by `find`.

Each is known for good by its format, title and day (`KEYS`). The towns have run nothing of it, which every title says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime, time
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core import public
from akademie.core.contributions import public_kinds
from akademie.formats.models import FormatProfile, FormatRun
from akademie.formats.models.runs import REPORT
from akademie.towns.models import Town

MAYOR = "buergermeisterin@stadt.example"  # her account is one of the demo accounts
INVENTED = "(Demo)"
PERLEBERG, MOELLN, ZWOENITZ, LOBENSTEIN, FREYUNG = "12070296", "01053090", "14521710", "16075062", "09272118"
EUTIN, HECHINGEN, OTTERNDORF, OSTERBURG, WITTSTOCK = "01055012", "08417031", "03352046", "15090415", "12068468"
DIGITAL, ON_SITE, HYBRID = "digital", "praesenz", "hybrid"
PUBLIC, WAITS, BACK = "public", "waits", "back"
Key = tuple[str, str, date]  # slug of the format, title, day


class Run(NamedTuple):
    """An invented run; minutes are preparing, running, following up."""

    format: str
    name: str
    held_on: str
    mode: str
    town: str
    participants: int
    minutes: tuple[int, int, int] | None
    cost: int | None = None
    report: tuple[str, str, str, str] | None = None
    state: str = ""
    by_mayor: bool = False

    @property
    def title(self) -> str:
        """What it is called, and that it is invented."""
        return f"{self.name} {INVENTED}"

    @property
    def day(self) -> date:
        """When it was."""
        return date.fromisoformat(self.held_on)

    @property
    def key(self) -> Key:
        """What it is known by."""
        return self.format, self.title, self.day


RUNS = (
    Run("webinar", "Webinar: Leerstand melden und vermitteln", "2025-02-11", DIGITAL, MOELLN, 64, (150, 75, 60), 0),
    Run("webinar", "Webinar: Fördermittel ohne Eigenanteil", "2025-05-20", DIGITAL, ZWOENITZ, 112, (240, 90, 75), 0,
        ("Nach zwanzig Minuten Vortrag kamen die Fragen von selbst.",
         "Vier Leute hatten keinen Ton. Die Einwahl per Telefon hat geholfen.",
         "Die Fragen schon mit der Anmeldung sammeln.",
         "Eine zweite Person nur für den Chat. Allein geht es nicht."), PUBLIC),
    Run("webinar", "Webinar: Wärmeplanung in kleinen Verwaltungen", "2025-09-16", DIGITAL, FREYUNG, 87,
        (180, 75, 45), 0),
    Run("webinar", "Webinar: Ehrenamt entlasten", "2025-11-18", DIGITAL, EUTIN, 41, (120, 60, 30), 0),
    Run("webinar", "Webinar: Bürgerbus, der fährt", "2026-02-24", DIGITAL, PERLEBERG, 73, (165, 75, 60), 0,
        ("Der Fahrer hat selbst erzählt. Das war besser als jede Folie.",
         "Die Technikprobe war zu kurz.",
         "Eine Viertelstunde früher öffnen.",
         "Nehmen Sie auf, und fragen Sie vorher alle, die zu hören sind."), PUBLIC, True),
    Run("webinar", "Webinar: Vergabe ohne Angst", "2026-05-12", DIGITAL, HECHINGEN, 128, (300, 90, 90), 250),
    Run("webinar", "Webinar: Klimaanpassung im Bestand", "2026-09-08", DIGITAL, OTTERNDORF, 55, (135, 60, 45), 0),
    Run("peer-austausch", "Peer-Austausch: Freibad erhalten", "2025-03-06", DIGITAL, OTTERNDORF, 7, (60, 90, 30), 0,
        ("Sieben Kämmereien an einem Tisch, alle mit demselben Loch im Haushalt.",
         "Niemand wollte zuerst Zahlen nennen.",
         "Vorher ein Blatt mit drei Zahlen ausfüllen lassen.",
         "Laden Sie höchstens acht Leute ein, dann reden alle."), PUBLIC),
    Run("peer-austausch", "Peer-Austausch: Bauhof gemeinsam", "2025-10-09", ON_SITE, WITTSTOCK, 9, (90, 120, 45), 60),
    Run("peer-austausch", "Peer-Austausch: Satzungen vereinfachen", "2026-01-22", DIGITAL, OSTERBURG, 6,
        (45, 90, 30), 0),
    Run("peer-austausch", "Peer-Austausch: Jugend und Stadtrat", "2026-06-11", DIGITAL, LOBENSTEIN, 8, (75, 90, 30), 0),
    Run("bm-forum", "Forum: Wenn die Kasse leer ist", "2025-04-03", DIGITAL, PERLEBERG, 14, (120, 105, 60), 0),
    Run("bm-forum", "Forum: Führen mit wenig Leuten", "2025-11-06", ON_SITE, ZWOENITZ, 18, (210, 120, 60), 340,
        ("Ohne Presse und ohne Protokoll wird offen gesprochen.",
         "Zwei Absagen am Morgen.",
         "Einen Ort in der Mitte wählen, nicht beim Gastgeber.",
         "Legen Sie den Tag nicht in eine Sitzungswoche."), PUBLIC),
    Run("bm-forum", "Forum: Windkraft und Frieden im Ort", "2026-03-19", DIGITAL, EUTIN, 21, (135, 105, 45), 0),
    Run("lernwerkstatt", "Lernwerkstatt: Förderantrag schreiben", "2025-02-27", DIGITAL, LOBENSTEIN, 16,
        (600, 210, 150), 400,
        ("Alle sind mit einem halben Antrag nach Hause gegangen.",
         "Zwei Stunden waren zu kurz für die Gruppen.",
         "Zwei Vormittage statt einem Tag.",
         "Schicken Sie das Musterformular eine Woche vorher."), PUBLIC),
    Run("lernwerkstatt", "Lernwerkstatt: Bürgerversammlung leiten", "2025-06-26", DIGITAL, HECHINGEN, 12,
        (480, 180, 120), 350),
    Run("lernwerkstatt", "Lernwerkstatt: Ausschreiben lernen", "2025-12-04", DIGITAL, FREYUNG, 18,
        (720, 240, 180), 600),
    Run("lernwerkstatt", "Lernwerkstatt: Daten der eigenen Stadt", "2026-04-23", DIGITAL, MOELLN, 14,
        (540, 210, 120), 350),
    Run("lernwerkstatt", "Lernwerkstatt: Öffentlichkeitsarbeit", "2026-09-24", DIGITAL, WITTSTOCK, 11,
        (510, 180, 90), 300),
    Run("kollegiales-coaching", "Coaching: Streit im Bauausschuss", "2025-05-08", DIGITAL, OSTERBURG, 6,
        (60, 105, 30), 0),
    Run("kollegiales-coaching", "Coaching: Neue Amtsleitung", "2026-02-05", DIGITAL, EUTIN, 7, (75, 120, 30), 0,
        ("Der feste Ablauf hat uns vor schnellen Ratschlägen bewahrt.",
         "Schweigen auszuhalten war schwer.",
         "Die Uhr sichtbar aufstellen.",
         "Nehmen Sie einen echten Fall, keinen erfundenen."), PUBLIC),
    Run("transferwerkstatt", "Transferwerkstatt: Markthalle übertragen", "2025-09-25", ON_SITE, FREYUNG, 26,
        (2400, 900, 720), 4800,
        ("Die Begehung am ersten Tag hat mehr erklärt als jede Folie.",
         "Hotelzimmer für dreißig Leute gibt es hier nicht.",
         "Eine Stunde mehr für die eigenen Pläne.",
         "Suchen Sie zuerst den Ort, dann den Tag."), PUBLIC),
    Run("transferwerkstatt", "Transferwerkstatt: Coworking im Bahnhof", "2026-05-28", ON_SITE, WITTSTOCK, 31,
        (3000, 960, 840), 5600),
    Run("erfahrungswerkstatt", "Erfahrungswerkstatt: Leerstand gemeinsam angehen", "2025-06-12", ON_SITE, PERLEBERG, 34,
        (1800, 600, 480), 2900,
        ("Kurze Wege: alle Beispiele lagen in fünf Minuten zu Fuß.",
         "Das Mittagessen hat zu lange gedauert.",
         "Weniger Beiträge, mehr Zeit an den Tischen.",
         "Lassen Sie die Händler selbst erzählen."), PUBLIC, True),
    Run("erfahrungswerkstatt", "Erfahrungswerkstatt: Gesundheit vor Ort", "2025-10-30", HYBRID, HECHINGEN, 42,
        (2100, 540, 540), 3600),
    Run("erfahrungswerkstatt", "Erfahrungswerkstatt: Wohnen im Zentrum", "2026-06-18", ON_SITE, MOELLN, 29,
        (1620, 540, 420), 2400),
    Run("expertengespraech", "Expertengespräch: Denkmal und Dämmung", "2025-03-27", DIGITAL, LOBENSTEIN, 9,
        (180, 120, 60), 500),
    Run("expertengespraech", "Expertengespräch: Bauturbo", "2025-11-27", DIGITAL, OTTERNDORF, 13, (210, 120, 75), 600),
    Run("expertengespraech", "Expertengespräch: Fördermittel kombinieren", "2026-06-25", DIGITAL, ZWOENITZ, 11,
        (150, 105, 60), 450,
        ("Die Fragen kamen vorher schriftlich. So blieb Zeit für die schwierigen.",
         "Die Fachperson sprach schneller, als wir mitschreiben konnten.",
         "Jemanden fürs Protokoll bestimmen.",
         "Fragen Sie vorher, ob die Antworten weitergegeben werden dürfen."), WAITS),
    Run("auf-tour", "Auf Tour: Dorfläden im Norden", "2025-08-28", ON_SITE, MOELLN, 27, (960, 330, 180), 1850,
        ("Im Bus wurde mehr geredet als in jedem Saal.",
         "Eine Station hat am Vortag abgesagt.",
         "Immer eine Station in Reserve haben.",
         "Rechnen Sie an jeder Station eine Viertelstunde mehr."), PUBLIC),
    Run("sprechstunde", "Sprechstunde: Förderrecht", "2026-03-03", DIGITAL, PERLEBERG, 2, (15, 30, 15), 0,
        ("Eine halbe Stunde hat gereicht.", "Der Vertrag lag nicht vor.", "Unterlagen vorher schicken lassen.", ""),
        BACK, True),
    Run("tandem", "Tandem: Zwei Bauämter, ein Jahr", "2026-04-14", HYBRID, OSTERBURG, 2, None, None),
)  # fmt: skip
WHY_BACK = "Bitte nennen Sie das Jahr des Vertrags nicht. Daran erkennt man die Person, um die es ging. (Demo)"
KEYS = tuple(one.key for one in RUNS)


def version() -> str:
    """Return what the demo is made from."""
    return hashlib.sha256(repr((RUNS, WHY_BACK)).encode()).hexdigest()


def find() -> dict[Key, FormatRun]:
    """Return the runs of the demo that are there, by what they are known by."""
    rows = FormatRun.objects.filter(_ours()).select_related("profile")
    return {(one.profile.slug, one.title, one.held_on): one for one in rows}


def _ours() -> Q:
    ours = Q(pk__in=())
    for slug, title, day in KEYS:
        ours |= Q(profile__slug=slug, title=title, held_on=day)
    return ours


@transaction.atomic
def load(say: Callable[[str], None]) -> None:
    """Make the runs that are not there yet. What somebody has made of one since stays as it is."""
    formats = {one.slug: one for one in FormatProfile.objects.filter(slug__in={run.format for run in RUNS})}
    towns = Town.objects.in_bulk({run.town for run in RUNS})
    mayor = User.objects.filter(email=MAYOR).first()
    there = find()
    new = [one for one in RUNS if one.key not in there and one.format in formats]
    FormatRun.objects.bulk_create(
        _row(one, formats[one.format], towns.get(one.town), mayor if one.by_mayor else None) for one in new
    )
    kind = next(one for one in public_kinds if one.model is FormatProfile)
    public.changed(kind, {formats[one.format].pk for one in new})  # a bulk change sends no signal
    say(f"{len(RUNS)} erfundene Durchführungen sind da.")


def _row(run: Run, profile: FormatProfile, town: Town | None, by: User | None) -> FormatRun:
    at = timezone.make_aware(datetime.combine(run.day, time(17)))
    minutes = dict(
        zip(("prepare_minutes", "run_minutes", "follow_up_minutes"), run.minutes or (None, None, None), strict=True)
    )
    return FormatRun(
        profile=profile, title=run.title, held_on=run.day, mode=run.mode, town=town, participants=run.participants,
        host="Erfunden für die Demo", **minutes, cost_eur=run.cost, measured_at=at if run.minutes else None,
        **dict(zip(REPORT, run.report or ("",) * len(REPORT), strict=True)),
        reported_at=at if run.report else None, released_at=at if run.state == PUBLIC else None,
        returned_because=WHY_BACK if run.state == BACK else "", made_by=by,
    )  # fmt: skip


def what_it_leaves() -> list[str]:
    """Return what goes with the demo."""
    return [f"Durchführung {one}" for one in FormatRun.objects.filter(_ours()).order_by("held_on", "pk")]


@transaction.atomic
def remove() -> None:
    """Delete the invented runs."""
    FormatRun.objects.filter(_ours()).delete()
