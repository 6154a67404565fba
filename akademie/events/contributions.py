"""What events show elsewhere: in search and calendar, on the desk; their mails, people's data, the log's words."""

from datetime import timedelta

from akademie.core.audit import LogWords, Named, log_words
from akademie.core.contributions import (
    DataSet,
    HandOver,
    Hideable,
    NavigationLink,
    PeopleData,
    PersonalDates,
    Processing,
    PublicDates,
    PublicKind,
    RetentionRule,
    Schedule,
    WaitingTasks,
    hideables,
    navigation,
    people_data,
    personal_dates,
    processing,
    public_dates,
    public_kinds,
    reference_data,
    retention_rules,
    schedules,
    waiting_tasks,
)
from akademie.events import host_contributions as host_contributions  # what hosting shows elsewhere
from akademie.events import office_queries, open_data, personal_data, queries
from akademie.events import public_dates as dates
from akademie.events.actions import clock, hiding, types
from akademie.events.models import Event, EventType
from akademie.notifications.types import NotificationType, notification_types

OFFICE_URL = "/geschaeftsstelle/veranstaltungen/"
public_kinds.add(
    PublicKind(
        key=queries.KIND, title="Veranstaltungen", singular="Veranstaltung", model=Event,
        visible_to=queries.visible_to, entries=queries.entries, cards=queries.cards, list_url="/veranstaltungen/",
        topic_lookup="topics", town_lookup="town", ages=True, dated_by=("published_at", "changed_at"),
        data=open_data.DATA, order=25,
    )
)  # fmt: skip
navigation.add(NavigationLink(key="veranstaltungen", title="Veranstaltungen", url="/veranstaltungen/", order=25))
navigation.add(
    NavigationLink(
        key="veranstaltungen-verwalten", title="Veranstaltungen verwalten", url=OFFICE_URL, place="desk", order=60
    )
)
navigation.add(
    NavigationLink(
        key="veranstaltungsarten", title="Arten von Veranstaltungen", url=f"{OFFICE_URL}arten/", place="desk", order=61
    )
)
reference_data.add(
    DataSet(key="events.types", label="Arten von Veranstaltungen", version=lambda: "1", load=types.load_types, order=45)
)
public_dates.add(
    PublicDates(
        key="events", title="Veranstaltungen", stamp=queries.KIND, dates=dates.dates_between, coming=dates.coming
    )
)
personal_dates.add(PersonalDates(key="events.hosted", dates=dates.hosted_dates, viewable=True, order=20))
schedules.add(Schedule(key="events.clock", job=clock.keep_time, every=timedelta(minutes=5), order=30))
waiting_tasks.add(
    WaitingTasks(
        key="events.publish", title="Veranstaltungen veröffentlichen", tasks=office_queries.waiting_events,
        for_office=True, count=office_queries.count_waiting, answers=True, url=f"{OFFICE_URL}?liste=vorgelegt",
        order=40,
    )
)  # fmt: skip
hideables.add(
    Hideable(
        key=queries.KIND, title="Veranstaltung", find=hiding.event_at, makers=hiding.owners_of, hide=hiding.hide,
        show=hiding.show,
    )
)  # fmt: skip

# -- mails ------------------------------------------------------------------------------------------------------------
for key, label, mail, for_office in (
    ("submitted", "Eine Veranstaltung wartet auf Veröffentlichung", "events/mail/submitted", True),
    ("published", "Ihre Veranstaltung ist veröffentlicht", "events/mail/published", False),
    ("given_back", "Ihre Veranstaltung kam zurück", "events/mail/given_back", False),
    ("cancelled", "Eine Veranstaltung ist abgesagt", "events/mail/cancelled", False),
):
    notification_types.add(
        NotificationType(
            key=f"events.{key}", label=label, category="Veranstaltungen", mail=mail, for_office=for_office, order=45
        )
    )

# -- people's data ----------------------------------------------------------------------------------------------------
people_data.add(
    PeopleData(
        key="events", title="Veranstaltungen", models=personal_data.MODELS, export=personal_data.export,
        preview=personal_data.preview, erase=personal_data.erase, order=35,
        hand_over=HandOver(
            preview=personal_data.nothing_sure, run=personal_data.move_nothing, doubtful=personal_data.doubtful,
            run_doubtful=personal_data.move_doubtful,
        ),
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="events.contacts", title="Ansprechpersonen vergangener Veranstaltungen",
        period=f"{personal_data.KEPT_DAYS} Tage nach der Veranstaltung",
        reason="So lange fragen Menschen noch nach Unterlagen und Ergebnissen.",
        due=personal_data.contacts_too_old, delete=lambda rows: rows.update(**personal_data.NO_CONTACT), order=35,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="events.drafts", title="Veranstaltungen, die nie veröffentlicht wurden",
        period=f"{personal_data.KEPT_DAYS} Tage nach dem geplanten Tag",
        reason="So lange lässt sich ein Entwurf für einen neuen Anlauf verwenden.",
        due=personal_data.drafts_too_old, order=36,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="events", title="Veranstaltungen",
        purpose="Veranstaltungen vorbereiten, ankündigen und sagen, wer Fragen beantwortet",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO",
        people="alle, die eine Veranstaltung vorbereiten, dafür eine Aufgabe haben oder Fragen beantworten",
        data="Name, E-Mail-Adresse und Telefon für Fragen; wer zuständig ist; Aufgaben und wer sie erledigt hat",
        recipients="Der Kontakt für Fragen steht öffentlich auf der Seite. Alles andere sehen nur die Beteiligten und "
        "die Geschäftsstelle.",
        retention=("events.contacts", "events.drafts"), order=35,
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="events", things={Event: "die", EventType: "die"}, describe={Event: office_queries.described},
        named={Event: Named(people=("owner",), names=("contact_name", "contact_email"), words=("host", "title"))},
        deeds={
            "events.submitted": "{person} hat {thing} zur Veröffentlichung vorgelegt.",
            "events.published": "{person} hat {thing} veröffentlicht.",
            "events.publish_later": "{person} hat {thing} zur Veröffentlichung vorgemerkt.",
            "events.given_back": "{person} hat {thing} zurückgegeben.",
            "events.cancelled": "{person} hat {thing} abgesagt.",
            "events.type_added": "{person} hat {thing} hinzugefügt.",
            "events.type_renamed": "{person} hat {thing} umbenannt.",
            "events.type_moved": "{person} hat {thing} an einen anderen Platz gestellt.",
            "events.type_offered": "{person} bietet {thing} wieder an.",
            "events.type_switched_off": "{person} bietet {thing} nicht mehr an.",
            "events.type_deleted": "{person} hat {thing} gelöscht.",
        },
    )
)  # fmt: skip
