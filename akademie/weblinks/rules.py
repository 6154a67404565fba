"""Who may do what with links."""

import rules

from akademie.accounts.rules import is_office

rules.add_perm("weblinks.keep", is_office)
