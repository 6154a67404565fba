"""What the API shows elsewhere: open data in the footer, keys and what they hand in on the office's desk."""

from akademie.api import personal_data
from akademie.api.actions import KEY_MADE, KEY_WITHDRAWN
from akademie.api.models import KEPT_DAYS, AccessKey
from akademie.api.queries import HANDED_IN, waiting_drafts
from akademie.core.audit import LogWords, log_words
from akademie.core.contributions import (
    NavigationLink,
    PeopleData,
    Processing,
    RetentionRule,
    WaitingTasks,
    navigation,
    people_data,
    processing,
    retention_rules,
    waiting_tasks,
)
from akademie.notifications.types import NotificationType, notification_types

navigation.add(NavigationLink(key="daten", title="Offene Daten", url="/daten/", place="footer", order=68))
navigation.add(
    NavigationLink(
        key="zugangsschluessel", title="Zugangsschlüssel für Programme", url="/konto/zugangsschluessel/", place="desk",
        order=90,
    )
)  # fmt: skip
notification_types.add(
    NotificationType(key=KEY_MADE, label="Neuer Zugangsschlüssel", category="Konto", mail="api/mail/key_made")
)
waiting_tasks.add(
    WaitingTasks(
        key=HANDED_IN, title="Über die Schnittstelle eingereicht", tasks=waiting_drafts, for_office=True,
        url=f"/geschaeftsstelle/cms/reports/site-history/?action={HANDED_IN}", order=30,
    )
)  # fmt: skip

# -- people's data ----------------------------------------------------------------------------------------------------
people_data.add(
    PeopleData(
        key="api", title="Zugangsschlüssel", models=(AccessKey,), export=personal_data.export,
        preview=personal_data.preview, erase=personal_data.erase,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="api.keys", title="Beendete Zugangsschlüssel",
        period=f"{KEPT_DAYS} Tage nach dem Ende; in der nächsten Nacht, wenn die Person die Geschäftsstelle verlässt",
        reason="So lange sehen Sie, wann ein Schlüssel zuletzt benutzt wurde.",
        due=AccessKey.objects.ended_long_ago,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="api.keys", title="Zugangsschlüssel für Programme",
        purpose="Programme reichen in Ihrem Namen Entwürfe ein", basis="Art. 6 Abs. 1 Buchst. e DSGVO",
        people="Redaktion und Leitung, wenn sie einen Schlüssel erstellen",
        data="Name und Prüfsumme des Schlüssels, bis wann er gilt, wann er zuletzt benutzt wurde; was er einreicht, "
        "steht mit Ihrem Namen im Protokoll",
        recipients="die Geschäftsstelle; den Schlüssel hat, wem Sie ihn geben", retention=("api.keys",),
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="api", things={AccessKey: "den"},
        deeds={
            KEY_MADE: "{person} hat {thing} erstellt.",
            KEY_WITHDRAWN: "{person} hat {thing} zurückgezogen.",
            HANDED_IN: "{person} hat {thing} über die Schnittstelle eingereicht.",
        },
    )
)  # fmt: skip
