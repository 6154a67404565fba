"""The form that people answer: made from the questions of a version, checked without JavaScript."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from akademie.questionnaires import conditions, fields, uploads
from akademie.questionnaires.models import Kind, Question, Questionnaire, Version

PREFIX = "antwort"
OPENED = "_fassung"  # the version that a form was opened with, signed; no key of a question begins like this
SALT = "questionnaires.version"
REMOVE = "_weg-"  # before the key of a question: its file is to go
REQUIRED = "Bitte beantworten Sie diese Frage."
MESSAGES = {
    "required": REQUIRED,
    "invalid_choice": "Bitte wählen Sie eine der Möglichkeiten.",
    "invalid_list": "Bitte wählen Sie aus den Möglichkeiten.",
}
GONE = (
    "Dieser Fragebogen nimmt keine Antworten mehr an. Was Sie geschrieben haben, steht noch hier, damit Sie es "
    "kopieren können."
)


def opened_version(questionnaire: Questionnaire, data: Mapping[str, Any]) -> Version | None:
    """Return the version that a sent form was opened with, else the one that is asked now.

    Who began before a change answers what they were asked. None: there is nothing to answer.
    """
    try:
        pk = signing.loads(data.get(f"{PREFIX}-{OPENED}", ""), salt=SALT)
    except signing.BadSignature:
        return questionnaire.current
    opened = questionnaire.versions.filter(pk=pk, frozen_at__isnull=False).first()
    return opened or questionnaire.current


def answer_form(
    version: Version,
    data: Any = None,
    files: Any = None,
    initial: Mapping[str, Any] | None = None,
    *,
    draft: bool = False,
) -> "AnswerForm":
    """Return the form of a version; `initial` are answers as `queries.answers_of` returns them.

    A draft is checked for form only: nothing is missing in it, and what cannot be read leaves the former answer.
    """
    return AnswerForm(version, data, files, initial or {}, draft=draft)


class AnswerForm(forms.Form):
    """Questions as fields, by their keys. After `is_valid`: `answers()`, `uploads()`, `warnings()`."""

    def __init__(self, version: Version, data: Any, files: Any, initial: Mapping[str, Any], *, draft: bool) -> None:
        super().__init__(data, files, initial=dict(initial), prefix=PREFIX)
        self.version, self.draft = version, draft
        self.questions = version.asked()
        self._answers: dict[str, Any] = {}
        earlier: dict[str, Question] = {}
        for question in self.questions:
            self._ask(question, conditions.in_words(question, earlier))
            earlier[question.key] = question
        opened = signing.dumps(version.pk, salt=SALT)
        self.fields[OPENED] = forms.CharField(required=False, widget=forms.HiddenInput, initial=opened)
        for question in self.questions:
            if question.limit:
                self[question.key].help_text = _help(question, str(self[question.key].value() or ""))

    def _ask(self, question: Question, condition: str) -> None:
        """Add the field of a question; of a kept file also the choice to take it away."""
        needed = question.required and not condition  # else `clean` knows whether it is asked
        kept = self.initial.get(question.key) if question.kind == Kind.FILE else None
        field = _field(question, required=needed and not self.draft, draft=self.draft)
        field.template_name = "questionnaires/answers/field.html"  # type: ignore[attr-defined]
        field.is_table, field.is_scale = question.kind == Kind.TABLE, question.kind == Kind.SCALE  # type: ignore[attr-defined]
        voluntary = "" if question.required else "freiwillig, "
        field.needed_if = f"{voluntary}{condition}" if condition else ""  # type: ignore[attr-defined]
        if condition:
            name = self.add_prefix(question.depends_on)
            rule = {"on": name, "is": question.operator, "values": [str(value) for value in question.values]}
            field.only_if = json.dumps(rule, ensure_ascii=False)  # type: ignore[attr-defined]
        elif question.required and self.draft:
            field.needed_if = "zum Abschicken nötig"  # type: ignore[attr-defined]
        self.fields[question.key] = field
        if kept:
            field.widget.attrs["data-ak-kept"] = "1"
            label = f"„{uploads.in_words(kept)}“ wieder entfernen"
            self.fields[f"{REMOVE}{question.key}"] = forms.BooleanField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        """Leave out what is not asked after all, and ask for what is missing then."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.version.is_answerable and self.version.frozen_at:
            why = self.version.withdrawn_why
            self.add_error(None, f"{GONE} Grund: {why}" if why else GONE)
        found: dict[str, Any] = {}
        for question in self.questions:
            key = question.key
            if not conditions.is_met(question, found):
                self.errors.pop(key, None)
                cleaned.pop(key, None)
                continue
            value = self._value(key, cleaned)
            if not conditions.is_empty(value):
                found[key] = value
            elif question.required and question.depends_on and not self.draft and key not in self.errors:
                self.add_error(key, REQUIRED)
        self._answers = found
        return cleaned

    def _value(self, key: str, cleaned: dict[str, Any]) -> Any:
        if key in self.errors:
            return self.initial.get(key) if self.draft else None
        value = cleaned.get(key)
        if isinstance(value, UploadedFile):
            return uploads.described(value)
        return None if cleaned.get(f"{REMOVE}{key}") else value

    def answers(self) -> dict[str, Any]:
        """Return the answers as plain values by key; what was not asked or not answered is left out."""
        return dict(self._answers)

    def uploads(self) -> dict[str, UploadedFile]:
        """Return the new files by the key of their question."""
        given = {key: self.cleaned_data.get(key) for key in self._answers}
        return {key: file for key, file in given.items() if isinstance(file, UploadedFile)}

    def warnings(self) -> dict[str, str]:
        """Return what is longer than it should be and is taken all the same, by key."""
        return {
            question.key: f"Ihr Text hat {len(text)} Zeichen. Gut wären höchstens {question.limit}."
            for question in self.questions
            if question.limit and not question.limit_is_hard
            for text in [str(self._answers.get(question.key, ""))]
            if len(text) > question.limit
        }


def _field(question: Question, *, required: bool, draft: bool) -> forms.Field:
    options: dict[str, Any] = {
        "label": question.label, "help_text": _help(question), "required": required, "error_messages": MESSAGES,
    }  # fmt: skip
    voluntary = not question.required
    match question.kind:
        case Kind.CHOICE:
            return fields.OptionField(question, voluntary=voluntary, **options)
        case Kind.SEVERAL:
            return fields.SeveralField(question, draft=draft, **options)
        case Kind.SCALE:
            return fields.ScaleField(question, voluntary=voluntary, **options)
        case Kind.NUMBER:
            return fields.NumberField(
                minimum=question.minimum, maximum=question.maximum, whole=question.is_whole, **options
            )
        case Kind.DATE:
            return fields.DayField(**_with(options, fields.DayField))
        case Kind.TABLE:
            return fields.TableField(question, **options)
        case Kind.FILE:
            return fields.UploadField(**_with(options, fields.UploadField))
    return fields.text_field(question, **options)


def _with(options: dict[str, Any], field: Any) -> dict[str, Any]:
    return {**options, "error_messages": {**MESSAGES, **field.default_error_messages}}


def _help(question: Question, text: str = "") -> SafeString:
    """Return help, example, reason and limits as one hint, which the field is described by."""
    lines: list[SafeString] = [format_html("{}", question.help)] if question.help else []
    if question.example:
        lines.append(format_html("<em>Zum Beispiel:</em> {}", question.example))
    if says := _limits(question):
        lines.append(format_html("{}", says))
    if question.limit:
        lines.append(_count(question, text))
    if question.wozu:
        lines.append(format_html("<em>Wozu wir das fragen:</em> {}", question.wozu))
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))


def _limits(question: Question) -> str:
    low, high = question.minimum, question.maximum
    match question.kind:
        case Kind.NUMBER if low is not None or high is not None:
            return f"Eine Zahl {fields.between(low, high)}."
        case Kind.SEVERAL if low and high:
            return f"Wählen Sie {int(low)} bis {int(high)} aus." if low != high else f"Wählen Sie {int(low)} aus."
        case Kind.SEVERAL if low:
            return f"Wählen Sie mindestens {int(low)} aus."
        case Kind.SEVERAL if high:
            return f"Wählen Sie höchstens {int(high)} aus."
        case Kind.SEVERAL:
            return "Sie können mehrere auswählen."
        case Kind.FILE:
            return f"Höchstens {uploads.MOST_MB} MB: {uploads.KINDS}."
    return ""


def _count(question: Question, text: str) -> SafeString:
    limit = question.limit or 0
    says = f"Höchstens {limit} Zeichen." if question.limit_is_hard else f"Gut sind höchstens {limit} Zeichen."
    used = len(text.replace("\r\n", "\n"))
    if used > limit:
        says += f" Jetzt sind es {used}, also {used - limit} mehr."
    elif used:
        says += f" Noch {limit - used}."
    return format_html('<span data-ak-count="{}">{}</span>', limit, says)
