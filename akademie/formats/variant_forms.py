"""Input of variants and proposals."""

from typing import Any

from django import forms

from akademie.core.forms import LineField, PlainTextField
from akademie.formats import as_text
from akademie.formats.fields import LineList
from akademie.formats.models import MAX_STEPS, FormatProfile, FormatStep
from akademie.formats.models.variants import MAX_TEXT

MIN_WHY = 10
NAMED = FormatProfile._meta.get_field("name").max_length or 80
DIFFERS = FormatProfile._meta.get_field("differs").max_length or 240


class NewVariantForm(forms.Form):
    """How a variant is called, and what will be different."""

    name = LineField(
        label="Name Ihrer Variante", max_length=NAMED, help_text="Zum Beispiel: Feierabend-Webinar.",
        error_messages={
            "required": "Bitte geben Sie der Variante einen Namen.",
            "max_length": f"Bitte kürzen Sie den Namen auf {NAMED} Zeichen.",
        },
    )  # fmt: skip
    differs = LineField(
        label="Was anders ist", max_length=DIFFERS, required=False,
        help_text="Ein Satz. Sie können ihn auch später schreiben.",
        error_messages={"max_length": f"Bitte kürzen Sie den Satz auf {DIFFERS} Zeichen."},
    )  # fmt: skip


class VariantForm(forms.ModelForm):
    """The main fields of a variant; limits and messages are those of the model."""

    opened_with = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    class Meta:
        model = FormatProfile
        fields = (
            "name", "differs", "purpose", "mode", "duration_min", "duration_max", "group_min", "group_max", "effort",
            "target_groups", "roles", "tools", "result", "tips",
        )  # fmt: skip
        widgets = {name: forms.Textarea({"rows": 3}) for name in ("differs", "purpose", "result", "tips")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in FormatProfile._meta.get_fields():
            if isinstance(field, LineList) and field.name in self.fields:
                self.fields[field.name].widget = forms.Textarea({"rows": 4})
        self.fields["name"].error_messages["required"] = "Bitte geben Sie der Variante einen Namen."
        self.fields["purpose"].error_messages["required"] = "Bitte sagen Sie in einem Satz, wozu das Format gut ist."

    @property
    def values(self) -> dict[str, Any]:
        """Return what `actions.save_variant` takes."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class StepForm(forms.Form):
    """A step; without a title it is none."""

    title = LineField(
        label="Schritt", required=False, max_length=100,
        error_messages={"max_length": "Bitte kürzen Sie den Schritt auf 100 Zeichen."},
    )  # fmt: skip
    minutes = forms.IntegerField(
        label="Minuten", required=False, min_value=0, max_value=24 * 60,
        error_messages={
            "invalid": "Bitte geben Sie die Minuten als Zahl ein, zum Beispiel 20.",
            "max_value": "Ein Schritt dauert höchstens 1.440 Minuten.",
            "min_value": "Weniger als 0 Minuten gibt es nicht.",
        },
    )  # fmt: skip
    role = LineField(
        label="Wer spricht", required=False, max_length=60,
        error_messages={"max_length": "Bitte kürzen Sie auf 60 Zeichen."},
    )  # fmt: skip
    script = PlainTextField(
        label="Was jetzt geschieht", required=False, max_length=400, widget=forms.Textarea({"rows": 2}),
        error_messages={"max_length": "Bitte kürzen Sie auf 400 Zeichen."},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse what belongs to a step that has no name."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["title"] and any(cleaned[name] for name in ("minutes", "role", "script")):
            self.add_error("title", "Bitte sagen Sie, welcher Schritt das ist, oder leeren Sie die Zeile.")
        return cleaned


StepFormSet = forms.formset_factory(StepForm, extra=0, max_num=MAX_STEPS, validate_max=True, absolute_max=MAX_STEPS + 5)


ALL_COUNT = {"empty_permitted": False, "use_required_attribute": False}  # a row that was left as it is counts too


def steps_form(data: Any, draft: FormatProfile) -> Any:
    """Return the rows of a variant's steps, with two empty ones while there is room."""
    rows = list(draft.steps.all().values("title", "minutes", "role", "script"))
    empty: list[dict[str, Any]] = [{}] * min(2, MAX_STEPS - len(rows))
    return StepFormSet(data, initial=[*rows, *empty], prefix="schritte", form_kwargs=ALL_COUNT)


def steps_of(forms_of_steps: Any) -> list[dict[str, Any]]:
    """Return the steps that a valid set of rows names, in their order; ValidationError where one does not fit."""
    steps = []
    for form in forms_of_steps:
        given = form.cleaned_data
        if given.get("title"):
            step = {name: given[name] for name in ("title", "role", "script")} | {"minutes": given["minutes"] or 0}
            FormatStep(**step).full_clean(exclude=["profile"])
            steps.append(step)
    return steps


class ProposalForm(forms.Form):
    """Another text for one field of a format, and why."""

    after = PlainTextField(
        label="Ihr Vorschlag", max_length=MAX_TEXT * 2, widget=forms.Textarea({"rows": 8}), required=False,
        error_messages={"max_length": "Bitte kürzen Sie den Vorschlag auf 2.000 Zeichen."},
    )  # fmt: skip
    why = PlainTextField(
        label="Warum", min_length=MIN_WHY, max_length=MAX_TEXT, widget=forms.Textarea({"rows": 3}),
        help_text="Zum Beispiel: Bei uns in Perleberg waren 20 Minuten zu kurz.",
        error_messages={
            "required": "Bitte sagen Sie in einem Satz, warum.",
            "min_length": f"Bitte schreiben Sie mindestens {MIN_WHY} Zeichen.",
            "max_length": "Bitte kürzen Sie die Begründung auf 1.000 Zeichen.",
        },
    )  # fmt: skip

    def __init__(self, data: Any, *, field: str) -> None:
        super().__init__(data)
        self.fields["after"].label = f"{as_text.PROPOSABLE[field]}: Ihr Vorschlag"
        self.fields["after"].help_text = as_text.HINTS.get(field, "")


class AnswerForm(forms.Form):
    """Why editors decide as they do; the person reads it."""

    answer = PlainTextField(
        label="Begründung", max_length=MAX_TEXT, widget=forms.Textarea({"rows": 4}),
        help_text="Die Person liest das in ihrer Mail.",
        error_messages={
            "required": "Bitte begründen Sie. Die Person soll verstehen, warum.",
            "max_length": "Bitte kürzen Sie die Begründung auf 1.000 Zeichen.",
        },
    )  # fmt: skip

    def __init__(self, data: Any = None, *, required: bool = True) -> None:
        super().__init__(data)
        self.fields["answer"].required = required
        if not required:
            self.fields["answer"].label = "Antwort an die Person"
