"""What moderation shows elsewhere: the link on every page, its place on the desk, its mails, what time does."""

from datetime import time, timedelta

from akademie.core.contributions import NavigationLink, Schedule, navigation, schedules
from akademie.moderation import actions
from akademie.notifications.types import NotificationType, notification_types

navigation.add(
    NavigationLink(key="inhalt-melden", title="Inhalt melden", url="/inhalt-melden/", place="page", order=71)
)
navigation.add(
    NavigationLink(key="meldungen", title="Meldungen", url="/geschaeftsstelle/meldungen/", place="desk", order=80)
)
for key, label in (
    ("receipt", "Ihre Meldung ist angekommen"),
    ("decided", "Über Ihre Meldung ist entschieden"),
    ("report_in", "Neue Meldung eines Inhalts"),
    ("restricted", "Ein Inhalt von Ihnen ist eingeschränkt oder entfernt"),
):
    notification_types.add(
        NotificationType(key=f"moderation.{key}", label=label, category="Meldungen", mail=f"moderation/mail/{key}")
    )
schedules.add(Schedule(key="moderation.tidy", job=actions.remove_old_reports, every=timedelta(days=1), at=time(3, 15)))
