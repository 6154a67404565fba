"""What accessibility shows elsewhere: the link on every page, its places on the desk, its mails, people's data."""

from datetime import time, timedelta

from django.urls import reverse

from akademie.accessibility import actions, personal_data, queries, statement
from akademie.accessibility.models import (
    ADDRESS_DAYS,
    KEPT_DAYS,
    BarrierReport,
    KnownBarrier,
    ManualCheck,
    StatementReview,
)
from akademie.core.audit import LogWords, Named, log_words
from akademie.core.contributions import (
    HealthCheck,
    NavigationLink,
    OperatorDuty,
    PagePanel,
    PeopleData,
    Processing,
    RetentionRule,
    Schedule,
    WaitingTasks,
    health_checks,
    navigation,
    operator_duties,
    page_panels,
    people_data,
    processing,
    retention_rules,
    schedules,
    waiting_tasks,
)
from akademie.notifications.types import KnownAddresses, NotificationType, known_addresses, notification_types
from akademie.privacy import holds

OFFICE_URL = "/geschaeftsstelle/barrieren/"
navigation.add(
    NavigationLink(key="barriere-melden", title="Barriere melden", url="/barriere-melden/", place="page", order=70)
)
navigation.add(NavigationLink(key="barrieren", title="Gemeldete Barrieren", url=OFFICE_URL, place="desk", order=81))
waiting_tasks.add(
    WaitingTasks(
        key="accessibility.barriers", title="Gemeldete Barrieren", tasks=queries.waiting_reports, for_office=True,
        count=BarrierReport.objects.open().count, answers=True, url=OFFICE_URL, order=31,
    )
)  # fmt: skip
schedules.add(
    Schedule(
        key="accessibility.remind", job=actions.remind_of_barriers, every=timedelta(days=1), at=time(7, 5), order=41
    )
)
for key, label, mail, for_office in (
    ("accessibility.receipt", "Ihre Meldung einer Barriere ist angekommen", "accessibility/mail/receipt", False),
    ("accessibility.answered", "Antwort auf Ihre Meldung einer Barriere", "accessibility/mail/answered", False),
    ("accessibility.report_in", "Jemand hat eine Barriere gemeldet", "accessibility/mail/report_in", True),
    ("accessibility.reminder", "Eine Barriere wartet auf Antwort", "accessibility/mail/reminder", True),
):
    notification_types.add(
        NotificationType(key=key, label=label, category="Barrierefreiheit", mail=mail, for_office=for_office)
    )
known_addresses.add(KnownAddresses(key="accessibility", emails=queries.addresses_of_reporters))

# -- the statement ----------------------------------------------------------------------------------------------------
STATEMENT_URL = "/geschaeftsstelle/barrierefreiheit/"
navigation.add(
    NavigationLink(key="erklaerung", title="Erklärung zur Barrierefreiheit", url=STATEMENT_URL, place="desk", order=83)
)
page_panels.add(
    PagePanel(
        key="accessibility.statement", page="barrierefreiheit", template="accessibility/public/_statement.html",
        context=statement.panel,
    )
)  # fmt: skip
waiting_tasks.add(
    WaitingTasks(
        key="accessibility.review", title="Erklärung zur Barrierefreiheit", tasks=statement.waiting_review,
        for_office=True, url=STATEMENT_URL, order=61,
    )
)  # fmt: skip
health_checks.add(
    HealthCheck(
        key="accessibility.statement", title="Erklärung zur Barrierefreiheit", look=statement.look,
        every=timedelta(hours=1), order=60,
    )
)  # fmt: skip
operator_duties.add(
    OperatorDuty(
        key="accessibility.review", title="Bewertung der Barrierefreiheit", is_done=statement.is_reviewed,
        url=lambda: STATEMENT_URL, order=35,
        why="Die Erklärung nennt den Stand der Vereinbarkeit. Nur ein Mensch kann ihn feststellen.",
    )
)  # fmt: skip
operator_duties.add(
    OperatorDuty(
        key="accessibility.enforcement", title="Schlichtungs- oder Durchsetzungsstelle",
        is_done=statement.names_enforcement_body,
        url=lambda: reverse("wagtailsettings:edit", args=["cms", "academysettings"]), order=36,
        why="§ 12b BGG: Die Erklärung sagt, wer hilft, wenn auf eine gemeldete Barriere keine gute Antwort kommt.",
    )
)  # fmt: skip

# -- people's data ----------------------------------------------------------------------------------------------------
holds.protect(BarrierReport)
people_data.add(
    PeopleData(
        key="accessibility", title="Gemeldete Barrieren", models=personal_data.MODELS, export=personal_data.export,
        preview=personal_data.preview, erase=personal_data.erase, claim=personal_data.claim, order=31,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="accessibility.addresses", title="Adressen bei gemeldeten Barrieren",
        period=f"{ADDRESS_DAYS} Tage nach der Antwort",
        reason="So lange fragen Menschen nach, ob die Barriere behoben ist.",
        due=BarrierReport.objects.address_too_old, delete=actions.forget_addresses, order=31,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="accessibility.reports", title="Gemeldete Barrieren", period=f"{KEPT_DAYS} Tage nach der Antwort",
        reason="So oft prüft die Überwachungsstelle, wie auf Meldungen geantwortet wurde.",
        due=BarrierReport.objects.answered_long_ago, order=32,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="accessibility.barriers", title="Gemeldete Barrieren",
        purpose="die Barriere beseitigen und Ihnen antworten",
        basis="Art. 6 Abs. 1 Buchst. c DSGVO mit § 12b BGG oder dem Landesrecht",
        people="alle, die eine Barriere melden",
        data="Seite, Beschreibung; E-Mail-Adresse, wenn Sie eine Antwort möchten; unsere Antwort",
        recipients="nur die Geschäftsstelle", retention=("accessibility.addresses", "accessibility.reports"), order=40,
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="accessibility",
        things={BarrierReport: "die", StatementReview: "die", ManualCheck: "die", KnownBarrier: "die"},
        describe={BarrierReport: queries.described},
        named={BarrierReport: Named(people=("user",), names=("email",), words=("page",))},
        deeds={
            "accessibility.answer": "{person} hat {thing} beantwortet.",
            "accessibility.fixed": "{person} hat {thing} als behoben vermerkt.",
            "accessibility.see_to": "{person} hat bestimmt, wer sich um {thing} kümmert.",
            "accessibility.forget_reporter": "{person} hat die Adresse gelöscht, und zwar in {thing}.",
            "accessibility.review": "{person} hat {thing} gespeichert.",
            "accessibility.enter": "{person} hat {thing} in die Erklärung eingetragen.",
            "accessibility.take_out": "{person} hat {thing} aus der Erklärung genommen.",
        },
    )
)  # fmt: skip
