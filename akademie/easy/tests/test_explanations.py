"""The required explanations: shipped as drafts, released by people, counted."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from akademie.core.contributions import operator_duties, page_panels, waiting_tasks
from akademie.easy import actions, queries
from akademie.easy.models import Explanation, Form, Subject
from akademie.easy.tests.factories import make_video
from akademie.easy.wagtail_hooks import ExplanationViewSet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("explanations")]


def release(subject: Subject) -> Explanation:
    one = Explanation.objects.get(subject=subject)
    one.checked_by, one.checked_on = "die Prüfgruppe", timezone.localdate()
    one.save()
    return one


def errors(one: Explanation, text: str | None = None, **typed: object) -> dict[str, list[str]]:
    before = {"text": rich_text(text or one.text), "checked_by": one.checked_by, "checked_on": one.checked_on or ""}
    form = ExplanationViewSet.edit_handler.bind_to_model(Explanation).get_form_class()
    return form({**before, "video": "", **typed}, instance=Explanation.objects.get(pk=one.pk)).errors


def test_the_law_asks_for_eight_and_none_is_released_by_itself():
    assert [row.subject for row in queries.explanations()] == list(Subject)
    assert all(row.text for row in queries.explanations())
    found = queries.completeness()
    assert (found.done, found.total, found.in_words) == (0, 8, "0 von 8 Pflichtinhalten sind fertig")


def test_each_counts_when_a_person_has_released_it(django_assert_num_queries):
    one = release(Subject.CONTENT)
    one.video = make_video()
    one.save()
    release(Subject.MORE)
    with django_assert_num_queries(1):
        found = queries.completeness()
    assert found.done == 3
    assert found.missing[0] == ("Wie man sich zurechtfindet", "Leichte Sprache")
    Explanation.objects.filter(subject=Subject.MORE).delete()  # what is gone is missing
    assert queries.completeness().done == 2


def test_the_desk_and_the_duties_ask_until_all_is_there(editor):
    tasks = waiting_tasks.get("easy.explanations")
    assert [task.text for task in tasks.tasks(editor)] == [
        "Leichte Sprache und Gebärdensprache: 0 von 8 Pflichtinhalten sind fertig"
    ]
    video = make_video()
    for subject in Subject:
        release(subject)
    easy, sign = (operator_duties.get(f"easy.{form.value}") for form in Form)
    assert (easy.is_done(), sign.is_done()) == (True, False)
    Explanation.objects.update(video=video)
    assert (easy.is_done(), sign.is_done(), tasks.tasks(editor)) == (True, True, [])


def test_the_statement_says_the_figure(rf):
    panel = page_panels.get("easy.completeness")
    assert (panel.page, panel.context(rf.get("/"), {})["completeness"].done) == ("barrierefreiheit", 0)


def test_loading_again_renews_only_what_nobody_touched(tmp_path, monkeypatch):
    (tmp_path / "explanations.json").write_text(
        '{"inhalt": ["<p>Neu</p>"], "navigation": ["<p>Neu</p>"], "barrierefreiheit": ["<p>Neu</p>"], "mehr": []}',
        encoding="utf-8",
    )
    monkeypatch.setattr(actions, "SOURCE", tmp_path / "explanations.json")
    released = release(Subject.NAVIGATION).text
    Explanation.objects.filter(subject=Subject.STATEMENT).update(text="<p>Unser Text</p>")
    for _ in range(2):
        actions.load_explanations(lambda _: None)
    assert [row.text for row in queries.explanations()] == ["<p>Neu</p>", released, "<p>Unser Text</p>", ""]


def test_a_release_names_who_and_when_and_only_the_text_that_was_checked():
    one = Explanation.objects.get(subject=Subject.CONTENT)
    both = "Bitte füllen Sie beide Felder aus, oder keines: wer geprüft hat, und wann."
    assert errors(one, checked_by="die Prüfgruppe") == {"checked_on": [both]}
    assert errors(one, checked_on="2026-11-02") == {"checked_by": [both]}
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert errors(one, checked_by="die Prüfgruppe", checked_on=str(tomorrow)) == {
        "checked_on": ["Dieser Tag kommt erst noch."]
    }
    assert errors(one, checked_by="die Prüfgruppe", checked_on="2026-11-02") == {}
    one = release(Subject.CONTENT)
    assert errors(one) == {}
    assert errors(one, "<p>Ein anderer Text.</p>") == {
        "checked_by": [
            "Der Text ist neu. Wer hat ihn wann geprüft? Ist er noch nicht geprüft, leeren Sie beide Felder."
        ]
    }
    assert errors(one, "<p>Ein anderer Text.</p>", checked_by="", checked_on="") == {}
