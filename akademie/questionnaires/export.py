"""Answers as a table, and what its columns mean (codebook): CSV and XLSX.

Rows are plain answers by key, so that anonymous ones can be passed. Several versions stand side by side: a column is a
key, and the codebook says which version asked what. No cell is a formula.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from akademie.core.documents import csv_table
from akademie.core.spreadsheet import workbook
from akademie.questionnaires import conditions
from akademie.questionnaires.fields import between
from akademie.questionnaires.models import Kind, Question, Version
from akademie.questionnaires.queries import in_words

Row = Mapping[str, Any]
Column = tuple[str, Callable[[Row], Any]]  # head, and the cell of a row
CODEBOOK = (
    "Spalte", "Kürzel", "Frage", "Art", "Möglichkeiten", "Grenzen", "Pflicht", "Bedingung", "Wozu?",
    "Aufbewahrt (Tage)", "Fassung",
)  # fmt: skip


def as_csv(
    version: Version | Iterable[Version], rows: Iterable[Row], *, before: Mapping[str, str] | None = None
) -> bytes:
    """Return the answers as CSV, a line for each row.

    `before` are columns of the caller that stand first: heading by the key under which a row holds them.
    """
    columns = _columns(_versions(version), before or {})
    return csv_table([head for head, _ in columns], ([cell(row) for _, cell in columns] for row in rows))


def as_xlsx(
    version: Version | Iterable[Version], rows: Iterable[Row], *, before: Mapping[str, str] | None = None
) -> bytes:
    """Return the answers as XLSX; the codebook is its second sheet."""
    versions = _versions(version)
    columns = _columns(versions, before or {})
    answers: Iterator[Sequence[Any]] = ([cell(row) for _, cell in columns] for row in rows)
    sheets = [
        ("Antworten", _with([head for head, _ in columns], answers)),
        ("Codebuch", _with(CODEBOOK, _book(versions))),
    ]
    with workbook(sheets) as file:
        return file.read()


def codebook(version: Version | Iterable[Version]) -> bytes:
    """Return what the columns mean, as CSV."""
    return csv_table(CODEBOOK, _book(_versions(version)))


def _with(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield head
    yield from rows


def _versions(version: Version | Iterable[Version]) -> list[tuple[Version, list[Question]]]:
    versions = [version] if isinstance(version, Version) else sorted(version, key=lambda one: one.number)
    return [(one, list(one.questions.order_by("position", "pk"))) for one in versions]


def _columns(versions: list[tuple[Version, list[Question]]], before: Mapping[str, str]) -> list[Column]:
    """Return the columns: those of the caller, then one or several for each key, in the order of the newest version."""
    found: dict[str, Column] = {f" {key}": (head, _of(key)) for key, head in before.items()}
    for _version, questions in reversed(versions):
        for question in questions:
            for head, cell in _cells(question):
                found.setdefault(head, (head, cell))
    return list(found.values())


def _of(key: str) -> Callable[[Row], Any]:
    return lambda row: row.get(key)


def _cells(question: Question) -> Iterator[Column]:
    key = question.key
    if question.kind == Kind.SEVERAL:
        for option in question.options:
            yield f"{key}: {option}", _chosen(key, option)
    elif question.kind == Kind.TABLE:
        for line, label in enumerate(question.lines):
            for place, column in enumerate(question.columns):
                yield f"{key}: {label}, {column}", _table_cell(key, line, place)
    elif question.kind == Kind.FILE:
        yield key, lambda row: in_words(question, row.get(key))
    else:
        yield key, _of(key)


def _chosen(key: str, option: str) -> Callable[[Row], Any]:
    """1 or 0; empty where the question was not answered."""
    return lambda row: None if conditions.is_empty(row.get(key)) else int(option in row[key])


def _table_cell(key: str, line: int, place: int) -> Callable[[Row], Any]:
    def cell(row: Row) -> Any:
        lines = row.get(key) or []
        return lines[line][place] if line < len(lines) and place < len(lines[line]) else None

    return cell


def _book(versions: list[tuple[Version, list[Question]]]) -> Iterator[Sequence[Any]]:
    for version, questions in versions:
        earlier: dict[str, Question] = {}
        for question in questions:
            condition = conditions.in_words(question, earlier)
            earlier[question.key] = question
            for head, _cell in _cells(question):
                yield (
                    head, question.key, question.label, question.get_kind_display(), _options(question),
                    _limits(question), "ja" if question.required and not condition else "nein", condition,
                    question.wozu, question.kept_days, version.number,
                )  # fmt: skip


def _options(question: Question) -> str:
    match question.kind:
        case Kind.SEVERAL:
            return "1 = gewählt, 0 = nicht gewählt"
        case Kind.SCALE:
            ends = dict(zip((question.scale[0], question.scale[-1]), question.options, strict=False))
            return "; ".join(f"{step} = {ends[step]}" if ends.get(step) else str(step) for step in question.scale)
    return "; ".join(question.options)


def _limits(question: Question) -> str:
    if question.limit:
        return (
            f"höchstens {question.limit} Zeichen" if question.limit_is_hard else f"Richtwert {question.limit} Zeichen"
        )
    if question.kind == Kind.SEVERAL and (question.minimum or question.maximum):
        return f"Anzahl {between(question.minimum, question.maximum)}"
    return between(question.minimum, question.maximum) if question.kind == Kind.NUMBER else ""
