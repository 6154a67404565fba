"""What accounts shows elsewhere: demo people and how to sign in as one of them, duties before going live."""

from django.conf import settings
from django.urls import reverse

from akademie.accounts import actions, personal_data, queries
from akademie.accounts.models import User
from akademie.core.audit import LogWords, Named, log_words
from akademie.core.contributions import (
    DataSet,
    NavigationLink,
    OperatorDuty,
    PeopleData,
    Processing,
    Removal,
    StartNote,
    demo_data,
    navigation,
    operator_duties,
    people_data,
    processing,
    start_notes,
)

navigation.add(NavigationLink(key="konto", title="Konto und Anmeldung", url="/konto/", place="account", order=5))
demo_data.add(
    DataSet(
        key="accounts.demo", label="Probe-Konten werden angelegt", version=actions.demo_version,
        load=actions.load_demo_people, order=10,
        remove=Removal(preview=actions.what_demo_people_leave, run=actions.remove_demo_people),
    )
)  # fmt: skip
start_notes.add(StartNote(key="accounts.demo", lines=actions.demo_sign_in_lines, order=10))
operator_duties.add(
    OperatorDuty(
        key="accounts.lead", title="Eine Leitung hat ein Konto", is_done=queries.has_lead,
        url=lambda: reverse("wagtailusers_users:index"),
        why="Jemand muss entscheiden und anderen ihre Rollen geben. Personen der Demo zählen nicht.", order=10,
    )
)  # fmt: skip
operator_duties.add(
    OperatorDuty(
        key="accounts.recovery_codes", title="Notfallcodes der Leitung sind gedruckt", is_done=queries.lead_has_codes,
        url=lambda: reverse("accounts:recovery_codes"),
        why="Alle melden sich per Mail an. Fällt die Mail aus, kommt nur mit einem Code noch jemand hinein.", order=11,
    )
)  # fmt: skip

# -- people's data ----------------------------------------------------------------------------------------------------
people_data.add(
    PeopleData(
        key="accounts", title="Ihr Konto", models=personal_data.MODELS, export=personal_data.export,
        preview=personal_data.preview, erase=personal_data.erase, order=1000,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="accounts.account", title="Konto und Anmeldung",
        purpose="Sie erkennen, wenn Sie wiederkommen, ohne Passwort",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO", people="alle mit einem Konto",
        data="E-Mail-Adresse, auch frühere, Name, wenn Sie ihn nennen, Rolle, seit wann Sie dabei sind und wann Sie "
        "zuletzt angemeldet waren; von Notfallcodes nur Prüfsummen und wann einer benutzt wurde; von Passkeys und "
        "Apps, was sie prüft; in welchen Browsern Sie angemeldet sind, ohne Netzadresse; Text, den Sie abschicken, "
        "ohne angemeldet zu sein, eine Stunde in Ihrer Sitzung, damit er nicht verloren geht",
        recipients="die Geschäftsstelle", retention=("core.sessions", "accounts.former_addresses"),
        kept="Das Konto bleibt, bis Sie es löschen.",
        order=10,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="accounts.provider", title="Anmeldung über einen Anbieter",
        purpose="Sie mit dem Konto erkennen, das Sie bei diesem Anbieter schon haben",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO", people="alle, die sich über den Anbieter anmelden",
        data="Ihre Kennung beim Anbieter, wann Sie verbunden wurden; von dort Ihre bestätigte E-Mail-Adresse und, wenn "
        "Ihr Konto neu ist, Ihr Name",
        recipients="der Anbieter, den der Träger gewählt hat: Er erfährt, dass Sie sich hier anmelden",
        kept="Die Verbindung bleibt, bis Sie sie in Ihrem Konto trennen oder Ihr Konto löschen.",
        when=lambda: bool(settings.OIDC_ISSUER), order=11,
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="accounts", things={User: "die"}, named={User: Named(people=("pk",))},
        deeds={
            "accounts.role": "{person} hat die Rolle vergeben, und zwar für {thing}: {data[role]}.",
            "accounts.block": "{person} hat {thing} gesperrt.",
            "accounts.unblock": "{person} hat {thing} wieder zugelassen.",
        },
    )
)  # fmt: skip
