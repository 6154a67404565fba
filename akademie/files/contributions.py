"""What files shows elsewhere: its place and its tasks on the desk, who uploaded what, the words of the log."""

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
from akademie.files import actions, personal_data, queries
from akademie.files.models import AcademyDocument, AcademyImage

navigation.add(
    NavigationLink(key="medien", title="Medien", url="/geschaeftsstelle/medien/", place="desk", order=74)
)  # fmt: skip
waiting_tasks.add(
    WaitingTasks(
        key="files.media", title="Bilder und Dokumente", tasks=queries.waiting_media, for_office=True,
        url="/geschaeftsstelle/medien/", order=80,
    )
)  # fmt: skip
people_data.add(
    PeopleData(
        key="files", title="Bilder und Dokumente", models=personal_data.MODELS, export=personal_data.export,
        preview=personal_data.preview, erase=personal_data.erase, order=60,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="files.unfinished", title="Hochgeladene Dateien ohne Angaben",
        period=f"{queries.KEPT_UNFINISHED.days} Tage nach dem Hochladen",
        reason="Damit die Geschäftsstelle die Angaben auch später ergänzen kann.",
        due=actions.unfinished_uploads, delete=actions.forget_uploads, order=60,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="files", title="Bilder und Dokumente", purpose="zeigen, was Texte erklärt, und nennen, von wem es ist",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO", people="die Geschäftsstelle; wer ein Bild gemacht hat",
        data="wer wann etwas hochgeladen hat; der Name im Bildnachweis", retention=("files.unfinished",),
        kept="so lange wie die Datei, der Name der hochladenden Person nur so lange wie das Konto", order=60,
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="files", things={AcademyImage: "das", AcademyDocument: "das"},
        deeds={
            "files.shrink": "{person} hat {thing} verkleinert.",
            "files.accessible": "{person} hat {thing} als barrierefrei geprüft vermerkt.",
        },
    )
)  # fmt: skip
