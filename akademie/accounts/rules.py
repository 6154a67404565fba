"""Who somebody is to the academy, and what people may do with their account."""

from typing import Any

import rules

from akademie.accounts.models import Role


@rules.predicate
def is_office(user: Any) -> bool:
    """True for Redaktion and Leitung."""
    return bool(getattr(user, "is_office", False)) and user.is_active


@rules.predicate
def is_lead(user: Any) -> bool:
    """True for the Leitung: whoever gets everyone else in again."""
    return bool(getattr(user, "role", "") == Role.LEAD) and user.is_active


rules.add_perm("accounts.keep_recovery_codes", is_lead)
