"""What runs of formats show elsewhere: the desk, Mein Bereich, mails, people's data, the demo."""

from akademie.core.audit import LogWords, Named, log_words
from akademie.core.contributions import (
    DataSet,
    FixedPages,
    NavigationLink,
    PeopleData,
    Processing,
    Removal,
    RetentionRule,
    Tile,
    WaitingTasks,
    demo_data,
    fixed_pages,
    navigation,
    people_data,
    processing,
    retention_rules,
    tiles,
    waiting_tasks,
)
from akademie.formats import demo_runs, reports, run_data
from akademie.formats.actions.runs import RELEASED, REPORT_IN, RETURNED
from akademie.formats.models import FormatRun
from akademie.notifications.types import NotificationType, notification_types

OFFICE_URL = "/geschaeftsstelle/formate/berichte/"
fixed_pages.add(FixedPages(key="formats.finder", paths=lambda: ["/formate/was-passt/"]))
navigation.add(NavigationLink(key="berichte", title="Erfahrungsberichte", url=OFFICE_URL, place="desk", order=74))
waiting_tasks.add(
    WaitingTasks(
        key="formats.reports", title="Erfahrungsberichte freigeben", tasks=reports.waiting_reports, for_office=True,
        count=FormatRun.objects.to_release().count, answers=True, url=OFFICE_URL, order=33,
    )
)  # fmt: skip
waiting_tasks.add(
    WaitingTasks(
        key="formats.my_reports", title="Erfahrungsberichte", tasks=reports.my_waiting_runs, viewable=True, order=33
    )
)
tiles.add(
    Tile(
        key="formats.runs", title="Meine Durchführungen", template="formats/participant/_runs_tile.html",
        context=reports.my_runs, viewable=True, order=33,
    )
)  # fmt: skip
for key, label, mail in (
    (REPORT_IN, "Ein Erfahrungsbericht wartet auf Freigabe", "formats/mail/report_in"),
    (RELEASED, "Ihr Erfahrungsbericht ist veröffentlicht", "formats/mail/report_released"),
    (RETURNED, "Ihr Erfahrungsbericht ist zurückgekommen", "formats/mail/report_returned"),
):
    notification_types.add(
        NotificationType(key=key, label=label, category="Formate", mail=mail, for_office=key == REPORT_IN, order=33)
    )
demo_data.add(
    DataSet(
        key="formats.demo_runs", label="Durchführungen der Demo", version=demo_runs.version, load=demo_runs.load,
        remove=Removal(preview=demo_runs.what_it_leaves, run=demo_runs.remove), order=40,
    )
)  # fmt: skip

# -- people's data ----------------------------------------------------------------------------------------------------
people_data.add(
    PeopleData(
        key="formats.runs", title="Durchführungen von Formaten", models=run_data.MODELS, export=run_data.export,
        preview=run_data.preview, erase=run_data.erase, order=33,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="formats.runs", title="Wer eine Durchführung eingetragen hat", period="3 Jahre nach der Durchführung",
        reason="So lange fragen wir bei Zahlen und Berichten nach. Durchführung und Bericht bleiben ohne Namen.",
        due=FormatRun.objects.of_long_ago, delete=lambda rows: rows.update(made_by=None), order=33,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="formats.runs", title="Durchführungen von Formaten",
        purpose="zeigen, was ein Format wirklich braucht, und von Erfahrungen erzählen",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO", people="alle, die eine Durchführung eintragen",
        data="wer sie eingetragen hat; Titel, Tag, Stadt, Zeiten, Kosten, Bericht",
        recipients="Zahlen zusammengefasst und der freigegebene Bericht ohne Namen sind öffentlich; wer sie "
        "eingetragen hat, sieht nur die Geschäftsstelle",
        retention=("formats.runs",), kept="Zahlen und Berichte bleiben, ohne Namen.", order=33,
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="formats.runs", things={FormatRun: "die"}, describe={FormatRun: reports.described},
        named={FormatRun: Named(people=("made_by",), words=("title", "profile__name"))},
        deeds={
            "formats.run_entered": "{person} hat {thing} eingetragen.",
            "formats.minutes_entered": "{person} hat die Zeiten eingetragen, und zwar für: {thing}.",
            "formats.minutes_corrected": "{person} hat die Zeiten korrigiert, und zwar für: {thing}.",
            "formats.report_written": "{person} hat einen Erfahrungsbericht geschrieben, und zwar für: {thing}.",
            "formats.report_released": "{person} hat den Erfahrungsbericht freigegeben, und zwar für: {thing}.",
            "formats.report_corrected": "{person} hat den Erfahrungsbericht geändert, und zwar für: {thing}.",
            "formats.report_returned": "{person} hat den Erfahrungsbericht zurückgegeben, und zwar für: {thing}.",
        },
    )
)  # fmt: skip
