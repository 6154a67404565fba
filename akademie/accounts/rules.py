"""Who somebody is to the academy, and what people may do with their account."""

from typing import Any

import rules

from akademie.accounts import queries
from akademie.accounts.models import Role


@rules.predicate
def is_office(user: Any) -> bool:
    """True for Redaktion and Leitung."""
    return bool(getattr(user, "is_office", False)) and user.is_active


@rules.predicate
def is_lead(user: Any) -> bool:
    """True for the Leitung: whoever gets everyone else in again."""
    return bool(getattr(user, "role", "") == Role.LEAD) and user.is_active


@rules.predicate
def has_second_factor(user: Any) -> bool:
    """True for whoever could lose a second factor."""
    return bool(user.is_authenticated and user.is_active and queries.factors(user))


rules.add_perm("accounts.keep_recovery_codes", is_lead | has_second_factor)
