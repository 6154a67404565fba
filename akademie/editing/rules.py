"""Who may do what with upkeep and substitutes."""

import rules

from akademie.accounts.rules import is_office

rules.add_perm("editing.look_after", is_office)
rules.add_perm("editing.name_substitutes", is_office)
