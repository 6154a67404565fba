"""Who may see how the academy runs."""

from typing import Any

import rules


@rules.predicate
def is_office(user: Any) -> bool:
    """True for Redaktion and Leitung."""
    return bool(getattr(user, "is_office", False)) and user.is_active


rules.add_perm("operation.see", is_office)
