"""Who may have keys for programs."""

import rules

from akademie.accounts.rules import is_office

rules.add_perm("api.keep_keys", is_office)
