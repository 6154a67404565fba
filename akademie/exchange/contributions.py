"""What exchange shows elsewhere."""

from datetime import timedelta

from akademie.core.contributions import NavigationLink, Schedule, navigation, schedules
from akademie.exchange import actions
from akademie.notifications.types import NotificationType, notification_types

navigation.add(NavigationLink(key="austausch", title="Austausch", url="/austausch/", order=70))
for key, label, mail in (
    ("exchange.confirm", "Ihre Frage bestätigen", "exchange/mail/confirm"),
    ("exchange.receipt", "Ihre Frage ist angekommen", "exchange/mail/receipt"),
    ("exchange.request_in", "Neue Anfrage an die Geschäftsstelle", "exchange/mail/request_in"),
):
    notification_types.add(NotificationType(key=key, label=label, category="Austausch", mail=mail))
schedules.add(Schedule(key="exchange.tidy", job=actions.remove_old_requests, every=timedelta(hours=1)))
