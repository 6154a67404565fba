"""Input of practice cases in the back office."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm


class PracticeCaseForm(WagtailAdminModelForm):
    """A case with its towns; says in our words what is missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns = self.formsets["practice_towns"]
        towns.error_messages["too_few_forms"] = "Bitte wählen Sie mindestens %(num)d Stadt."
        towns.error_messages["too_many_forms"] = "Bitte wählen Sie höchstens %(num)d Städte."
