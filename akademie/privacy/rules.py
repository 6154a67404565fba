"""Who may see and do what with privacy."""

import rules

from akademie.accounts.rules import is_lead, is_office

rules.add_perm("privacy.see", is_office)
rules.add_perm("privacy.decide", is_lead)
rules.add_perm("privacy.read_log", is_lead)
