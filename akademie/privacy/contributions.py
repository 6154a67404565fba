"""What privacy shows elsewhere: its place on the desk, what it keeps and how long, the words of the log."""

from datetime import time, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Collection, ModelLogEntry, Page, PageLogEntry

from akademie.accounts.models import FormerAddress
from akademie.core import outbox, worker
from akademie.core.audit import LogWords, log_words
from akademie.core.contributions import (
    NavigationLink,
    PagePanel,
    PeopleData,
    Processing,
    RetentionRule,
    Schedule,
    navigation,
    page_panels,
    people_data,
    processing,
    retention_rules,
    schedules,
)
from akademie.core.models import Tally
from akademie.privacy import own_data
from akademie.privacy.actions import orders
from akademie.privacy.actions.retention import delete_log_entries, run_retention
from akademie.privacy.log_sentences import DEEDS
from akademie.privacy.models import KEPT_DAYS, ArchiveOffer, DataOrder, LegalHold
from akademie.privacy.own_data import KEPT_ENDED_HOLD, KEPT_LOG, older_than
from akademie.privacy.queries.retention import record_of_processing

for key, title, url, place, order in (
    ("meine-daten", "Meine Daten", "/konto/meine-daten/", "account", 80),
    ("konto-loeschen", "Konto und Daten löschen", "/konto/loeschen/", "account", 90),
    ("datenschutz-desk", "Datenschutz", "/geschaeftsstelle/datenschutz/", "desk", 85),
):
    navigation.add(NavigationLink(key=key, title=title, url=url, place=place, order=order))
schedules.add(Schedule(key="privacy.retention", job=run_retention, every=timedelta(days=1), at=time(0, 5), order=5))
page_panels.add(
    PagePanel(
        key="privacy.notice", page="datenschutz", template="privacy/public/notice.html",
        context=lambda request, page: {"record": list(record_of_processing())},
    )
)  # fmt: skip

people_data.add(
    PeopleData(
        key="privacy", title="Mails, Protokoll und Bestellungen", models=own_data.MODELS, export=own_data.export,
        preview=own_data.preview, erase=own_data.erase, claim=orders.claim, order=900,
    )
)  # fmt: skip

# -- how long ---------------------------------------------------------------------------------------------------------
RULES: tuple[dict[str, Any], ...] = (
    {"key": "privacy.orders", "title": "Zusammenstellungen der eigenen Daten", "period": f"{KEPT_DAYS} Tage",
     "reason": "So lange haben Sie Zeit, sie abzuholen.", "due": DataOrder.objects.over, "delete": orders.forget},
    {"key": "core.mails", "title": "Adresse, Betreff und Zeitpunkt einer Mail",
     "period": f"{outbox.KEPT_SENT.days} Tage nach dem Versand, bei Mails, die nicht ankamen, "
     f"{outbox.KEPT_FAILED.days} Tage",
     "reason": "Damit die Geschäftsstelle helfen kann, wenn eine Mail nicht ankommt.", "due": outbox.old_mails},
    {"key": "core.sessions", "title": "Sitzungen", "period": "30 Tage, oder bis Sie sich abmelden",
     "reason": "So lange bleiben Sie angemeldet.",
     "due": lambda: Session.objects.filter(expire_date__lt=timezone.now())},
    {"key": "core.tallies", "title": "Zähler gegen Missbrauch, mit Prüfsummen statt Adressen",
     "period": "eine Stunde nach ihrem Ende", "reason": "Damit niemand Postfächer füllt oder Formulare überschwemmt.",
     "due": lambda: Tally.objects.filter(ends_at__lte=timezone.now())},
    {"key": "core.jobs", "title": "Ergebnisse von Aufgaben im Hintergrund", "period": f"{worker.KEPT.days} Tage",
     "reason": "Damit sich Fehler aufklären lassen.",
     "due": lambda: DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - worker.KEPT)},
    {"key": "accounts.former_addresses", "title": "Frühere Adressen eines Kontos", "period": "fünf Jahre",
     "reason": "Damit „Meine Daten“ und die Löschung auch finden, was unter der früheren Adresse geschah.",
     "due": older_than(FormerAddress, "until", KEPT_LOG)},
    {"key": "privacy.log", "title": "Protokoll der Geschäftsstelle", "period": "fünf Jahre",
     "reason": "So lange lässt sich belegen, wer was entschieden hat.",
     "due": older_than(ModelLogEntry, "timestamp", KEPT_LOG), "delete": delete_log_entries},
    {"key": "privacy.page_log", "title": "Protokoll der Seiten", "period": "fünf Jahre",
     "reason": "So lange lässt sich belegen, wer was veröffentlicht hat.",
     "due": older_than(PageLogEntry, "timestamp", KEPT_LOG), "delete": delete_log_entries},
    {"key": "privacy.ended_holds", "title": "Beendete Aufbewahrungen", "period": "ein Jahr nach dem Ende",
     "reason": "Damit sich zeigen lässt, warum etwas länger blieb.",
     "due": older_than(LegalHold, "ended_at", KEPT_ENDED_HOLD)},
)  # fmt: skip
for order, one in enumerate(RULES):
    retention_rules.add(RetentionRule(**one, order=800 + order))

# -- whose data, what for ---------------------------------------------------------------------------------------------
PUBLIC_TASK = "Art. 6 Abs. 1 Buchst. e DSGVO"
LEGAL_DUTY = "Art. 6 Abs. 1 Buchst. c DSGVO"
processing.add(
    Processing(
        key="core.mails", title="Mails der Akademie", purpose="Ihnen schreiben, was Sie angestoßen haben",
        basis=PUBLIC_TASK, people="alle, denen die Akademie schreibt",
        data="Adresse, Betreff, Zeitpunkt; der Inhalt nur, bis der Mailserver die Mail angenommen hat",
        recipients="der Mailserver des Trägers", retention=("core.mails",), order=800,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="core.limits", title="Schutz vor Missbrauch",
        purpose="verhindern, dass jemand Postfächer füllt oder Formulare überschwemmt", basis=PUBLIC_TASK,
        people="alle, die ein Formular absenden",
        data="Anzahl je Anschluss und je Adresse, beide nur als Prüfsumme", retention=("core.tallies",), order=801,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="privacy.requests", title="Auskunft und Löschung",
        purpose="Ihre Rechte nach Art. 15, 17 und 20 DSGVO erfüllen",
        basis=LEGAL_DUTY, people="alle, die ihre Daten bestellen oder löschen",
        data="Adresse, Zeitpunkt, die Zusammenstellung selbst", recipients="nur Sie selbst",
        retention=("privacy.orders",), order=802,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="privacy.log", title="Protokoll", purpose="belegen, wer in der Akademie was geändert und entschieden hat",
        basis=PUBLIC_TASK, people="alle, die etwas ändern oder entscheiden, vor allem die Geschäftsstelle",
        data="Name, Zeitpunkt, was geschah und woran", recipients="die Leitung", order=803,
        retention=("privacy.log", "privacy.page_log", "privacy.ended_holds", "core.jobs"),
    )
)  # fmt: skip

log_words.add(
    LogWords(
        key="privacy", deeds=DEEDS, order=900,
        things={
            Page: "die", Collection: "die",
            LegalHold: "die", ArchiveOffer: "das",
        },
    )
)  # fmt: skip
