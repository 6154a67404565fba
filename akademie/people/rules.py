"""Who may do what with people's things."""

from __future__ import annotations

from typing import Any

import rules

from akademie.accounts.rules import is_office
from akademie.people.models import Handover, Membership, Profile
from akademie.people.queries import shows


@rules.predicate
def may_see_name(user: Any, profile: Profile) -> bool:
    """True for whom the person shows the name to; it is the gate for everything else."""
    return profile.user.is_active and bool(profile.user.get_full_name()) and shows(profile, "name", user)


@rules.predicate
def is_own(user: Any, membership: Membership) -> bool:
    """True for the person that a membership is about."""
    return membership.user_id == user.pk


@rules.predicate
def is_current(user: Any, membership: Membership) -> bool:
    """True for a membership that is confirmed and has not ended."""
    return membership.is_current


@rules.predicate
def belongs_there(user: Any, membership: Membership) -> bool:
    """True for somebody who is confirmed in the same town or organisation."""
    return user.is_authenticated and Membership.objects.of_place(membership).current().filter(user=user).exists()


@rules.predicate
def is_invited(user: Any, handover: Handover) -> bool:
    """True for whoever an invitation to follow somebody went to; what has become of it, the page says."""
    return user.is_authenticated and handover.is_for(user.email)


@rules.predicate
def asker_is_active(user: Any, membership: Membership) -> bool:
    """True while the account that a membership is about is not blocked."""
    return membership.user.is_active


rules.add_perm("people.see_profile", may_see_name)
rules.add_perm("people.decide_joining", (is_office | (belongs_there & ~is_own)) & asker_is_active)
rules.add_perm("people.change_membership", is_own & is_current)
rules.add_perm("people.end_membership", is_own | is_office)
rules.add_perm("people.hand_over", is_own | is_office)
rules.add_perm("people.follow", is_invited)
rules.add_perm("people.keep_memberships", is_office)
