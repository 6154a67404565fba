"""Who may do what with questionnaires. Who may read answers is the rule of the area that collects them."""

import rules

from akademie.accounts.rules import is_office

rules.add_perm("questionnaires.build", is_office)
