"""Who sees the desk, and who looks as others."""

import rules

from akademie.accounts.rules import is_lead, is_office

rules.add_perm("portal.see_desk", is_office)
rules.add_perm("portal.look_as", is_lead)
