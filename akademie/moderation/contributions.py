"""What moderation shows elsewhere: the link on every page, its place on the desk, its mails, people's data."""

from akademie.core.audit import LogWords, Named, log_words
from akademie.core.contributions import (
    NavigationLink,
    PeopleData,
    PostingGate,
    Processing,
    RetentionRule,
    WaitingTasks,
    navigation,
    people_data,
    posting_gates,
    processing,
    retention_rules,
    waiting_tasks,
)
from akademie.moderation import personal_data, queries
from akademie.moderation.models import KEPT_DAYS, ContentReport, HiddenContent, PostingLock
from akademie.notifications.types import KnownAddresses, NotificationType, known_addresses, notification_types
from akademie.privacy import holds

navigation.add(
    NavigationLink(key="inhalt-melden", title="Inhalt melden", url="/inhalt-melden/", place="page", order=71)
)
navigation.add(
    NavigationLink(key="meldungen", title="Meldungen", url="/geschaeftsstelle/meldungen/", place="desk", order=80)
)
for key, label, mail in (
    ("moderation.receipt", "Ihre Meldung ist angekommen", "moderation/mail/receipt"),
    ("moderation.decided", "Über Ihre Meldung ist entschieden", "moderation/mail/decided"),
    ("moderation.report_in", "Neue Meldung eines Inhalts", "moderation/mail/report_in"),
    ("moderation.restricted", "Ein Inhalt von Ihnen ist eingeschränkt oder entfernt", "moderation/mail/restricted"),
    ("moderation.hidden", "Ein Inhalt von Ihnen ist ausgeblendet", "moderation/mail/hidden"),
    ("moderation.shown", "Ein Inhalt von Ihnen ist wieder zu sehen", "moderation/mail/shown"),
    ("moderation.locked", "Ihr Konto ist für neue Beiträge gesperrt", "moderation/mail/locked"),
    ("moderation.unlocked", "Ihr Konto ist nicht mehr gesperrt", "moderation/mail/unlocked"),
):
    notification_types.add(
        NotificationType(
            key=key, label=label, category="Meldungen", mail=mail, for_office=key == "moderation.report_in"
        )
    )  # fmt: skip

posting_gates.add(PostingGate(key="moderation", refuses=queries.refusal))
known_addresses.add(KnownAddresses(key="moderation", emails=queries.addresses_of_reporters))
waiting_tasks.add(
    WaitingTasks(
        key="moderation.reports", title="Meldungen von Inhalten", tasks=queries.waiting_reports, for_office=True,
        count=ContentReport.objects.open().count, answers=True,
        url="/geschaeftsstelle/meldungen/", order=30,
    )
)  # fmt: skip

# -- people's data ----------------------------------------------------------------------------------------------------
holds.protect(ContentReport)
people_data.add(
    PeopleData(
        key="moderation", title="Meldungen von Inhalten", models=personal_data.MODELS, export=personal_data.export,
        preview=personal_data.preview, erase=personal_data.erase, claim=personal_data.claim, order=30,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="moderation.reports", title="Meldungen von Inhalten", period=f"{KEPT_DAYS} Tage nach der Entscheidung",
        reason="So lange lässt sich belegen, wie entschieden wurde.", due=ContentReport.objects.decided_long_ago,
        order=30,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="moderation.locks", title="Sperren von Konten", period=f"{KEPT_DAYS} Tage nach ihrem Ende",
        reason="So lange lässt sich belegen, warum ein Konto gesperrt war.", due=PostingLock.objects.over_long_ago,
        order=31,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="moderation.locks", title="Sperren von Konten",
        purpose="andere vor rechtswidrigen oder verletzenden Beiträgen schützen",
        basis="Art. 6 Abs. 1 Buchst. c und f DSGVO mit Art. 14 und 17 der Verordnung (EU) 2022/2065",
        people="wer für neue Beiträge gesperrt ist", data="Konto, Grund und Begründung, Beginn und Ende",
        recipients="nur die Geschäftsstelle", retention=("moderation.locks",), order=31,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="moderation.reports", title="Meldungen von Inhalten",
        purpose="prüfen, ob ein Inhalt rechtswidrig, falsch oder verletzend ist, und Ihnen antworten",
        basis="Art. 6 Abs. 1 Buchst. c DSGVO mit Art. 16 der Verordnung (EU) 2022/2065",
        people="alle, die einen Inhalt melden; wer den Inhalt gemacht hat, erfährt nicht, von wem die Meldung kommt",
        data="gemeldete Seite, Erklärung; Name und E-Mail-Adresse, wenn Sie sie nennen",
        recipients="nur die Geschäftsstelle", retention=("moderation.reports",), order=30,
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="moderation", things={ContentReport: "die", HiddenContent: "den", PostingLock: "die"},
        describe={ContentReport: queries.described, PostingLock: queries.locked_people},
        named={ContentReport: Named(people=("user",), names=("name", "email"), words=("title", "address")),
            HiddenContent: Named(words=("title", "address")), PostingLock: Named(people=("user",)),
        },
        deeds={
            "moderation.decide": "{person} hat über {thing} entschieden: {data[says]}.",
            "moderation.forget_reporter": "{person} hat Name und Adresse gelöscht, und zwar in {thing}.",
            "moderation.hide": "{person} hat „{data[title]}“ ausgeblendet.",
            "moderation.show": "{person} zeigt „{data[title]}“ wieder.",
            "moderation.lock": "{person} hat {thing} ausgesprochen.",
            "moderation.unlock": "{person} hat {thing} aufgehoben.",
        },
    )
)  # fmt: skip
