"""Who may do what with upkeep, approvals and substitutes."""

import rules

from akademie.accounts.rules import is_lead, is_office

rules.add_perm("editing.look_after", is_office)
rules.add_perm("editing.name_substitutes", is_office)
rules.add_perm("editing.ask_for_approval", is_office)
rules.add_perm("editing.publish_without_approval", is_lead)
