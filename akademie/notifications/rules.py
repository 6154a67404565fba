"""Who may do what with addresses that take no mails."""

import rules

from akademie.accounts.rules import is_office

rules.add_perm("notifications.keep_addresses", is_office)
