"""Export and figures: what the files hold, versions side by side, no formula, anonymous rows."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from akademie.questionnaires import actions, export, queries, summary
from akademie.questionnaires.models import Kind, Version
from akademie.questionnaires.tests.factories import make_version

pytestmark = pytest.mark.django_db
ROWS: list[dict[str, Any]] = [
    {"name": "=HYPERLINK(1)", "essen": ["Fisch"], "zahl": 12.5, "tabelle": [["1", "2"]], "skala": 4, "auto": "Ja"},
    {"name": "Burg", "skala": 1, "auto": "Nein", "datei": {"name": "plan.pdf", "size": 3}, "tag": "2026-12-24"},
    {"name": "Calau", "skala": 2, "zahl": 3, "text": "Gut war das Essen."},
]


def read(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))


def test_csv_has_a_column_for_each_key_and_for_each_part() -> None:
    head, *rows = read(export.as_csv(make_version(), [{**row, "id": place} for place, row in enumerate(ROWS, start=1)],
                                     before={"id": "Nummer"}))  # fmt: skip
    assert head == [
        "Nummer", "name", "text", "auto", "platz", "essen: Fisch", "essen: Käse", "essen: Obst", "zahl", "tag",
        "tabelle: Miete, 2026", "tabelle: Miete, 2027", "datei", "skala",
    ]  # fmt: skip
    assert rows[0] == ["1", "'=HYPERLINK(1)", "", "Ja", "", "1", "0", "0", "12,5", "", "1", "2", "", "4"]
    assert rows[1] == ["2", "Burg", "", "Nein", "", "", "", "", "", "2026-12-24", "", "", "plan.pdf", "1"]


def test_xlsx_brings_the_codebook_along() -> None:
    book = load_workbook(io.BytesIO(export.as_xlsx(make_version(), ROWS)))
    assert book.sheetnames == ["Antworten", "Codebuch"]
    answers, codebook = (list(sheet.iter_rows(values_only=True)) for sheet in book)
    assert answers[1][:3] == ("'=HYPERLINK(1)", None, "Ja")
    assert answers[1][7] == 12.5
    by_column = {row[0]: row for row in codebook[1:]}
    assert by_column.keys() == set(answers[0])
    assert by_column["platz"][2:8] == (
        "Welches Kennzeichen?", "Kurzer Text", None, None, "nein",
        "nur, wenn „Kommen Sie mit dem Auto?“ mit „Ja“ beantwortet ist",
    )  # fmt: skip
    assert by_column["skala"][4] == "1 = schlecht; 2; 3; 4; 5 = gut"
    assert by_column["zahl"][5] == "von 1 bis 500"
    assert by_column["essen: Obst"][9] == 7


def test_versions_stand_side_by_side() -> None:
    first = make_version(
        {"key": "a", "kind": Kind.CHOICE, "label": "A?", "options": ["x", "y"]},
        {"key": "b", "kind": Kind.SHORT, "label": "B?"},
    )
    draft = actions.begin_draft(first.questionnaire)
    actions.delete_question(draft.questions.get(key="b"))
    actions.change_question(draft.questions.get(key="a"), {"label": "A, neu?"}, edits=0)
    actions.add_question(draft, {"kind": Kind.SHORT, "label": "C"})
    second = actions.freeze(draft)
    rows = []
    for version, answers in ((first, {"a": "x", "b": "alt"}), (second, {"a": "y", "c": "neu"})):
        rows.append(queries.answers_of(actions.save_answers(actions.open_answers(version), answers)))
    both = list(Version.objects.filter(questionnaire=first.questionnaire).order_by("-number"))
    assert read(export.as_csv(both, rows)) == [["a", "c", "b"], ["x", "", "alt"], ["y", "neu", ""]]
    told = [(row[0], row[2], row[-1]) for row in read(export.codebook(both))[1:]]
    assert told == [("a", "A?", "1"), ("b", "B?", "1"), ("a", "A, neu?", "2"), ("c", "C", "2")]


def test_figures_of_each_question() -> None:
    found = {one.question.key: one for one in summary.of(make_version(), ROWS)}
    assert found["auto"].counts == [("Ja", 1), ("Nein", 1)]
    assert found["essen"].counts == [("Fisch", 1), ("Käse", 0), ("Obst", 0)]
    skala = found["skala"]
    assert skala.counts == [("1", 1), ("2", 1), ("3", 0), ("4", 1), ("5", 0)]
    assert (skala.answered, skala.median, skala.mean) == (3, 2, pytest.approx(7 / 3))
    assert (found["zahl"].low, found["zahl"].median, found["zahl"].high) == (3, 7.75, 12.5)
    assert found["text"].texts == ["Gut war das Essen."]
    assert (found["platz"].answered, found["platz"].median) == (0, None)


def test_answers_of_many_are_read_at_once(queries: Any) -> None:
    from akademie.questionnaires.queries import rows_of

    version = make_version({"key": "a", "kind": Kind.SHORT, "label": "A?"})

    def sets(number: int) -> list[Any]:
        return [actions.save_answers(actions.open_answers(version), {"a": str(one)}) for one in range(number)]

    one, three = sets(1), sets(3)
    assert queries(lambda: rows_of(one)) == queries(lambda: rows_of(three)) == 1
    assert list(rows_of(three).values()) == [{"a": "0"}, {"a": "1"}, {"a": "2"}]
