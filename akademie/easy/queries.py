"""Questions about the required explanations: what they say, what is still missing."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from akademie.core.contributions import Waiting
from akademie.easy.models import Explanation, Form, Subject

TOTAL = len(Subject) * len(Form)
TEMPLATES = {Form.EASY: "easy/public/leichte-sprache.html", Form.SIGN: "easy/public/gebaerdensprache.html"}


def explanations() -> list[Explanation]:
    """Return the explanations in the order of the law, with their videos, by one query."""
    rows = {row.subject: row for row in Explanation.objects.select_related("video__poster")}
    return [rows[subject] for subject in Subject if subject in rows]


def explained(form: str) -> SafeString:
    """Return all explanations of a form as HTML. What is not released yet says so."""
    rows = [(row, row.is_done(Form(form))) for row in explanations()]
    return render_to_string(TEMPLATES[Form(form)], {"rows": rows})


@dataclass(frozen=True)
class Completeness:
    """How much of what must be explained has been released."""

    missing: list[tuple[str, str]]  # subject and form, in words

    @property
    def done(self) -> int:
        """How many are ready."""
        return TOTAL - len(self.missing)

    @property
    def total(self) -> int:
        """How many there must be."""
        return TOTAL

    @property
    def in_words(self) -> str:
        """The figure."""
        return f"{self.done} von {TOTAL} Pflichtinhalten sind fertig"


def completeness() -> Completeness:
    """Return what is missing, with one query."""
    rows = {row.subject: row for row in Explanation.objects.only("subject", "checked_by", "checked_on", "video")}
    return Completeness([
        (subject.label, form.label)
        for form in Form
        for subject in Subject
        if subject not in rows or not rows[subject].is_done(form)
    ])  # fmt: skip


def is_complete(form: Form) -> bool:
    """Whether everything has been released in this form."""
    return all(label != form.label for _, label in completeness().missing)


def office_list() -> str:
    """Return where the office edits them."""
    return reverse("wagtailsnippets_easy_explanation:list")


def panel(request: HttpRequest, page: Any) -> dict[str, Any]:
    """Return what the accessibility statement says about them."""
    return {"completeness": completeness()}


def waiting(user: Any) -> list[Waiting]:
    """Return the one task of the office while something is missing."""
    found = completeness()
    if not found.missing:
        return []
    return [Waiting(text=f"Leichte Sprache und Gebärdensprache: {found.in_words}", url=office_list())]
