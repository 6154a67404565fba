"""Input of surveys: the questions, with what keeps programs out and counts a page only once."""

import secrets
from typing import Any

from django import forms

from akademie.core.forms import Trap
from akademie.questionnaires.forms import AnswerForm, answer_form
from akademie.surveys.models import Survey

SHEET = "_bogen"  # drawn anew with each page and bound to nobody; no key of a question begins like this
LONGEST_SHEET = 40


def survey_form(survey: Survey, data: Any = None) -> AnswerForm:
    """Return the form of a survey."""
    form = answer_form(survey.version, data)
    form.fields[SHEET] = forms.CharField(
        required=False, max_length=LONGEST_SHEET, widget=forms.HiddenInput, initial=secrets.token_urlsafe(12)
    )
    form.fields["website"] = Trap()
    return form


def sheet_of(form: AnswerForm) -> str:
    """Return which page was sent; empty where a program sends none."""
    return str(form.cleaned_data.get(SHEET, ""))
