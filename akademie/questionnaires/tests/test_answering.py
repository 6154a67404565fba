"""Answering: what the form takes and refuses, drafts, versions that change meanwhile, files, what is deleted."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone

from akademie.core.actions import NotPossible
from akademie.core.contributions import retention_rules
from akademie.privacy.actions.retention import run_rule
from akademie.questionnaires import actions, drafts, queries, uploads
from akademie.questionnaires.forms import AnswerForm, answer_form, opened_version
from akademie.questionnaires.models import FOLDER, Answer, AnswerSet, Kind, State, Version
from akademie.questionnaires.tests.factories import make_version, sent

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 ein Konzept"


def filled(version: Version, files: Any = None, *, draft: bool = False, **answers: Any) -> AnswerForm:
    form = answer_form(version, sent(**answers), files, draft=draft)
    form.is_valid()
    return form


def errors(form: AnswerForm) -> dict[str, str]:
    return {key: " ".join(map(str, found)) for key, found in form.errors.items()}


def test_every_kind_becomes_a_plain_value() -> None:
    form = filled(
        make_version(), {"antwort-datei": SimpleUploadedFile("C:\\Plan\\Konzept.pdf", PDF)},
        name="  Burg\u200b ", text="lang und länger", auto="Ja", platz="PR-AK 1", essen=["Obst", "Fisch"],
        zahl="1.2", tag="24.12.2026", skala="4", **{"tabelle.0.0": "12 €", "tabelle.0.1": ""},
    )  # fmt: skip
    assert errors(form) == {"zahl": "Bitte geben Sie eine ganze Zahl in Ziffern ein, zum Beispiel 12."}
    form = filled(
        make_version(), {"antwort-datei": SimpleUploadedFile("C:\\Plan\\Konzept.pdf", PDF)},
        name="  Burg\u200b ", text="lang und länger", auto="Ja", platz="PR-AK 1", essen=["Obst", "Fisch"],
        zahl="12", tag="24.12.2026", skala="4", **{"tabelle.0.0": "12 €", "tabelle.0.1": ""},
    )  # fmt: skip
    assert errors(form) == {}
    assert form.answers() == {
        "name": "Burg", "text": "lang und länger", "auto": "Ja", "platz": "PR-AK 1", "essen": ["Fisch", "Obst"],
        "zahl": 12, "tag": "2026-12-24", "tabelle": [["12 €", ""]], "datei": {"name": "Konzept.pdf", "size": len(PDF)},
        "skala": 4,
    }  # fmt: skip
    assert form.warnings() == {"text": "Ihr Text hat 15 Zeichen. Gut wären höchstens 10."}


NUMBER = "Bitte geben Sie eine ganze Zahl in Ziffern ein, zum Beispiel 12."


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("name", "", "Bitte beantworten Sie diese Frage."),
        ("name", "x" * 10_000, "Bitte kürzen Sie den Text auf 20 Zeichen. Jetzt sind es 10.000."),
        ("text", "x" * 10_000, "Bitte kürzen Sie den Text auf 5.000 Zeichen. Jetzt sind es 10.000."),
        ("auto", "Vielleicht\0", "Bitte wählen Sie eine der Möglichkeiten."),
        ("essen", ["Nichts"], "Bitte wählen Sie eine der Möglichkeiten."),
        ("essen", ["Fisch", "Käse", "Obst"], "Bitte wählen Sie höchstens 2 aus. Jetzt sind es 3."),
        ("zahl", "zwölf", NUMBER),
        ("zahl", "1e400", NUMBER),
        ("zahl", "nan", NUMBER),
        ("zahl", "٣", NUMBER),
        ("zahl", "9" * 5000, NUMBER),
        ("zahl", "501", "Bitte geben Sie eine Zahl von 1 bis 500 ein."),
        ("tag", "31.02.2026", "Diesen Tag gibt es nicht. Bitte geben Sie ihn so ein: 24.12.2026."),
        ("tag", "01.01.0999", "Bitte prüfen Sie das Jahr."),
        ("skala", "6", "Bitte wählen Sie eine der Möglichkeiten."),
        ("skala", "1e9", "Bitte wählen Sie eine der Möglichkeiten."),
        ("tabelle.0.0", "x" * 201, "Bitte kürzen Sie „Miete, 2026“ auf 200 Zeichen."),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_field_and_stays_there(key: str, value: Any, says: str) -> None:
    form = filled(make_version(), **{"name": "Burg", key: value})
    field = key.partition(".")[0]
    assert errors(form) == {field: says}
    if isinstance(value, str) and key not in ("auto", "skala"):
        assert value in str(form).replace("&#x27;", "'")
    assert f'id="id_antwort-{field}_error"' in str(form)


def test_nul_bytes_are_left_out() -> None:
    assert filled(make_version(), name="Bu\0rg", text="a\0b").answers() == {"name": "Burg", "text": "ab"}


def test_a_condition_leaves_out_what_is_not_asked_and_asks_for_what_is() -> None:
    version = make_version()
    assert "nur, wenn „Kommen Sie mit dem Auto?“ mit „Ja“ beantwortet ist" in str(answer_form(version))
    assert filled(version, name="Burg", auto="Nein", platz="x" * 10_000).answers() == {"name": "Burg", "auto": "Nein"}
    assert errors(filled(version, name="Burg", auto="Ja")) == {"platz": "Bitte beantworten Sie diese Frage."}


def test_a_chain_of_conditions_ends_with_its_first_link() -> None:
    version = make_version(
        {"key": "a", "kind": Kind.SCALE, "label": "A?"},
        {"key": "b", "kind": Kind.SHORT, "label": "B?", "depends_on": "a", "operator": "at_most", "values": [2]},
        {"key": "c", "kind": Kind.SHORT, "label": "C?", "depends_on": "b", "operator": "answered"},
    )
    assert filled(version, a="2", b="x", c="y").answers() == {"a": 2, "b": "x", "c": "y"}
    assert filled(version, a="3", b="x", c="y").answers() == {"a": 3}


def test_a_draft_may_lack_everything_and_keeps_what_was_saved_where_it_cannot_read() -> None:
    version = make_version()
    answer_set = actions.open_answers(version)
    actions.save_answers(answer_set, filled(version, draft=True, zahl="12").answers())
    assert queries.answers_of(answer_set) == {"zahl": 12}
    form = answer_form(version, sent(zahl="zwölf", auto="Ja"), initial=queries.answers_of(answer_set), draft=True)
    assert not form.is_valid()
    actions.save_answers(answer_set, form.answers())
    assert queries.answers_of(answer_set) == {"zahl": 12, "auto": "Ja"}
    with pytest.raises(NotPossible, match="Es fehlt noch eine Antwort: „Wie heißt Ihre Stadt"):
        actions.submit(answer_set)


def test_a_draft_is_told_to_autosave_as_json_and_to_a_button_on_the_page(settings: Any) -> None:
    form = filled(make_version(), draft=True, zahl="zwölf")
    request = RequestFactory().post("/", {"entwurf": "1"}, headers={"Accept": "application/json"})
    assert drafts.is_draft(request)
    told = drafts.saved(request, form, "/hier/")
    at = f"{timezone.localtime():%H:}"
    assert told.headers["Content-Type"] == "application/json"
    assert f'"says": "Zwischengespeichert um {at}' in told.content.decode()
    assert '"antwort-zahl"' in told.content.decode()


def test_submitted_answers_stay_until_they_are_opened_again() -> None:
    version = make_version({"key": "a", "kind": Kind.SHORT, "label": "A?"})
    answer_set = actions.save_answers(actions.open_answers(version), {"a": "eins"})
    assert actions.submit(actions.submit(answer_set)).state == State.SUBMITTED
    with pytest.raises(NotPossible, match="schon abgegeben"):
        actions.save_answers(answer_set, {"a": "zwei"})
    actions.save_answers(actions.reopen(answer_set), {"a": "zwei"})
    assert queries.shown(answer_set) == [("A?", "zwei")]


def test_who_began_before_a_change_answers_what_they_were_asked(editor: Any) -> None:
    first = make_version({"key": "a", "kind": Kind.SHORT, "label": "A?"})
    opened = answer_form(first)["_fassung"].value()
    draft = actions.begin_draft(first.questionnaire, by=editor)
    actions.delete_question(draft.questions.get(), by=editor)
    actions.add_question(draft, {"kind": Kind.SHORT, "label": "B?"}, by=editor)
    draft.refresh_from_db()
    second = actions.publish(draft, by=editor, edits=draft.edits)
    assert opened_version(first.questionnaire, {}) == second
    assert opened_version(first.questionnaire, {"antwort-_fassung": "1:gefaelscht"}) == second
    found = opened_version(first.questionnaire, {"antwort-_fassung": opened})
    assert found == first
    form = filled(found, a="alt")
    assert form.answers() == {"a": "alt"}
    assert queries.answers_of(actions.save_answers(actions.open_answers(found), form.answers())) == {"a": "alt"}


def test_the_version_of_another_questionnaire_is_not_taken() -> None:
    mine, other = make_version(), make_version()
    opened = answer_form(other)["_fassung"].value()
    assert opened_version(mine.questionnaire, {"antwort-_fassung": opened}) == mine


def test_a_withdrawn_version_says_so_and_keeps_what_was_typed(editor: Any) -> None:
    version = make_version({"key": "a", "kind": Kind.LONG, "label": "A?"})
    answer_set = actions.open_answers(version)
    actions.withdraw(version, by=editor, why="Die Frist ist vorbei.")
    version.refresh_from_db()
    form = filled(version, a="Mühsam geschrieben")
    assert form.errors["__all__"][0].endswith("Grund: Die Frist ist vorbei.")
    assert "Mühsam geschrieben" in str(form)
    with pytest.raises(NotPossible, match="nimmt keine Antworten mehr an"):
        actions.save_answers(answer_set, {"a": "x"})
    assert opened_version(version.questionnaire, {}) is None


def test_a_withdrawn_question_breaks_nothing(editor: Any) -> None:
    version = make_version()
    answer_set = actions.save_answers(actions.open_answers(version), {"name": "Burg", "auto": "Ja", "platz": "PR"})
    actions.withdraw_question(version.questions.get(key="auto"), by=editor)
    form = filled(version, name="Burg", auto="Ja")
    assert (errors(form), form.answers()) == ({}, {"name": "Burg"})
    assert actions.submit(answer_set).state == State.SUBMITTED
    assert queries.answers_of(answer_set)["platz"] == "PR"  # what was said stays with the area to decide


def test_an_answer_of_another_version_is_refused() -> None:
    answer_set = actions.open_answers(make_version())
    with pytest.raises(ValueError, match="another version"):
        Answer.objects.create(answer_set=answer_set, question=make_version().questions.first(), value="x")


# -- files ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("konzept.exe", b"MZ", "Diese Art von Datei nehmen wir nicht."),
        ("konzept", b"MZ", "Diese Art von Datei nehmen wir nicht."),
        ("konzept.pdf", b"MZ\x90\x00", "Die Datei endet auf .pdf, ist aber beschädigt oder etwas anderes."),
        ("liste.csv", b"a;\x00b", "Die Datei endet auf .csv, ist aber beschädigt oder etwas anderes."),
        ("konzept.pdf", b"", "Die Datei ist leer."),
        ("konzept.pdf", PDF + b"x" * uploads.MOST_BYTES, "Die Datei ist größer als 10 MB."),
    ],
    ids=["kind", "no ending", "not a pdf", "not a text", "empty", "large"],
)
def test_a_file_that_cannot_be_taken(name: str, content: bytes, says: str) -> None:
    form = filled(make_version(), {"antwort-datei": SimpleUploadedFile(name, content)}, name="Burg")
    assert errors(form)["datei"].startswith(says)


def test_a_file_is_kept_handed_out_replaced_and_taken_away(django_capture_on_commit_callbacks: Any) -> None:
    version = make_version({"key": "datei", "kind": Kind.FILE, "label": "Konzept", "required": True})
    answer_set = actions.open_answers(version)

    def save(file: SimpleUploadedFile | None, **answers: Any) -> AnswerForm:
        kept = queries.answers_of(answer_set)
        form = answer_form(version, sent(**answers), {"antwort-datei": file} if file else None, initial=kept)
        if form.is_valid():
            with django_capture_on_commit_callbacks(execute=True):
                actions.save_answers(answer_set, form.answers(), form.uploads())
        return form

    def files() -> list[bytes]:
        names = default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []
        return [default_storage.open(f"{FOLDER}/{name}").read() for name in names]

    assert errors(save(None)) == {"datei": "Bitte beantworten Sie diese Frage."}
    assert errors(save(SimpleUploadedFile("Müller & Söhne.pdf", PDF))) == {}
    answer = answer_set.answers.get()
    assert "Müller" not in answer.file.name
    handed = uploads.deliver(answer)
    assert b"".join(handed.streaming_content) == PDF
    assert handed["Content-Disposition"].startswith("attachment")
    assert handed["Cache-Control"] == "private, no-store"
    assert errors(save(None)) == {}  # the one that is kept counts
    assert files() == [PDF]
    save(SimpleUploadedFile("neu.pdf", PDF + b" neu"))
    assert files() == [PDF + b" neu"]
    answer_set.answers.get().file.storage.delete(answer_set.answers.get().file.name)
    with pytest.raises(Http404):
        uploads.deliver(answer_set.answers.get())
    save(SimpleUploadedFile("neu.pdf", PDF))
    with django_capture_on_commit_callbacks(execute=True):
        answer_set.delete()
    assert files() == []


def test_the_choice_to_take_a_file_away() -> None:
    version = make_version({"key": "datei", "kind": Kind.FILE, "label": "Konzept"})
    kept = {"datei": {"name": "plan.pdf", "size": 1_300_000}}
    assert "„plan.pdf (1,2 MB)“ wieder entfernen" in str(answer_form(version, initial=kept))
    form = answer_form(version, {"antwort-_weg-datei": "on"}, initial=kept)
    assert (form.is_valid(), form.answers()) == (True, {})


# -- how long ---------------------------------------------------------------------------------------------------------
def test_an_answer_with_its_own_time_goes_when_it_is_over(django_capture_on_commit_callbacks: Any) -> None:
    today = timezone.localdate()
    version = make_version()
    answer_set = actions.open_answers(version, counted_from=today - timedelta(days=7))
    actions.save_answers(answer_set, {"name": "Burg", "essen": ["Obst"]})
    actions.count_from(answer_set, today - timedelta(days=6))
    run_rule(retention_rules.get("questionnaires.answers"))
    assert queries.answers_of(answer_set).keys() == {"name", "essen"}
    actions.count_from(answer_set, today - timedelta(days=7))
    run_rule(retention_rules.get("questionnaires.answers"))
    assert queries.answers_of(answer_set) == {"name": "Burg"}
    assert AnswerSet.objects.get().counted_from == date.today() - timedelta(days=7)
