"""What exchange shows elsewhere."""

from akademie.core.contributions import BackgroundLoop, NavigationLink, background_loops, navigation
from akademie.exchange import actions
from akademie.notifications.types import NotificationType, notification_types

navigation.add(NavigationLink(key="austausch", title="Austausch", url="/austausch/", order=70))
for key, label, mail in (
    ("exchange.confirm", "Ihre Frage bestätigen", "exchange/mail/confirm"),
    ("exchange.receipt", "Ihre Frage ist angekommen", "exchange/mail/receipt"),
    ("exchange.request_in", "Neue Anfrage an die Geschäftsstelle", "exchange/mail/request_in"),
):
    notification_types.add(NotificationType(key=key, label=label, category="Austausch", mail=mail))
background_loops.add(BackgroundLoop(key="exchange.tidy", run=actions.keep_tidying))
