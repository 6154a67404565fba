"""Two editors on one text: whoever saves second is told who was first, keeps what was typed, and decides (ADR 14).

Wagtail's forms say which version they were opened with, and Wagtail refuses to save a draft by itself over a newer one.
What a person sends with a button it takes without a question; here it is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from wagtail.admin import messages

SAVE_OVER = "save_over"  # sent with the version that the editor has been told about
OPENED = ("overwrite_revision_id", "loaded_revision_id")  # with what Wagtail's forms say which version they know


@contextmanager
def one_after_the_other(request: HttpRequest, model: type[models.Model], pk: Any) -> Iterator[None]:
    """Let others who save this wait until the answer is made. Reading waits for nobody."""
    if request.method != "POST":
        yield
        return
    with transaction.atomic():
        list(model._base_manager.select_for_update().filter(pk=pk).values_list("pk"))
        yield


class AsksBeforeOverwriting:
    """What both of Wagtail's views for editing share, of pages and of snippets."""

    request: HttpRequest
    editor_form_id: str  # in Wagtail's template
    latest_revision: Any
    latest_revision_created_at: Any

    @cached_property
    def is_out_of_date(self) -> bool:
        """Whether somebody saved after this form was opened. What was opened before the first version counts too."""
        if not self.latest_revision or self.request.POST.get(SAVE_OVER) == self._version:
            return False
        if not any(self.request.POST.get(name) for name in OPENED):
            return True
        return super().is_out_of_date  # type: ignore[misc]

    @property
    def _version(self) -> str:
        """The latest version by its number and its time: whoever types on writes the same version again."""
        return f"{self.latest_revision.pk} {self.latest_revision_created_at}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A form that is shown again still says which version it was opened with."""
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        if self.request.method == "POST" and self.is_out_of_date:
            context["loaded_revision_created_at"] = self.request.POST.get("loaded_revision_created_at") or "keine"
        return context

    def say_who_was_first(self, *, since: str, history: str) -> None:
        """Say it above the form: `since` compares with what was there before, `history` lists all versions."""
        told = {
            "latest": self.latest_revision,
            "is_own": self.latest_revision.user_id == self.request.user.pk,  # type: ignore[union-attr]
            "version": self._version,
            "form_id": self.editor_form_id,
            "since": since,
            "history": history,
        }
        messages.error(self.request, render_to_string("core/office/saved_meanwhile.html", told))

    @property
    def opened_with(self) -> str:
        """The number of the version that the form was opened with; empty where it is the latest or there was none."""
        found = next((pk for name in OPENED if (pk := self.request.POST.get(name))), "")
        return found if found.isdecimal() and int(found) != self.latest_revision.pk else ""
