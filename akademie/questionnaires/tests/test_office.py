"""The builder's screens: a way from the empty list to a published version, and input that cannot be taken."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from akademie.questionnaires import actions, demo
from akademie.questionnaires.models import Kind, Questionnaire, Version
from akademie.questionnaires.tests.factories import EVERY_KIND, make_version

pytestmark = pytest.mark.django_db
LIST = "/geschaeftsstelle/frageboegen/"
QUESTION = {"label": "Kommen Sie mit dem Auto?", "wozu": "Für die Parkplätze"}


@pytest.fixture
def office(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def said(page: str) -> list[str]:
    return [
        re.sub(r"<[^>]+>|\s+", " ", one).strip()
        for one in re.findall(r'<div class="kern-error".*?</div></div>', page, re.S)
    ]


def test_from_the_empty_list_to_a_published_version(office: Client) -> None:
    assert "Noch gibt es keinen Fragebogen" in office.get(LIST).text
    made = office.post(f"{LIST}neu/", {"title": "Anmeldung", "purpose": "Zum Planen", "intro": "Hallo"}, follow=True)
    one = Questionnaire.objects.get()
    here = f"{LIST}{one.pk}/"
    assert made.redirect_chain == [(here, 302)]
    assert "Noch ist keine Frage da" in made.text
    assert office.get(f"{here}frage/", {"art": "choice"})["Location"] == f"{here}frage/choice/"
    office.post(f"{here}frage/choice/", {**QUESTION, "options": "Ja\r\n Nein \r\n\r\n"})
    office.post(f"{here}frage/short/", {
        "label": "Welches Kennzeichen?", "wozu": "Für die Schranke", "too_long": "ablehnen", "limit": "20",
        "depends_on": "kommen-sie-mit-dem-auto", "operator": "is", "values": "Ja", "kept_days": "7",
    })  # fmt: skip
    draft = one.draft
    assert draft
    first, second = draft.questions.order_by("position")
    assert (first.options, first.wozu) == (["Ja", "Nein"], "Für die Parkplätze")
    assert (second.depends_on, second.values, second.limit, second.kept_days) == (first.key, ["Ja"], 20, 7)
    page = office.get(here).text
    assert "Kurzer Text, freiwillig, nur, wenn „Kommen Sie mit dem Auto?“ mit „Ja“ beantwortet ist, gelöscht" in page
    assert "2 Fragen, geschätzt 1 Minute" in page

    tried = office.post(f"{LIST}fassung/{draft.pk}/", {"antwort-kommen-sie-mit-dem-auto": "Ja"})
    assert "So wäre alles richtig ausgefüllt." in tried.text
    assert 'class="ak-paper__boxes"' in office.get(f"{LIST}fassung/{draft.pk}/drucken/").text

    published = office.post(f"{LIST}fassung/{draft.pk}/veroeffentlichen/", {"stand": str(draft.edits)}, follow=True)
    assert "lässt sich jetzt verwenden" in published.text
    assert one.current == draft
    assert office.get(f"{LIST}fassung/{draft.pk}/codebuch.csv").content.decode("utf-8-sig").startswith("Spalte;")
    office.post(f"{here}neue-fassung/")
    assert [version.number for version in one.versions.order_by("number")] == [1, 2]
    deeds = ModelLogEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(deeds) == [f"questionnaires.{deed}" for deed in ("create", "edit", "edit", "publish", "begin_draft")]


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_can_be_written_shown_and_changed(office: Client, kind: str) -> None:
    given = {**QUESTION, "options": "A\nB", "columns": "2026", "too_long": "ablehnen", "low_word": "schlecht"}
    draft = actions.create_questionnaire(title="Bogen").versions.get()
    here = f"{LIST}{draft.questionnaire_id}/"
    assert office.post(f"{here}frage/{kind}/", given).status_code == 302
    question = draft.questions.get()
    change = f"{LIST}frage/{question.pk}/"
    assert QUESTION["label"] in office.get(change).text
    assert office.post(change, {**given, "label": "Neu?", "stand": "0"}).status_code == 302
    question.refresh_from_db()
    assert (question.label, question.kind, question.edits) == ("Neu?", kind, 1)
    for page in (here, f"{LIST}fassung/{draft.pk}/", f"{LIST}fassung/{draft.pk}/drucken/"):
        assert "Neu?" in office.get(page).text


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        ("short", {"label": ""}, "Bitte schreiben Sie die Frage."),
        ("short", {"label": "x" * 10_000}, "Bitte kürzen Sie die Frage auf 250 Zeichen."),
        ("short", {"wozu": ""}, "Bitte sagen Sie, wozu Sie die Antwort brauchen."),
        ("short", {"limit": "1e400"}, "Bitte geben Sie eine ganze Zahl in Ziffern ein, zum Beispiel 12."),
        ("short", {"limit": "999"}, "Bitte geben Sie eine Zahl von 1 bis 300 ein."),
        ("short", {"kept_days": "zwölf"}, "Bitte geben Sie eine ganze Zahl in Ziffern ein, zum Beispiel 12."),
        ("choice", {"options": "Ja"}, "mindestens 2 Möglichkeiten an"),
        ("choice", {"options": "Ja\nJa"}, "„Ja“ steht zweimal da."),
        ("choice", {"options": "\n".join(map(str, range(500)))}, "höchstens 50 Möglichkeiten. Jetzt sind es 500."),
        ("choice", {"options": "Ja\n" + "x" * 10_000}, "auf 200 Zeichen."),
        ("several", {"options": "A\nB", "minimum": "3"}, "So viele Möglichkeiten gibt es nicht: Es sind 2."),
        ("number", {"minimum": "5", "maximum": "4"}, "Der höchste Wert ist kleiner als der niedrigste."),
        ("scale", {"minimum": "0", "maximum": "11"}, "Eine Skala hat 2 bis 11 Stufen"),
        ("table", {"columns": "\n".join("abcdefghi")}, "Es gehen höchstens 8 Spalten."),
        ("short", {"depends_on": "auto", "operator": "at_least", "values": "1"}, "Zu dieser Frage passt: „ist“"),
        ("short", {"depends_on": "auto", "operator": "is", "values": "Vielleicht\0"}, "Es gibt: „Ja“, „Nein“."),
        ("short", {"depends_on": "auto", "operator": "is"}, "Bitte schreiben Sie, bei welcher Antwort gefragt wird."),
        ("short", {"depends_on": "gibtsnicht"}, "Bitte wählen Sie eine der Möglichkeiten."),
    ],
)  # fmt: skip
def test_what_cannot_be_a_question_is_told_at_its_field(office: Client, kind: str, given: Any, says: str) -> None:
    draft = actions.create_questionnaire(title="Bogen", questions=[EVERY_KIND[2]]).versions.get()
    answer = office.post(f"{LIST}{draft.questionnaire_id}/frage/{kind}/", {**QUESTION, "too_long": "ablehnen", **given})
    assert answer.status_code == 200
    assert [says in one for one in said(answer.text)] == [True]
    assert draft.questions.count() == 1
    if "label" not in given:
        assert 'value="Kommen Sie mit dem Auto?"' in answer.text


def test_the_second_of_two_editors_sees_what_stands_there_and_may_save_over(office: Client) -> None:
    draft = actions.create_questionnaire(title="Bogen", questions=[{**QUESTION, "kind": Kind.DATE}]).versions.get()
    question = draft.questions.get()
    actions.change_question(question, {"label": "Von Berta?"}, edits=0)
    change = f"{LIST}frage/{question.pk}/"
    second = office.post(change, {**QUESTION, "label": "Von mir?", "stand": "0"})
    assert "Jemand hat diese Frage inzwischen geändert." in second.text
    assert "<p>Von Berta?</p>" in second.text
    assert 'value="Von mir?"' in second.text
    stand = re.search(r'name="stand" value="(\d+)"', second.text)
    assert stand
    assert office.post(change, {**QUESTION, "label": "Von mir?", "stand": stand[1]}).status_code == 302


def test_the_second_of_two_editors_of_the_words_is_told_too(office: Client) -> None:
    one = actions.create_questionnaire(title="Bogen", purpose="Zum Planen")
    change = f"{LIST}{one.pk}/angaben/"
    opened = re.search(r'name="stand" value="(\w+)"', office.get(change).text)
    assert opened
    mine = {"title": "Mein Titel", "purpose": "Zum Planen"}
    Questionnaire.objects.filter(pk=one.pk).update(title="Bertas Titel")
    second = office.post(change, {**mine, "stand": opened[1]})
    assert "Jemand hat Titel oder Einleitung inzwischen geändert." in second.text
    assert ("<p>Bertas Titel</p>" in second.text, 'value="Mein Titel"' in second.text) == (True, True)
    stand = re.search(r'name="stand" value="(\w+)"', second.text)
    assert stand
    assert office.post(change, {**mine, "stand": stand[1]}).status_code == 302
    assert Questionnaire.objects.get().title == "Mein Titel"


def test_a_question_that_went_meanwhile_is_told(office: Client) -> None:
    draft = actions.create_questionnaire(title="Bogen", questions=EVERY_KIND[:1]).versions.get()
    here = f"{LIST}{draft.questionnaire_id}/"
    actions.freeze(draft)
    for step in ("schieben", "kopieren", "loeschen"):
        answer = office.post(f"{LIST}frage/{draft.questions.get().pk}/{step}/", {"wohin": "hoch"}, follow=True)
        assert "Diese Fassung ist festgelegt." in answer.text
    assert "Es gibt gerade keinen Entwurf." in office.get(f"{here}frage/short/", follow=True).text
    assert office.get(f"{here}frage/unfug/").status_code == 404


def test_withdrawing_a_question_and_a_version(office: Client) -> None:
    version = make_version()
    here = f"{LIST}{version.questionnaire_id}/"
    office.post(f"{LIST}frage/{version.questions.get(key='auto').pk}/zurueckziehen/")
    assert [one.key for one in version.asked()][:3] == ["name", "text", "essen"]
    assert "nicht mehr gefragt" in office.get(here).text
    office.post(f"{LIST}fassung/{version.pk}/zurueckziehen/", {"why": "Rechtlich nicht haltbar."})
    assert "Rechtlich nicht haltbar." in office.get(here).text
    assert "zurückgezogen" in office.get(LIST).text
    version.refresh_from_db()
    assert version.withdrawn_why == "Rechtlich nicht haltbar."


def test_the_builder_warns_above_twelve_questions_and_stops_at_sixty(office: Client) -> None:
    many = [{"kind": Kind.LONG, "label": f"Frage {number}"} for number in range(60)]
    for number, warns, full in ((12, False, False), (13, True, False), (60, True, True)):
        one = actions.create_questionnaire(title="Bogen", questions=many[:number])
        page = office.get(f"{LIST}{one.pk}/").text
        assert ("Das sind viele Fragen." in page, "Mehr als 60 Fragen gehen nicht." in page) == (warns, full)
    answer = office.post(f"{LIST}{one.pk}/frage/date/", QUESTION)
    assert "höchstens 60 Fragen" in answer.text
    assert 'value="Kommen Sie mit dem Auto?"' in answer.text


def test_one_of_the_software_is_shown_and_not_changed(office: Client) -> None:
    version = actions.load_questionnaire("kern", title="Rückmeldung", questions=EVERY_KIND)
    page = office.get(f"{LIST}{version.questionnaire_id}/").text
    assert "gehört zur Software" in page
    assert "Neue Fassung beginnen" not in page
    copied = office.post(f"{LIST}{version.questionnaire_id}/kopieren/", follow=True)
    assert 'value="Rückmeldung (Kopie)"' in copied.text


def test_three_questionnaires_cost_as_many_queries_as_one(office: Client, queries: Callable[[Any], int]) -> None:
    make_version()
    one = queries(lambda: office.get(LIST))
    make_version()
    make_version()
    assert queries(lambda: office.get(LIST)) == one
    few, many = Version.objects.order_by("pk")[:2]
    many.questions.exclude(key="name").delete()
    counts = {queries(lambda v=v: office.get(f"{LIST}{v.questionnaire_id}/")) for v in (few, many)}  # type: ignore[misc]
    assert len(counts) == 1


def test_the_demo_is_loaded_once_and_taken_away() -> None:
    demo.load(lambda _: None)
    demo.load(lambda _: None)
    assert demo.what_it_leaves() == [
        "Fragebogen „Anmeldung: Standardfragen (Demo)“", "Fragebogen „Werkstatt: Was bringen Sie mit? (Demo)“",
    ]  # fmt: skip
    published = Version.objects.get(frozen_at__isnull=False)
    actions.save_answers(actions.open_answers(published), {"vor-ort": "online"})
    own = make_version(title="Eigener")
    demo.remove()
    assert (demo.what_it_leaves(), list(Questionnaire.objects.all())) == ([], [own.questionnaire])
