"""What people shows elsewhere."""

from akademie.core.audit import LogWords, Named, log_words
from akademie.core.contributions import (
    DataSet,
    Hideable,
    NavigationLink,
    PagePanel,
    PeopleData,
    Processing,
    Removal,
    RetentionRule,
    Tile,
    WaitingTasks,
    demo_data,
    hideables,
    navigation,
    page_panels,
    people_data,
    processing,
    retention_rules,
    tiles,
    waiting_tasks,
)
from akademie.notifications.types import (
    KnownAddresses,
    MailAction,
    NotificationType,
    SharedAccounts,
    known_addresses,
    mail_actions,
    notification_types,
    shared_accounts,
)
from akademie.people import acting, demo, in_log, queries
from akademie.people.actions import contact, handing_over, hiding, joining, personal_data
from akademie.people.models import (
    CONFIRM_DAYS,
    DECIDE_DAYS,
    DECLINED_DAYS,
    ENDED_DAYS,
    MESSAGE_DAYS,
    OFFER_DAYS,
    ContactRequest,
    Handover,
    Membership,
    Organisation,
    Profile,
    ProfileTopic,
)

hideables.add(
    Hideable(
        key="people.profile", title="Profil", find=hiding.profile_at, makers=hiding.owners_of, hide=hiding.hide,
        show=hiding.show,
    )
)  # fmt: skip
OFFICE_URL = "/geschaeftsstelle/zugehoerigkeiten/"
navigation.add(NavigationLink(key="zugehoerigkeiten", title="Zugehörigkeiten", url=OFFICE_URL, place="desk", order=82))

navigation.add(NavigationLink(key="profil", title="Mein Profil", url="/konto/profil/", place="account", order=20))
navigation.add(
    NavigationLink(key="zugehoerigkeit", title="Meine Städte", url="/konto/zugehoerigkeit/", place="account", order=21)
)

page_panels.add(
    PagePanel(key="people.town", page="town", template="people/public/_town.html", context=queries.town_panel)
)
page_panels.add(
    PagePanel(
        key="people.posts", page="silent address", template="people/office/_posts.html", context=queries.posts_panel
    )
)
tiles.add(
    Tile(
        key="people.places", title="Meine Städte", template="people/participant/_tile.html", context=queries.my_places,
        viewable=True, order=20,
    )
)  # fmt: skip
waiting_tasks.add(
    WaitingTasks(
        key="people.offers", title="Eine Stelle übernehmen", tasks=queries.waiting_offers, url="/konto/zugehoerigkeit/",
        viewable=True, order=19,
    )
)  # fmt: skip
waiting_tasks.add(
    WaitingTasks(
        key="people.joinings", title="Wer möchte dazugehören?", tasks=queries.waiting_joinings,
        url="/konto/zugehoerigkeit/", viewable=True, order=20,
    )
)  # fmt: skip
waiting_tasks.add(
    WaitingTasks(
        key="people.joinings_office", title="Zugehörigkeiten bestätigen", tasks=queries.waiting_joinings_of_office,
        for_office=True, url=OFFICE_URL, order=40,
    )
)  # fmt: skip

# -- mails ------------------------------------------------------------------------------------------------------------
for key, label, mail in (
    ("people.joining_decided", "Über Ihre Zugehörigkeit ist entschieden", "people/mail/joining_decided"),
    ("people.handover_offered", "Einladung, eine Stelle zu übernehmen", "people/mail/handover_offered"),
    ("people.handed_over", "Eine Stelle ist übergeben", "people/mail/handed_over"),
    ("people.contact_confirm", "Ihre Nachricht bestätigen", "people/mail/contact_confirm"),
    ("people.contact_message", "Nachricht über Ihr Profil", "people/mail/contact_message"),
):
    notification_types.add(NotificationType(key=key, label=label, category="Menschen", mail=mail))
notification_types.add(
    NotificationType(
        key="people.joining_asked", label="Jemand möchte zu Ihrer Stadt oder Organisation gehören",
        category="Menschen", mail="people/mail/joining_asked", may_stop=True, may_wait=True, at_once=True,
    )
)  # fmt: skip
notification_types.add(
    NotificationType(
        key="people.function_changed", label="Jemand aus Ihrer Stadt oder Organisation hat eine neue Funktion",
        category="Menschen", mail="people/mail/function_changed", may_stop=True, may_wait=True,
    )
)  # fmt: skip
notification_types.add(
    NotificationType(
        key="people.contact_reported", label="Eine Nachricht ist gemeldet", category="Menschen",
        mail="people/mail/contact_reported", for_office=True,
    )
)  # fmt: skip

mail_actions.add(
    MailAction(
        key=joining.CONFIRM, model=Membership, ask=joining.ask_to_confirm, run=joining.confirm_from_mail,
        days=DECIDE_DAYS, open=True,
    )
)  # fmt: skip
mail_actions.add(
    MailAction(
        key=joining.DECLINE, model=Membership, ask=joining.ask_to_decline, run=joining.decline_from_mail,
        days=DECIDE_DAYS, open=True,
    )
)  # fmt: skip
mail_actions.add(
    MailAction(
        key=handing_over.FOLLOW, model=Handover, ask=handing_over.ask_to_follow, run=handing_over.follow_from_mail,
        days=OFFER_DAYS, open=True,
    )
)  # fmt: skip
mail_actions.add(
    MailAction(
        key=contact.CONFIRM, model=ContactRequest, ask=contact.ask_to_confirm, run=contact.confirm_from_mail,
        days=CONFIRM_DAYS, open=True,
    )
)  # fmt: skip
mail_actions.add(
    MailAction(
        key=contact.REPORT, model=ContactRequest, ask=contact.ask_to_report, run=contact.report, days=60, open=True
    )
)  # fmt: skip
mail_actions.add(
    MailAction(
        key=contact.NO_MORE, model=ContactRequest, ask=contact.ask_for_no_more, run=contact.take_no_more, days=60,
        open=True,
    )
)  # fmt: skip

known_addresses.add(KnownAddresses(key="people.writers", emails=queries.addresses_of_writers))
known_addresses.add(KnownAddresses(key="people.successors", emails=queries.addresses_of_successors))
shared_accounts.add(
    SharedAccounts(
        key="people", is_shared=acting.is_shared_mailbox, said=acting.current, acting_as=acting.acting_as
    )
)  # fmt: skip

# -- privacy ----------------------------------------------------------------------------------------------------------
people_data.add(
    PeopleData(
        key="people", title="Menschen", models=(Profile, ProfileTopic, Membership, Handover, ContactRequest),
        export=personal_data.export, preview=personal_data.preview, erase=personal_data.erase,
        claim=personal_data.claim, order=20,
    )
)  # fmt: skip
for key, title, period, reason, due in (
    (
        "people.unanswered", "Anfragen zu einer Stadt oder Organisation, die niemand beantwortet",
        f"{DECIDE_DAYS} Tage nach der Anfrage", "So lange lässt sich eine Anfrage beantworten.",
        lambda: Membership.objects.never_answered(),
    ),
    (
        "people.declined", "Nicht bestätigte Zugehörigkeiten", f"{DECLINED_DAYS} Tage nach der Entscheidung",
        "Damit sich ein Irrtum aufklären lässt.", lambda: Membership.objects.declined_long_ago(),
    ),
    (
        "people.ended", "Beendete Zugehörigkeiten und Übergaben", f"{ENDED_DAYS // 365} Jahre nach dem Ende",
        "Damit die Stadt weiß, wer vorher zuständig war.", lambda: Membership.objects.ended_long_ago(),
    ),
    (
        "people.offers", "Einladungen, eine Stelle zu übernehmen, die niemand annimmt",
        f"{OFFER_DAYS} Tage nach der Einladung", "So lange gilt der Link.",
        lambda: Handover.objects.never_accepted(),
    ),
    (
        "people.contact_unconfirmed", "Unbestätigte Nachrichten über das Kontaktformular",
        f"{CONFIRM_DAYS} Tage nach dem Absenden", "So lange gilt der Link zum Bestätigen.",
        lambda: ContactRequest.objects.never_confirmed(),
    ),
    (
        "people.contact", "Nachrichten über das Kontaktformular", f"{MESSAGE_DAYS} Tage nach der Zustellung",
        "Für die Grenze der Anfragen im Monat und damit sich Missbrauch prüfen lässt.",
        lambda: ContactRequest.objects.sent_long_ago(),
    ),
):  # fmt: skip
    retention_rules.add(RetentionRule(key=key, title=title, period=period, reason=reason, due=due))
processing.add(
    Processing(
        key="people.places", title="Zugehörigkeit zu Städten und Organisationen",
        purpose="Damit eine Stadt gemeinsam auftritt, eine Stelle übergeben werden kann und Beteiligte wissen, wer für "
        "wen spricht.",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO", people="Beteiligte",
        data="Stadt oder Organisation, Funktion, Zeitraum, wer bestätigt hat, Übergaben mit der Adresse der Nachfolge",
        recipients="andere derselben Stadt oder Organisation, die Geschäftsstelle; weitere nach eigener Einstellung",
        retention=("people.unanswered", "people.declined", "people.ended", "people.offers"), order=20,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="people.profile", title="Profil und Verzeichnis der Menschen",
        purpose=(
            "Damit Menschen einander finden, die bei einem Thema helfen oder Rat suchen. Die Wochenmail nennt Ihnen, "
            "was zu Ihren Themen dazukam; Sie können das abbestellen."
        ),
        basis="Art. 6 Abs. 1 Buchst. a DSGVO: Wer kein Profil anlegt, steht nicht im Verzeichnis.",
        people="Beteiligte, die ein Profil angelegt haben",
        data="Name, Themen mit je einem Satz, Text über sich, Telefon; je Angabe, wer sie sieht",
        recipients="nach eigener Einstellung: niemand, alle mit Konto oder alle im Internet",
        kept="Ihr Profil bleibt, bis Sie es ändern oder Ihr Konto löschen.", order=21,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="people.contact", title="Nachrichten über das Kontaktformular",
        purpose="Damit Menschen einander schreiben können, ohne ihre Adressen zu zeigen.",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO", people="wer schreibt und wer angeschrieben wird",
        data="Name, E-Mail-Adresse, Nachricht", recipients="die angeschriebene Person; bei einer Meldung die "
        "Geschäftsstelle", retention=("people.contact_unconfirmed", "people.contact"), order=22,
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="people",
        things={Membership: "die", ContactRequest: "die", Organisation: "die"},
        describe={Membership: in_log.described_memberships, ContactRequest: in_log.described_messages},
        named={
            Membership: Named(
                people=("user", "handovers__to_user"),
                names=("handovers__to_email",),
                words=("function", "town__name", "organisation__name"),
            ),
            ContactRequest: Named(people=("sender", "recipient"), names=("sender_name", "sender_email")),
        },
        deeds={
            "people.confirmed": "{person} hat {thing} bestätigt.",
            "people.declined": "{person} hat {thing} nicht bestätigt.",
            "people.change": "{person} hat Funktion oder Beginn geändert: {thing}.",
            "people.end": "{person} hat {thing} beendet.",
            "people.offer": "{person} hat eine Nachfolge eingeladen, um {thing} zu übernehmen.",
            "people.withdraw_offer": "{person} hat die Einladung zurückgezogen, {thing} zu übernehmen.",
            "people.hand_over": "{person} hat {thing} an eine Nachfolge übergeben.",
            "people.report_contact": "{person} hat {thing} gemeldet.",
        },
    )
)
demo_data.add(
    DataSet(
        key="people.demo", label="Menschen der Demo", version=demo.version, load=demo.load, order=15,
        remove=Removal(preview=demo.what_it_leaves, run=demo.remove),
    )
)  # fmt: skip
