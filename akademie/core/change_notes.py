"""Public change notes: what was changed on a record, in the words of whoever published it."""

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

MAX_NOTE = 200


class TellsChanges(models.Model):
    """A record whose page tells what was changed and when: `class PracticeCase(TellsChanges, Record)`.

    The note is written with the draft and told when that is published, on that day. The template shows it with
    `{% include "core/changes.html" %}`, the form with `FieldPanel("change_note")`.
    """

    change_note = models.CharField(
        "Was hat sich geändert?", max_length=MAX_NOTE, blank=True,
        help_text="Steht mit Monat auf der Seite: Kosten aktualisiert. Leer: Es steht nichts da.",
    )  # fmt: skip
    # {"on": "2026-03-14", "text": "Kosten aktualisiert"}, the newest first
    changes = models.JSONField("Änderungen", default=list, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Tell the note once the record is public; the next one begins empty."""
        if self.live and self.change_note and kwargs.get("update_fields") is None:  # type: ignore[attr-defined]
            self.changes = [self._being_told(), *self.changes]
            self.change_note = ""
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return the record as a version has it, with everything that has been told, and not the same note again."""
        version = super().with_content_json(content)  # type: ignore[misc]
        told_since = self.changes[: max(0, len(self.changes) - len(version.changes))]
        if any(change["text"] == version.change_note for change in told_since):
            version.change_note = ""
        version.changes = self.changes
        return version

    def _being_told(self) -> dict[str, str]:
        return {"on": timezone.localdate().isoformat(), "text": self.change_note}

    @property
    def told_changes(self) -> list[str]:
        """What was changed and in which month, the newest first; in a preview with the note that is being written."""
        changes = [self._being_told(), *self.changes] if self.change_note else self.changes
        return [f"{change['text']} ({date_format(date.fromisoformat(change['on']), 'F Y')})" for change in changes]
