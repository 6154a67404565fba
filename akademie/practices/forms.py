"""Input of practice cases in the back office."""

from typing import Any

from akademie.core.office_forms import RecordForm


class PracticeCaseForm(RecordForm):
    """A case with its towns; says in our words what is missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = self.formsets["practice_towns"]
        if self.is_bound:  # not before: Wagtail would put an empty town into a new draft and then miss it
            towns.min_num, towns.validate_min = 1, True
        towns.error_messages["too_few_forms"] = "Bitte wählen Sie mindestens %(num)d Stadt."
        towns.error_messages["too_many_forms"] = "Bitte wählen Sie höchstens %(num)d Städte."
