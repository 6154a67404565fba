"""Who may do what with runs of formats."""

from typing import Any

import rules

from akademie.accounts.rules import is_office
from akademie.formats.models import FormatRun


@rules.predicate
def has_entered(user: Any, run: FormatRun) -> bool:
    """True for whoever entered a run."""
    return user.is_authenticated and run.made_by_id == user.pk


rules.add_perm("formats.keep_run", has_entered)
rules.add_perm("formats.release_reports", is_office)
