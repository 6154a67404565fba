"""Who may do what with reports."""

from typing import Any

import rules


@rules.predicate
def is_office(user: Any) -> bool:
    """True for Redaktion and Leitung."""
    return bool(getattr(user, "is_office", False)) and user.is_active


rules.add_perm("moderation.see", is_office)
rules.add_perm("moderation.decide", is_office)
