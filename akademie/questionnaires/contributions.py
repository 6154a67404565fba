"""What questionnaires show elsewhere: their place on the desk, how long answers are kept, their words in the log."""

from akademie.core.audit import LogWords, Named, log_words
from akademie.core.contributions import (
    DataSet,
    NavigationLink,
    Processing,
    Removal,
    RetentionRule,
    demo_data,
    navigation,
    processing,
    retention_rules,
)
from akademie.questionnaires import demo
from akademie.questionnaires.models import Answer, Questionnaire

URL = "/geschaeftsstelle/frageboegen/"
navigation.add(NavigationLink(key="frageboegen", title="Fragebögen", url=URL, place="desk", order=46))
demo_data.add(
    DataSet(
        key="questionnaires.demo", label="Fragebögen der Demo", version=demo.version, load=demo.load, order=16,
        remove=Removal(preview=demo.what_it_leaves, run=demo.remove),
    )
)  # fmt: skip
retention_rules.add(
    RetentionRule(
        key="questionnaires.answers", title="Antworten mit eigener Frist",
        period="so viele Tage, wie die Frage im Fragebogen nennt",
        reason="Manche Antworten braucht niemand mehr, sobald ihr Zweck vorbei ist, zum Beispiel Angaben zum Essen.",
        due=Answer.objects.over, order=46,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="questionnaires.answers", title="Antworten auf Fragen eines Fragebogens",
        purpose="das, was bei jeder Frage unter „Wozu wir das fragen“ steht",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO; bei freiwilligen Angaben Buchst. a",
        people="alle, die einen Fragebogen ausfüllen und dabei genannt sind",
        data="Ihre Antworten und Dateien; nicht anonyme Umfragen: Bei ihnen weiß niemand, wer geantwortet hat",
        retention=("questionnaires.answers",), order=46,
        kept="so lange wie das, wozu sie gehören, zum Beispiel Ihre Anmeldung",
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="questionnaires",
        things={Questionnaire: "den"},
        named={Questionnaire: Named(words=("title",))},
        deeds={
            "questionnaires.create": "{person} hat {thing} angelegt.",
            "questionnaires.change": "{person} hat Titel oder Einleitung geändert, und zwar in {thing}.",
            "questionnaires.edit": "{person} hat Fragen geändert, und zwar in {thing}.",
            "questionnaires.begin_draft": "{person} hat eine neue Fassung begonnen, und zwar in {thing}.",
            "questionnaires.discard_draft": "{person} hat den Entwurf verworfen, und zwar in {thing}.",
            "questionnaires.publish": "{person} hat eine Fassung veröffentlicht, und zwar in {thing}.",
            "questionnaires.withdraw": "{person} hat eine Fassung zurückgezogen, und zwar in {thing}.",
            "questionnaires.withdraw_question": "{person} hat eine Frage zurückgezogen, und zwar in {thing}.",
            "questionnaires.delete": "{person} hat {thing} gelöscht.",
        },
    )
)  # fmt: skip
