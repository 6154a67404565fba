"""Who may do what with reports."""

import rules

from akademie.accounts.rules import is_office

rules.add_perm("moderation.see", is_office)
rules.add_perm("moderation.decide", is_office)
