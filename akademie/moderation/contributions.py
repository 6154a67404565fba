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
for key, label, mail in (
    ("moderation.receipt", "Ihre Meldung ist angekommen", "moderation/mail/receipt"),
    ("moderation.decided", "Über Ihre Meldung ist entschieden", "moderation/mail/decided"),
    ("moderation.report_in", "Neue Meldung eines Inhalts", "moderation/mail/report_in"),
    ("moderation.restricted", "Ein Inhalt von Ihnen ist eingeschränkt oder entfernt", "moderation/mail/restricted"),
):
    notification_types.add(NotificationType(key=key, label=label, category="Meldungen", mail=mail))
schedules.add(Schedule(key="moderation.tidy", job=actions.remove_old_reports, every=timedelta(days=1), at=time(3, 15)))
