"""What hosting shows elsewhere: the start of a format, Mein Bereich, tasks and their mails."""

from akademie.core.audit import LogWords, log_words
from akademie.core.contributions import (
    DataSet,
    PagePanel,
    PersonalDates,
    Removal,
    Tile,
    WaitingTasks,
    demo_data,
    page_panels,
    personal_dates,
    tiles,
    waiting_tasks,
)
from akademie.events import demo, host_queries, texts
from akademie.events.actions import hosting
from akademie.events.views import start
from akademie.formats.run_links import RunLinks, run_links
from akademie.formats.starters import FormatStarter, format_starters
from akademie.notifications.types import NotificationType, notification_types

format_starters.add(
    FormatStarter(
        key="events", label="Format starten", starts=start.starts, view=start.start,
        example=texts.example_of,
        what="Eine Veranstaltung mit Programm, Checkliste, Texten und Auswertung.", order=10,
    )
)  # fmt: skip
demo_data.add(
    DataSet(
        key="events.demo", label="Veranstaltungen der Demo", version=lambda: demo.VERSION, load=demo.load,
        remove=Removal(preview=demo.what_it_leaves, run=demo.remove), order=50,
    )
)  # fmt: skip
page_panels.add(
    PagePanel(
        key="events.evaluation", page="event", template="events/public/_evaluation.html",
        context=host_queries.evaluation_panel,
    )
)  # fmt: skip
page_panels.add(
    PagePanel(
        key="events.evaluations", page="format", template="events/public/_format_panel.html",
        context=lambda _request, slug: {"slug": slug},
    )
)  # fmt: skip
run_links.add(RunLinks(key="events", addresses=host_queries.addresses_of_runs))
notification_types.add(
    NotificationType(
        key=hosting.ASSIGNED, label="Eine Aufgabe für eine Veranstaltung", category="Veranstaltungen",
        mail="events/mail/task_assigned", order=46,
    )
)  # fmt: skip
tiles.add(
    Tile(
        key="events", title="Meine Veranstaltungen", template="events/host/_tile.html", context=host_queries.tile,
        viewable=True, order=20,
    )
)  # fmt: skip
for key, title, tasks in (
    ("events.tasks", "Aufgaben für Veranstaltungen", host_queries.waiting_tasks),
    ("events.afterwards", "Nach der Veranstaltung", host_queries.waiting_afterwards),
):
    waiting_tasks.add(WaitingTasks(key=key, title=title, tasks=tasks, viewable=True, order=30))
personal_dates.add(PersonalDates(key="events.tasks", dates=host_queries.task_dates, viewable=True, order=30))
log_words.add(
    LogWords(
        key="events.hosting",
        deeds={
            "events.start": "{person} hat {thing} angelegt.",
            "events.change": "{person} hat {thing} geändert.",
            "events.recap": "{person} hat den Rückblick veröffentlicht, und zwar für {thing}.",
        },
    )
)  # fmt: skip
