"""Who may do what with surveys. Answering is for everybody who has the address, and asks nobody who they are."""

from typing import Any

import rules

from akademie.accounts.rules import is_office
from akademie.surveys import queries
from akademie.surveys.models import Survey


@rules.predicate
def manages(user: Any, survey: Survey) -> bool:
    """True for the host and the office."""
    return queries.manages(user, survey)


@rules.predicate
def sees_results(user: Any, survey: Survey) -> bool:
    """True for them, and for everybody where figures are for everybody."""
    return queries.sees_results(user, survey)


rules.add_perm("surveys.see_all", is_office)
rules.add_perm("surveys.manage", manages)
rules.add_perm("surveys.see_results", sees_results)
