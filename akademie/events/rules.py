"""Who may see an event, who prepares it, who publishes it."""

from __future__ import annotations

from typing import Any

import rules

from akademie.accounts.rules import is_office
from akademie.events.models import Event


@rules.predicate
def is_public(user: Any, event: Event) -> bool:
    """True once everyone may see it."""
    return event.is_public


@rules.predicate
def is_owner(user: Any, event: Event) -> bool:
    """True for whoever hosts it."""
    return user.is_authenticated and user.is_active and event.owner_id == user.pk


rules.add_perm("events.see_event", is_public | is_owner | is_office)
rules.add_perm("events.host_event", is_owner | is_office)
rules.add_perm("events.publish_event", is_office)
rules.add_perm("events.keep_types", is_office)
