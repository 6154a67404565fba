"""What all forms of the back office check."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

OVER = "Dieser Zeitpunkt ist schon vorbei. Wählen Sie einen späteren, oder leeren Sie das Feld: Dann gilt „sofort“."


class NotInThePast:
    """A form with a schedule: what is to appear at a time that is over is a mistake. Wagtail checks the end alike."""

    def clean(self) -> dict[str, Any]:
        """Refuse a new time that is over; the one at which it did appear stays as it is."""
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        at = cleaned.get("go_live_at")
        if at and "go_live_at" in self.changed_data and at < timezone.now():  # type: ignore[attr-defined]
            self.add_error("go_live_at", ValidationError(OVER))  # type: ignore[attr-defined]
        return cleaned


class RecordForm(NotInThePast, WagtailAdminModelForm):
    """The form of a record."""
