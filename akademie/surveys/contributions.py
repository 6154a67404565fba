"""What surveys show elsewhere: their questions as reference data, their place on the desk, data and log."""

from hashlib import sha256

from akademie.core.audit import LogWords, Named, log_words
from akademie.core.contributions import (
    DataSet,
    NavigationLink,
    PeopleData,
    Processing,
    RetentionRule,
    navigation,
    people_data,
    processing,
    reference_data,
    retention_rules,
)
from akademie.surveys import actions, core_questions, personal_data, queries
from akademie.surveys.models import KEPT_DAYS, AnswerBag, Survey

navigation.add(
    NavigationLink(
        key="befragungen", title="Befragungen", url="/geschaeftsstelle/befragungen/", place="desk", order=76
    )
)  # fmt: skip
reference_data.add(
    DataSet(
        key="surveys.core_questions", label="Kernfragen der Auswertung",
        version=lambda: sha256(repr(core_questions.QUESTIONS).encode()).hexdigest()[:16],
        load=core_questions.load_for_start, order=60,
    )
)  # fmt: skip

# -- people's data ----------------------------------------------------------------------------------------------------
people_data.add(
    PeopleData(
        key="surveys", title="Befragungen", models=(Survey,), export=personal_data.export,
        preview=personal_data.preview, erase=personal_data.erase, order=47,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="surveys.never_shown", title="Antworten auf Befragungen, auf die weniger als fünf geantwortet haben",
        period="in der Nacht nach dem Schließen", reason="Sie werden niemandem gezeigt, also braucht sie niemand.",
        due=AnswerBag.objects.never_shown, delete=actions.forget_answers, order=47,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="surveys.texts", title="Freitexte aus Befragungen", period=f"{KEPT_DAYS} Tage nach dem Ende",
        reason="So lange verbessern wir ein Format mit ihnen. Die Zahlen bleiben: Sie handeln von niemandem.",
        due=AnswerBag.objects.with_old_texts, delete=actions.forget_texts, order=48,
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="surveys.sheets", title="Prüfsummen abgeschickter Bögen", period="in der Nacht nach dem Schließen",
        reason="Sie verhindern, dass ein zweimal abgeschickter Bogen zweimal zählt.",
        due=AnswerBag.objects.with_used_sheets, delete=actions.forget_sheets, order=49,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="surveys", title="Anonyme Befragungen", purpose="Veranstaltungen und Formate verbessern",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO; § 25 Abs. 2 Nr. 2 TDDDG für den Cookie",
        people="alle, die antworten; wer eine Befragung veranstaltet",
        data="Antworten ohne Namen, Adresse, Zeit, Netzadresse und Zusammenhang untereinander: Niemand kann sagen, von "
        "wem sie sind, auch wir nicht. Ein Cookie ohne Kennung merkt sich auf dem Gerät, dass dort geantwortet wurde. "
        "Von Veranstaltenden: das Konto",
        recipients="Zahlen ab fünf Antworten alle, wenn sie veröffentlicht sind; Freitexte nur Veranstaltende und "
        "Geschäftsstelle",
        retention=("surveys.never_shown", "surveys.texts", "surveys.sheets"),
        kept="Zahlen, die von niemandem handeln, bleiben.", order=47,
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="surveys", things={Survey: "die"}, describe={Survey: queries.described},
        named={Survey: Named(people=("owner",), words=("slug", "about"))},
        deeds={
            "surveys.reschedule": "{person} hat {thing} verschoben.",
            "surveys.close": "{person} hat {thing} geschlossen.",
            "surveys.publish": "{person} hat die Ergebnisse veröffentlicht, und zwar für {thing}.",
            "surveys.keep_back": "{person} hat die Ergebnisse zurückgenommen, und zwar für {thing}.",
        },
    )
)  # fmt: skip
