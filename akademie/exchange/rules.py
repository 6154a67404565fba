"""Who may do what with requests."""

import rules

from akademie.accounts.rules import is_office

rules.add_perm("exchange.move_request", is_office)
