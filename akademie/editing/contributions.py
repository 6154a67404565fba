"""What editing shows elsewhere: its places on the desk, its mails and their answers, people's data, the log's words."""

from datetime import time, timedelta

from akademie.core.audit import LogWords, Named, log_words
from akademie.core.contributions import (
    DataSet,
    FixedPages,
    NavigationLink,
    PeopleData,
    Processing,
    RetentionRule,
    Schedule,
    WaitingTasks,
    fixed_pages,
    navigation,
    people_data,
    processing,
    reference_data,
    retention_rules,
    schedules,
    waiting_tasks,
)
from akademie.editing import actions, personal_data, queries, reminders
from akademie.editing.models import KEPT_DAYS, Absence, Upkeep
from akademie.notifications.types import MailAction, NotificationType, mail_actions, notification_types

navigation.add(
    NavigationLink(key="aktualitaet", title="Aktualität", url="/geschaeftsstelle/aktualitaet/", place="desk", order=72)
)
navigation.add(NavigationLink(key="lesbarkeit", title="Lesbarkeit", url="/lesbarkeit/", place="footer", order=69))
fixed_pages.add(FixedPages(key="editing", paths=lambda: ["/lesbarkeit/"]))
navigation.add(
    NavigationLink(key="vertretung", title="Vertretung", url="/geschaeftsstelle/vertretung/", place="desk", order=96)
)
waiting_tasks.add(
    WaitingTasks(
        key="editing.upkeep", title="Inhalte prüfen", tasks=queries.waiting_checks, for_office=True,
        url="/geschaeftsstelle/aktualitaet/", order=60,
    )
)  # fmt: skip
reference_data.add(
    DataSet(
        key="editing.upkeep", label="Pflege der Inhalte", version=lambda: "2", load=actions.take_note_of_all, order=90
    )
)
schedules.add(
    Schedule(
        key=reminders.CHECK, job=reminders.ask_whether_still_right, every=timedelta(days=1), at=time(7), order=40
    )
)  # fmt: skip
for key, label, mail in (
    (reminders.CHECK, "Stimmen Ihre Inhalte noch?", "editing/mail/check"),
    ("editing.stand_in", "Sie vertreten jemanden", "editing/mail/stand_in"),
):
    notification_types.add(
        NotificationType(key=key, label=label, category="Redaktion", mail=mail, for_office=True, order=60)
    )
for key, ask, run in (
    (reminders.STILL_RIGHT, reminders.ask_still_right, reminders.take_still_right),
    (reminders.MUST_CHANGE, reminders.ask_must_change, reminders.take_must_change),
    (reminders.ARCHIVE, reminders.ask_to_archive, reminders.take_to_archive),
):
    mail_actions.add(MailAction(key=key, model=Upkeep, ask=ask, run=run, days=30, open=True))

# -- people's data ----------------------------------------------------------------------------------------------------
people_data.add(
    PeopleData(
        key="editing", title="Pflege der Inhalte", models=(Upkeep, Absence), export=personal_data.export,
        preview=personal_data.preview, erase=personal_data.erase, order=45,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="editing.absences", title="Vertretungen", period=f"{KEPT_DAYS} Tage nach dem letzten Tag",
        reason="Danach fragt niemand mehr, wer wen vertreten hat.", due=Absence.objects.long_past, order=45,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="editing", title="Pflege der Inhalte", purpose="festhalten, wer sich worum kümmert und wer wen vertritt",
        basis="Art. 6 Abs. 1 Buchst. b und f DSGVO", people="Menschen aus der Geschäftsstelle",
        data="zuständige Person, Tag der letzten Prüfung, Tage der Abwesenheit ohne Grund",
        recipients="nur die Geschäftsstelle", retention=("editing.absences",), order=45,
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="editing", things={Absence: "die"}, describe={Absence: queries.described},
        named={Absence: Named(people=("person", "substitute"))},
        deeds={
            "editing.look_after": "{person} hat bestimmt, wer sich um {thing} kümmert.",
            "editing.of_nobody": "{person} hat vermerkt, dass sich niemand um {thing} kümmert.",
            "editing.still_right": "{person} hat {thing} geprüft: stimmt noch.",
            "editing.must_change": "{person} hat {thing} geprüft: muss geändert werden.",
            "editing.stands_in": "{person} hat {thing} eingetragen.",
            "editing.is_back": "{person} hat {thing} beendet.",
        },
    )
)  # fmt: skip
