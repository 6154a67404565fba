"""What hosts enter once their event is over."""

from typing import Any

from akademie.formats.models import FormatRun
from akademie.formats.models.runs import REPORT
from akademie.formats.run_forms import MINUTES, MinutesForm, ReportForm, RunForm


class AfterwardsForm(ReportForm, MinutesForm):
    """Minutes and report in one; either may come later, nothing at all is refused. Day, title and place are known."""

    must_be_filled = False
    participants = RunForm.base_fields["participants"]
    field_order = ("participants", *MINUTES, "cost_eur", *REPORT)

    def __init__(self, data: Any, *, run: FormatRun | None) -> None:
        kept = ("participants", *MINUTES, "cost_eur", *REPORT)
        super().__init__(data, initial={name: getattr(run, name) for name in kept} if run else None)

    def clean(self) -> dict[str, Any]:
        """Something must be entered."""
        cleaned = super().clean()
        if not self.errors and not self.minutes and not self.report:
            self.add_error(None, "Bitte tragen Sie die Zeiten ein, oder beantworten Sie eine der vier Fragen.")
        return cleaned
