"""Who may see how the academy runs."""

from typing import Any

import rules

from akademie.accounts.models import Role


@rules.predicate
def is_office(user: Any) -> bool:
    """True for Redaktion and Leitung."""
    return bool(getattr(user, "is_office", False)) and user.is_active


@rules.predicate
def is_lead(user: Any) -> bool:
    """True for the Leitung."""
    return is_office(user) and user.role == Role.LEAD


rules.add_perm("operation.see", is_office)
rules.add_perm("operation.go_live", is_lead)
rules.add_perm("operation.download_backup", is_lead)  # it holds everything about everybody
