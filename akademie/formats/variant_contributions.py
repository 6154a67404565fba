"""What variants and proposals show elsewhere: the desk, Mein Bereich, mails, people's data, the log's words."""

from akademie.core.audit import LogWords, Named, log_words
from akademie.core.contributions import (
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
from akademie.formats import variant_data, variants
from akademie.formats.actions.proposals import DECIDED
from akademie.formats.actions.variants import GIVEN_BACK, HANDED_IN, PUBLISHED
from akademie.formats.models import FormatProfile, FormatProposal
from akademie.formats.models.variants import DRAFT_DAYS, PERSON_DAYS, forgotten_drafts
from akademie.notifications.types import NotificationType, notification_types

VARIANTS_URL, PROPOSALS_URL = "/geschaeftsstelle/formate/varianten/", "/geschaeftsstelle/formate/vorschlaege/"
navigation.add(
    NavigationLink(key="varianten", title="Varianten von Formaten", url=VARIANTS_URL, place="desk", order=75)
)
navigation.add(
    NavigationLink(key="vorschlaege", title="Verbesserungsvorschläge", url=PROPOSALS_URL, place="desk", order=76)
)
waiting_tasks.add(
    WaitingTasks(
        key="formats.variants", title="Varianten und Verbesserungsvorschläge", tasks=variants.waiting, for_office=True,
        count=variants.count_waiting, answers=True, url=PROPOSALS_URL, order=34,
    )
)  # fmt: skip
tiles.add(
    Tile(
        key="formats.variants", title="Meine Varianten", template="formats/participant/_variants_tile.html",
        context=variants.mine, viewable=True, order=34,
    )
)  # fmt: skip
for key, label, mail in (
    (HANDED_IN, "Eine Variante eines Formats wartet", "formats/mail/variant_in"),
    (PUBLISHED, "Ihre Variante ist veröffentlicht", "formats/mail/variant_published"),
    (GIVEN_BACK, "Zu Ihrer Variante fehlt noch etwas", "formats/mail/variant_returned"),
    (DECIDED, "Antwort auf Ihren Verbesserungsvorschlag", "formats/mail/proposal_decided"),
):
    notification_types.add(
        NotificationType(key=key, label=label, category="Formate", mail=mail, for_office=key == HANDED_IN, order=34)
    )

# -- people's data ----------------------------------------------------------------------------------------------------
people_data.add(
    PeopleData(
        key="formats.variants", title="Varianten und Verbesserungsvorschläge", models=variant_data.MODELS,
        export=variant_data.export, preview=variant_data.preview, erase=variant_data.erase, order=34,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="formats.drafts", title="Entwürfe von Varianten, an denen niemand mehr schreibt",
        period=f"{DRAFT_DAYS // 365} Jahre nach der letzten Änderung",
        reason="So lange kommt jemand auf einen Entwurf zurück.", due=forgotten_drafts, order=34,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="formats.proposals", title="Wer eine Verbesserung vorgeschlagen hat",
        period=f"{PERSON_DAYS // 365} Jahr nach der Entscheidung",
        reason="So lange fragen wir nach. Der Vorschlag bleibt ohne Namen.",
        due=FormatProposal.objects.decided_long_ago, delete=lambda rows: rows.update(made_by=None), order=35,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="formats.variants", title="Varianten von Formaten und Verbesserungsvorschläge",
        purpose="Formate an Städte anpassen und mit ihrer Erfahrung besser machen",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO", people="alle, die eine Variante anlegen oder etwas vorschlagen",
        data="wer sie angelegt oder vorgeschlagen hat, Stadt, Text, Begründung, Entscheidung",
        recipients="die veröffentlichte Variante mit ihrer Stadt ist öffentlich; wer sie angelegt hat, sieht nur die "
        "Geschäftsstelle",
        retention=("formats.drafts", "formats.proposals"),
        kept="Wer eine veröffentlichte Variante angelegt hat, bleibt vermerkt, bis die Person ihr Konto löscht.",
        order=34,
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="formats.variants", things={FormatProfile: "das", FormatProposal: "den"},
        describe={FormatProposal: variants.described},
        named={FormatProposal: Named(people=("made_by",), words=("profile__name",))},
        deeds={
            "formats.variant_made": "{person} hat eine Variante angelegt: {thing}.",
            "formats.variant_saved": "{person} hat eine Variante geändert: {thing}.",
            "formats.variant_handed_in": "{person} hat eine Variante eingereicht: {thing}.",
            "formats.variant_returned": "{person} hat eine Variante zurückgegeben: {thing}.",
            "formats.proposed": "{person} hat {thing} gemacht.",
            "formats.proposal_taken": "{person} hat einen Verbesserungsvorschlag übernommen, und zwar in {thing}. "
            "{data[note]}.",
            "formats.proposal_left": "{person} hat {thing} nicht übernommen.",
        },
    )
)  # fmt: skip
