"""Who may see how the academy runs."""

import rules

from akademie.accounts.rules import is_lead, is_office

rules.add_perm("operation.see", is_office)
rules.add_perm("operation.go_live", is_lead)
rules.add_perm("operation.download_backup", is_lead)  # it holds everything about everybody
