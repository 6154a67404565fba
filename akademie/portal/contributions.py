"""What the portal shows elsewhere: the Wegweiser comes first in the navigation; the ways to one's own pages."""

from collections.abc import Iterable
from datetime import timedelta

from akademie.accounts.models import User
from akademie.core.audit import LogWords, log_words
from akademie.core.contributions import (
    DataSet,
    ErasureLine,
    ExportPart,
    Fate,
    FixedPages,
    NavigationLink,
    PagePanel,
    PeopleData,
    Processing,
    Schedule,
    Subject,
    fixed_pages,
    navigation,
    page_panels,
    people_data,
    processing,
    reference_data,
    schedules,
)
from akademie.notifications.types import NotificationType, notification_types
from akademie.portal import actions, handbook, topic_news
from akademie.portal.models import CalendarAddress

navigation.add(NavigationLink(key="mein-bereich", title="Mein Bereich", url="/mein-bereich/", place="person", order=10))
navigation.add(
    NavigationLink(key="geschaeftsstelle", title="Geschäftsstelle", url="/geschaeftsstelle/", place="office", order=10)
)
navigation.add(
    NavigationLink(key="ansehen-als", title="Ansehen als", url="/geschaeftsstelle/ansehen-als/", place="desk", order=95)
)
navigation.add(
    NavigationLink(key="handbuch", title="Handbuch", url="/geschaeftsstelle/handbuch/", place="desk", order=98)
)
for place, order in (("footer", 10), ("account", 99)):
    navigation.add(NavigationLink(key=f"hilfe-{place}", title="Hilfe", url="/hilfe/", place=place, order=order))
navigation.add(NavigationLink(key="wegweiser", title="Wegweiser", url="/wegweiser/", order=5))
navigation.add(NavigationLink(key="kalender", title="Kalender", url="/kalender/", place="footer", order=12))
page_panels.add(
    PagePanel(
        key="portal.help", page="search", template="portal/public/_help.html",
        context=lambda request, asked: {"cards": cards} if (cards := handbook.cards_for(asked.text)) else None,
    )
)  # fmt: skip
fixed_pages.add(
    FixedPages(
        key="portal.help", paths=lambda: [f"/hilfe/{card.slug}/" for card in handbook.book(handbook.TOWNS).cards]
    )
)
reference_data.add(
    DataSet(key="portal.start", label="Startseite", version=lambda: "1", load=actions.install_start_page, order=62)
)
notification_types.add(
    NotificationType(
        key=topic_news.KIND, label="Neues zu Ihren Themen", category="Ihre Themen", mail="portal/mail/topic_news",
        may_wait=True, may_stop=True, order=80,
    )
)  # fmt: skip
schedules.add(
    Schedule(
        key=topic_news.KIND, job=topic_news.tell_of_topics, every=timedelta(days=1), at=topic_news.AT, order=29
    )
)  # fmt: skip


def _addresses(subject: Subject) -> "list[CalendarAddress]":
    return list(CalendarAddress.objects.filter(user=subject.user)) if subject.user else []


def _export(subject: Subject) -> Iterable[ExportPart]:
    rows = ({"seit": address.made_at} for address in _addresses(subject))
    return [ExportPart("Adresse Ihres Kalenders", rows)]


def _preview(subject: Subject) -> Iterable[ErasureLine]:
    return [ErasureLine(Fate.GOES, "Die Adresse Ihres Kalenders") for _ in _addresses(subject)]


def _erase(subject: Subject) -> None:
    for address in _addresses(subject):
        address.delete()


people_data.add(
    PeopleData(
        key="portal", title="Mein Bereich", models=(CalendarAddress,), export=_export, preview=_preview, erase=_erase
    )
)
processing.add(
    Processing(
        key="portal.calendar", title="Kalender abonnieren",
        purpose="Ihr Kalenderprogramm liest Ihre Termine und Fristen, ohne sich anzumelden.",
        basis="Art. 6 Abs. 1 Buchst. a DSGVO (Ihr Wunsch; Sie beenden die Adresse jederzeit)",
        people="Wer seinen Kalender abonniert", data="eine geheime Adresse und seit wann es sie gibt",
        recipients="das Kalenderprogramm, dem Sie die Adresse geben",
        kept="Die Adresse gilt, bis Sie sie beenden oder Ihr Konto löschen.",
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="portal",
        things={User: "die"},
        deeds={"portal.look_as": "{person} hat sich die Akademie als {thing} angesehen."},
    )
)
