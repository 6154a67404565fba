"""Terms of administrations, each explained in two or three sentences."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from akademie.core.forms import clean_text
from akademie.core.records import Record, lines

MAX_EXPLANATION = 400
MAX_FORM = 80  # characters of a form
MAX_FORMS = 30


class Term(Record):
    """A term and how it is written. A form is found in texts exactly as it stands here, and in no other spelling."""

    title = models.CharField("Fachwort", max_length=MAX_FORM, help_text="So, wie es in einem Text steht.")
    forms = models.TextField(
        "Andere Formen", max_length=MAX_FORMS * MAX_FORM, blank=True,
        help_text="Mehrzahl, gebeugte Formen, Abkürzungen: je Zeile eine. Nur was hier steht, wird in Texten erkannt.",
    )  # fmt: skip
    explanation = models.TextField(
        "Erklärung", max_length=MAX_EXPLANATION,
        help_text=f"Zwei oder drei kurze Sätze, höchstens {MAX_EXPLANATION} Zeichen. Steht neben jedem Text mit dem "
        "Fachwort.",
    )  # fmt: skip
    more = models.TextField(
        "Mehr dazu", max_length=4000, blank=True, help_text="Steht nur auf der Seite des Fachworts."
    )
    law = models.CharField("Rechtsgrundlage", max_length=160, blank=True, help_text="§ 5 BauGB")
    law_url = models.URLField("Adresse der Rechtsgrundlage", max_length=300, blank=True)

    class Meta:
        verbose_name = "Fachwort"
        verbose_name_plural = "Fachwörter"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Address of its page."""
        return f"/fachwoerter/{self.slug}/"

    def form_lines(self) -> list[str]:
        """Return the other forms, each once."""
        forms = (clean_text(line, MAX_FORM + 1) for line in lines(self.forms))
        return [form for form in dict.fromkeys(forms) if form != self.title]

    def clean(self) -> None:
        """Put the forms in order; refuse those that cannot be told from another term's."""
        super().clean()
        self.title = clean_text(self.title, MAX_FORM)
        forms = self.form_lines()
        self.forms = "\n".join(forms)
        if len(forms) > MAX_FORMS:
            raise ValidationError({"forms": f"Das sind {len(forms)} Formen. Bitte lassen Sie höchstens {MAX_FORMS}."})
        for form in forms:
            if not 2 <= len(form) <= MAX_FORM:
                says = f"„{form[:40]}“: Eine Form hat 2 bis {MAX_FORM} Zeichen. Schreiben Sie je Zeile eine."
                raise ValidationError({"forms": says})
        if self.law_url and not self.law:
            raise ValidationError({"law": "Bitte schreiben Sie auch, wohin die Adresse führt, zum Beispiel § 5 BauGB."})
        self._refuse_what_others_have({self.title: "title"} | dict.fromkeys(forms, "forms"))

    def _refuse_what_others_have(self, own: dict[str, str]) -> None:
        for other in Term.objects.exclude(pk=self.pk).only("title", "forms"):
            for form in (other.title, *other.form_lines()):
                if form in own:
                    raise ValidationError({own[form]: f"„{form}“ steht schon beim Fachwort „{other.title}“."})

    def prose(self) -> str:
        """Return what is told in sentences."""
        return f"{self.explanation}\n{self.more}".strip()

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """The public page itself."""
        return "terms/public/term.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """The public page's context."""
        return {"request": request, "is_preview": True, **self.page_context()}

    def page_context(self) -> dict[str, Any]:
        """Return what the page shows; the preview shows the same."""
        return {"term": self, "section": "fachwoerter", "trail": (("Fachwörter", "/fachwoerter/"),)}
