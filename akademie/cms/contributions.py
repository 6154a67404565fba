"""What cms shows elsewhere: pages and news, the links of the duties, the frame's words, its data sets."""

from functools import partial

from django.urls import reverse

from akademie.cms import actions, open_data, personal_data, queries
from akademie.cms.models import AcademySettings, Duty, Menu, NewsIndexPage, NewsPage, StandardPage
from akademie.core.audit import LogWords, log_words
from akademie.core.contributions import (
    BackgroundLoop,
    DataSet,
    FrameSource,
    NavigationLink,
    OperatorDuty,
    PeopleData,
    Processing,
    PublicKind,
    StartNote,
    WaitingTasks,
    background_loops,
    frame_sources,
    navigation,
    operator_duties,
    people_data,
    processing,
    public_kinds,
    reference_data,
    start_notes,
    waiting_tasks,
)

public_kinds.add(
    PublicKind(
        key=queries.NEWS, title="Aktuelles", singular="Nachricht", model=NewsPage, visible_to=queries.visible_news,
        entries=queries.news_entries, list_url="/aktuelles/", topic_lookup="topics", ages=True, data=open_data.DATA,
        order=70,
    )
)  # fmt: skip
public_kinds.add(
    PublicKind(
        key=queries.PAGES, title="Seiten", singular="Seite", model=StandardPage, visible_to=queries.visible_pages,
        entries=queries.page_entries, order=90,
    )
)  # fmt: skip

navigation.add(NavigationLink(key="aktuelles", title="Aktuelles", url="/aktuelles/", order=80))
navigation.add(NavigationLink(key="redaktion", title="Redaktion", url="/geschaeftsstelle/cms/", place="desk", order=70))
for number, duty in enumerate(Duty):
    navigation.add(
        NavigationLink(key=duty.value, title=duty.label, url=f"/{duty.value}/", place="footer", order=60 + number)
    )
navigation.add(
    NavigationLink(key="neue-seite", title="Neue Seite", url="/geschaeftsstelle/neue-seite/", place="desk", order=69)
)
frame_sources.add(FrameSource(key="cms.settings", stamp=queries.STAMP, values=queries.frame_values))

reference_data.add(
    DataSet(
        key="cms.pages", label="Seiten werden angelegt", version=actions.drafts_version, load=actions.load_pages,
        order=60,
    )
)  # fmt: skip
reference_data.add(
    DataSet(
        key="cms.office", label="Geschäftsstelle wird eingerichtet", version=actions.office_version,
        load=actions.set_up_office, order=61,
    )
)  # fmt: skip
background_loops.add(BackgroundLoop(key="cms.publish", run=actions.keep_publishing))
start_notes.add(StartNote(key="cms.set_up", lines=actions.setup_lines, order=20))

WHY = {  # the pages in Leichte Sprache and DGS are made of what `easy` asks for itself
    Duty.IMPRINT: "§ 5 DDG und § 18 Absatz 2 MStV verlangen die Angaben zum Träger.",
    Duty.PRIVACY: "Artikel 13 DSGVO: Wer Daten verarbeitet, sagt den Menschen, welche, wozu und wie lange.",
    Duty.TERMS: "Artikel 14 der Verordnung (EU) 2022/2065: Wer Inhalte anderer zeigt, nennt die Regeln dafür.",
    Duty.HOUSE_RULES: "Damit alle wissen, wie man hier miteinander umgeht und wer bei Streit entscheidet.",
    Duty.ACCESSIBILITY: "§ 12b BGG und § 7 BITV 2.0, oder Ihr Landesrecht: Die Erklärung nennt Stand und Lücken.",
    Duty.SOURCES: "Die Lizenzen der gezeigten Daten verlangen, dass die Quellen genannt sind.",
}


operator_duties.add(
    OperatorDuty(
        key="cms.settings", title="Angaben zur Akademie", is_done=queries.settings_are_complete,
        url=lambda: reverse("wagtailsettings:edit", args=["cms", "academysettings"]),
        why="Impressum, Datenschutz und Fußzeile nehmen ihre Angaben von hier.", order=20,
    )
)  # fmt: skip
waiting_tasks.add(
    WaitingTasks(
        key="cms.versions", title="Leichte Sprache und Englisch", tasks=queries.waiting_versions, for_office=True,
        url="/geschaeftsstelle/fassungen/", order=65,
    )
)  # fmt: skip
navigation.add(
    NavigationLink(key="fassungen", title="Leichte Sprache", url="/geschaeftsstelle/fassungen/", place="desk", order=73)
)

for number, (duty, why) in enumerate(WHY.items()):
    operator_duties.add(
        OperatorDuty(
            key=f"cms.{duty.value}", title=f"Seite „{duty.label}“", is_done=partial(queries.duty_is_done, duty),
            url=partial(queries.duty_editor, duty), why=why, order=30 + number,
        )
    )  # fmt: skip

# -- people's data ----------------------------------------------------------------------------------------------------
people_data.add(
    PeopleData(
        key="cms", title="Seiten und Kommentare", models=personal_data.MODELS, export=personal_data.export,
        preview=personal_data.preview, erase=personal_data.erase, order=50,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="cms.pages", title="Seiten, Kommentare und Fassungen", purpose="Inhalte gemeinsam schreiben und freigeben",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO", people="die Geschäftsstelle",
        data="wer eine Seite angelegt, gespeichert, kommentiert oder freigegeben hat, und wann",
        kept="so lange wie die Seite, der Name nur so lange wie das Konto", order=50,
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="cms",
        things={AcademySettings: "die", Menu: "die", NewsIndexPage: "die Liste"},
    )
)  # fmt: skip
