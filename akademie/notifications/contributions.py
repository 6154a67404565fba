"""What notifications shows elsewhere: the weekly mail, settings, addresses that take no mails, people's data."""

from datetime import timedelta

from django.conf import settings

from akademie.core.audit import LogWords, Named, log_words
from akademie.core.contributions import (
    HealthCheck,
    MailWatch,
    NavigationLink,
    PeopleData,
    Processing,
    RetentionRule,
    Schedule,
    Tile,
    WaitingTasks,
    health_checks,
    mail_watches,
    navigation,
    people_data,
    processing,
    retention_rules,
    schedules,
    tiles,
    waiting_tasks,
)
from akademie.notifications import personal_data, queries
from akademie.notifications.actions import addresses, returned, weekly
from akademie.notifications.models import SilentAddress
from akademie.notifications.types import NotificationType, notification_types

OFFICE_URL = "/geschaeftsstelle/unzustellbar/"
navigation.add(
    NavigationLink(
        key="benachrichtigungen",
        title="Benachrichtigungen",
        url="/konto/benachrichtigungen/",
        place="account",
        order=60,
    )
)
navigation.add(
    NavigationLink(key="unzustellbar", title="Unzustellbare Adressen", url=OFFICE_URL, place="desk", order=84)
)
notification_types.add(
    NotificationType(
        key=weekly.KIND, label="Wochenmail am Dienstag", category="Alles auf einmal", mail="notifications/mail/weekly",
        may_stop=True, order=1,
    )
)  # fmt: skip
schedules.add(
    Schedule(key="notifications.weekly", job=weekly.send_weekly, every=timedelta(days=1), at=weekly.AT, order=30)
)
schedules.add(
    Schedule(key="notifications.returned", job=returned.read_returned_mails, every=timedelta(minutes=10), order=31)
)
tiles.add(
    Tile(
        key="notifications.notices", title="Neues für Sie", template="notifications/participant/_notices.html",
        context=queries.newest_notices, order=10,
    )
)  # fmt: skip
mail_watches.add(MailWatch(key="notifications", silent=queries.silent_among, refused=addresses.note_refusal))
waiting_tasks.add(
    WaitingTasks(
        key="notifications.silent", title="Unzustellbare Adressen", tasks=queries.waiting_addresses, for_office=True,
        url=OFFICE_URL, order=60,
    )
)  # fmt: skip
health_checks.add(
    HealthCheck(
        key="notifications.returned", title="Zurückgekommene Mails", look=returned.mailbox_health,
        every=timedelta(minutes=30), order=26,
    )
)  # fmt: skip

# -- people's data ----------------------------------------------------------------------------------------------------
people_data.add(
    PeopleData(
        key="notifications", title="Benachrichtigungen", models=personal_data.MODELS, export=personal_data.export,
        preview=personal_data.preview, erase=personal_data.erase, claim=personal_data.claim, order=70,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="notifications.notices", title="Mitteilungen der Wochenmail", period=f"{queries.KEPT_NOTICES.days} Tage",
        reason="So lange können Sie in Mein Bereich nachlesen, was es Neues gab.", due=queries.old_notices, order=70,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="notifications.addresses", title="Vermerke über unzustellbare Adressen",
        period=f"{queries.KEPT_COUNTS.days} Tage nach dem letzten Fehler; gesperrte Adressen zwei Jahre",
        reason="Damit nicht immer wieder Mails an eine Adresse gehen, die niemand liest.", due=queries.old_addresses,
        order=71,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="notifications.choices", title="Benachrichtigungen", purpose="Ihnen schreiben, wann und wovon Sie möchten",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO", people="alle mit einem Konto; wer Mails ohne Konto abbestellt hat",
        data="was Sie sofort, in der Wochenmail oder gar nicht bekommen; die Zeilen der Wochenmail",
        recipients="niemand", retention=("notifications.notices",),
        kept="Ihre Einstellungen bleiben, bis Sie sie ändern oder Ihr Konto löschen.", order=70,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="notifications.addresses", title="Unzustellbare Adressen",
        purpose="herausfinden, wer eine Stelle übernommen hat, wenn Mails nicht mehr ankommen",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO", people="alle, an deren Adresse Mails nicht ankommen",
        data="Adresse, Zeitpunkt und die Fehlermeldung des Mailservers, nichts vom Inhalt der Mail",
        retention=("notifications.addresses",),
        kept="Bis die Geschäftsstelle entschieden hat, bleibt der Vermerk.", order=71,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="notifications.returned", title="Zurückgekommene Mails",
        purpose="aus dem Postfach für Rückmeldungen lesen, welche Mails nicht angekommen sind",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO",
        people="alle, an deren Adresse Mails nicht ankommen; wer von sich aus an dieses Postfach schreibt",
        data="die Meldung des fremden Mailservers mit Adresse, Zeitpunkt und Grund",
        recipients="der Mailserver des Trägers",
        kept="Eine Meldung löschen wir dort, sobald sie gelesen ist; was bleibt, steht unter „Unzustellbare Adressen“. "
        "Andere Mails in diesem Postfach lesen und löschen Menschen.",
        when=lambda: bool(settings.BOUNCE_IMAP_HOST), order=72,
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="notifications", things={SilentAddress: "die"}, named={SilentAddress: Named(names=("email",))},
        deeds={
            "notifications.good_again": "{person} lässt wieder gelten: {thing}.",
            "notifications.blocked": "{person} hat {thing} gesperrt.",
            "notifications.corrected": "{person} hat {thing} durch eine neue ersetzt.",
        },
    )
)  # fmt: skip
