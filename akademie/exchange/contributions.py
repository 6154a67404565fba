"""What exchange shows elsewhere."""

from akademie.core.audit import LogWords, Named, log_words
from akademie.core.contributions import (
    HandOver,
    NavigationLink,
    PeopleData,
    Processing,
    RetentionRule,
    Tile,
    WaitingTasks,
    navigation,
    people_data,
    processing,
    retention_rules,
    tiles,
    waiting_tasks,
)
from akademie.exchange import actions, personal_data, queries
from akademie.exchange.models import CONFIRM_DAYS, KEPT_DAYS, HelpRequest
from akademie.notifications.types import (
    KnownAddresses,
    NotificationType,
    known_addresses,
    notification_types,
)
from akademie.privacy import holds

navigation.add(NavigationLink(key="austausch", title="Austausch", url="/austausch/", order=70))
for key, label, mail in (
    ("exchange.confirm", "Ihre Frage bestätigen", "exchange/mail/confirm"),
    ("exchange.receipt", "Ihre Frage ist angekommen", "exchange/mail/receipt"),
    ("exchange.request_in", "Neue Anfrage an die Geschäftsstelle", "exchange/mail/request_in"),
):
    notification_types.add(
        NotificationType(
            key=key, label=label, category="Austausch", mail=mail, for_office=key == "exchange.request_in"
        )
    )  # fmt: skip

waiting_tasks.add(
    WaitingTasks(
        key="exchange.requests", title="Fragen an die Geschäftsstelle", tasks=queries.waiting_requests, for_office=True,
        count=queries.open_requests, answers=True,
        url="/geschaeftsstelle/cms/anfragen/?state=open", order=10,
    )
)  # fmt: skip
tiles.add(
    Tile(
        key="exchange.requests", title="Meine Fragen", template="exchange/participant/_tile.html",
        context=queries.my_requests, viewable=True, order=15,
    )
)  # fmt: skip
known_addresses.add(KnownAddresses(key="exchange", emails=queries.addresses_of_askers))

# -- people's data ----------------------------------------------------------------------------------------------------
holds.protect(HelpRequest)
people_data.add(
    PeopleData(
        key="exchange", title="Fragen an die Geschäftsstelle", models=personal_data.MODELS, export=personal_data.export,
        preview=personal_data.preview, erase=personal_data.erase,
        hand_over=HandOver(
            preview=queries.preview_hand_over, run=actions.hand_over, doubtful=queries.doubtful_in_hand_over,
            run_doubtful=actions.hand_over_ticked,
        ),
        claim=actions.claim, order=20,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="exchange.unconfirmed", title="Unbestätigte Fragen", period=f"{CONFIRM_DAYS} Tage nach dem Absenden",
        reason="So lange gilt der Link zum Bestätigen.", due=HelpRequest.objects.never_confirmed, order=20,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="exchange.done", title="Beantwortete und geschlossene Fragen", period=f"{KEPT_DAYS} Tage danach",
        reason="So lange können Sie nachfragen.", due=HelpRequest.objects.done_long_ago, order=21,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="exchange.requests", title="Fragen an die Geschäftsstelle",
        purpose="Ihre Frage beantworten; sie kommt erst an, wenn Sie Ihre Adresse bestätigt haben",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO", people="alle, die eine Frage stellen",
        data="Frage, E-Mail-Adresse; Stadt, wenn Sie sie nennen; bei einem gemeinsamen Postfach, wer fragt; das "
        "Beispiel oder Anliegen, von dem Sie kamen",
        retention=("exchange.unconfirmed", "exchange.done"), kept="Offene Fragen bleiben, bis sie beantwortet sind.",
        order=20,
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="exchange", things={HelpRequest: "die"}, describe={HelpRequest: queries.described},
        named={HelpRequest: Named(people=("user",), names=("email", "acting_as"), words=("town__name",))},
        deeds={
            "exchange.answered": "{person} hat {thing} beantwortet.",
            "exchange.closed": "{person} hat {thing} ohne Antwort geschlossen.",
            "exchange.open": "{person} hat {thing} wieder geöffnet.",
        },
    )
)  # fmt: skip
