"""What editing shows elsewhere: its places on the desk, its mails and their answers, people's data, the log's words."""

from datetime import time, timedelta

from akademie.core.audit import LogWords, Named, log_words
from akademie.core.contributions import (
    DataSet,
    FixedPages,
    NavigationLink,
    PagePanel,
    PeopleData,
    Processing,
    RetentionRule,
    Schedule,
    StandIns,
    WaitingTasks,
    fixed_pages,
    navigation,
    page_panels,
    people_data,
    processing,
    reference_data,
    retention_rules,
    schedules,
    stand_ins,
    waiting_tasks,
)
from akademie.editing import actions, approving, personal_data, queries, releasing, reminders
from akademie.editing.checked import panel_of
from akademie.editing.models import APPROVAL_KEPT_DAYS, KEPT_DAYS, Absence, Approval, Upkeep
from akademie.notifications.types import (
    KnownAddresses,
    MailAction,
    NotificationType,
    known_addresses,
    mail_actions,
    notification_types,
)

navigation.add(
    NavigationLink(key="aktualitaet", title="Aktualität", url="/geschaeftsstelle/aktualitaet/", place="desk", order=72)
)
navigation.add(NavigationLink(key="lesbarkeit", title="Lesbarkeit", url="/lesbarkeit/", place="footer", order=69))
fixed_pages.add(FixedPages(key="editing", paths=lambda: ["/lesbarkeit/"]))
navigation.add(
    NavigationLink(key="vertretung", title="Vertretung", url="/geschaeftsstelle/vertretung/", place="desk", order=96)
)
navigation.add(
    NavigationLink(key="freigaben", title="Freigaben", url="/geschaeftsstelle/freigaben/", place="desk", order=71)
)
for key, title, tasks, url in (
    ("editing.releases", "Texte freigeben", queries.waiting_releases, "/geschaeftsstelle/cms/"),
    ("editing.approvals", "Freigaben", queries.waiting_approvals, "/geschaeftsstelle/freigaben/?liste=tun"),
):
    waiting_tasks.add(WaitingTasks(key=key, title=title, tasks=tasks, for_office=True, url=url, order=55))
known_addresses.add(KnownAddresses(key="editing", emails=queries.addresses_asked))
page_panels.add(PagePanel(key="editing.checked", page="page", template="editing/public/checked.html", context=panel_of))
waiting_tasks.add(
    WaitingTasks(
        key="editing.upkeep", title="Inhalte prüfen", tasks=queries.waiting_checks, for_office=True,
        count=queries.open_checks,
        url="/geschaeftsstelle/aktualitaet/", order=60,
    )
)  # fmt: skip
stand_ins.add(StandIns(key="editing", today=queries.substitutes))
reference_data.add(
    DataSet(
        key="editing.upkeep", label="Pflege der Inhalte", version=lambda: "2", load=actions.take_note_of_all, order=90
    )
)
reference_data.add(
    DataSet(
        key="editing.workflow", label="Freigabe in zwei Schritten", version=lambda: "1", load=releasing.set_up, order=91
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
    (releasing.WANTED, "Ein Text wartet auf Ihre Freigabe", "editing/mail/release_wanted"),
    (approving.ANSWERED, "Antwort auf eine Bitte um Freigabe", "editing/mail/approval_answered"),
):
    notification_types.add(
        NotificationType(key=key, label=label, category="Redaktion", mail=mail, for_office=True, order=60)
    )
notification_types.add(
    NotificationType(
        key=approving.ASKED, label="Bitte um Freigabe eines Textes", category="Redaktion",
        mail="editing/mail/approval_asked", order=61,
    )
)  # fmt: skip
for key, ask, run in (
    (reminders.STILL_RIGHT, reminders.ask_still_right, reminders.take_still_right),
    (reminders.MUST_CHANGE, reminders.ask_must_change, reminders.take_must_change),
    (reminders.ARCHIVE, reminders.ask_to_archive, reminders.take_to_archive),
):
    mail_actions.add(MailAction(key=key, model=Upkeep, ask=ask, run=run, days=30, open=True))

# -- people's data ----------------------------------------------------------------------------------------------------
people_data.add(
    PeopleData(
        key="editing", title="Pflege der Inhalte", models=(Upkeep, Absence, Approval), export=personal_data.export,
        preview=personal_data.preview, erase=personal_data.erase, order=45,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="editing.absences", title="Vertretungen", period=f"{KEPT_DAYS} Tage nach dem letzten Tag",
        reason="Danach fragt niemand mehr, wer wen vertreten hat.", due=Absence.objects.long_past, order=45,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="editing.approval_addresses", title="Adressen von Menschen, die einen Text freigegeben haben",
        period=f"{APPROVAL_KEPT_DAYS} Tage nach der Antwort",
        reason="So lange fragen wir bei einer Änderung dieselbe Person noch einmal.",
        due=queries.addresses_to_forget, delete=lambda rows: rows.update(email=""), order=46,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="editing.approvals", title="Freigaben von Texten, die nicht mehr veröffentlicht sind",
        period=f"{APPROVAL_KEPT_DAYS} Tage nach der Antwort, ohne Antwort {APPROVAL_KEPT_DAYS} Tage nach der Frage",
        reason="Solange ein Text öffentlich ist, müssen wir sagen können, wer ihn freigegeben hat.",
        due=queries.approvals_to_forget, order=47,
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
processing.add(
    Processing(
        key="editing.approvals", title="Freigaben von Texten",
        purpose="Menschen fragen, ob ein Text über ihre Stadt so stimmt, und ihre Freigabe belegen",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO", people="alle, die wir um Freigabe bitten, auch ohne Konto",
        data="Name, Funktion, Stadt, E-Mail-Adresse, Antwort mit Zeit und Anmerkung, Fassung des Textes",
        recipients="nur die Geschäftsstelle", retention=("editing.approval_addresses", "editing.approvals"),
        kept="Wer einen Text freigegeben hat, bleibt vermerkt, solange der Text veröffentlicht ist.", order=46,
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
            "editing.approval_asked": "{person} hat jemanden von außen um Freigabe gebeten, und zwar für: {thing}.",
            "editing.approval_reminded": "{person} hat jemanden von außen an die Freigabe erinnert, und zwar für: "
            "{thing}.",
            "editing.approval_withdrawn": "{person} hat die Bitte um Freigabe zurückgezogen, und zwar für: {thing}.",
            "editing.approved": "Jemand von außen hat {thing} per Link freigegeben.",
            "editing.change_wanted": "Jemand von außen wünscht per Link eine Änderung, und zwar an: {thing}.",
            "editing.published_without_approval": "{person} hat {thing} ohne die erbetene Freigabe veröffentlicht. "
            "Grund: {data[why]}",
            "editing.stands_in": "{person} hat {thing} eingetragen.",
            "editing.is_back": "{person} hat {thing} beendet.",
        },
    )
)  # fmt: skip
