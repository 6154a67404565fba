"""Who may do what with reported barriers and the statement."""

import rules

from akademie.accounts.rules import is_office

rules.add_perm("accessibility.answer", is_office)
rules.add_perm("accessibility.review", is_office)
