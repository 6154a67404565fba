"""Who may do what with runs, variants and proposals."""

from typing import Any

import rules

from akademie.accounts.rules import is_office
from akademie.formats.models import FormatProfile, FormatRun


@rules.predicate
def has_entered(user: Any, run: FormatRun) -> bool:
    """True for whoever entered a run."""
    return user.is_authenticated and run.made_by_id == user.pk


@rules.predicate
def is_variant(user: Any, profile: FormatProfile) -> bool:
    """True for a format that somebody has made from another one."""
    return profile.maker_id is not None and profile.origin_id is not None


@rules.predicate
def has_made(user: Any, profile: FormatProfile) -> bool:
    """True for whoever made a variant."""
    return user.is_authenticated and profile.maker_id == user.pk


rules.add_perm("formats.keep_run", has_entered)
rules.add_perm("formats.release_reports", is_office)
rules.add_perm("formats.edit_variant", is_variant & (has_made | is_office))
rules.add_perm("formats.decide", is_office)
