"""What may be done with pages, beside what the groups may."""

from collections.abc import Iterable

import rules
from django.db.models import Q
from wagtail.models import Page

from akademie.accounts.rules import is_lead, is_office
from akademie.cms.models import NewsIndexPage, StandardPage


def holds_a_duty(pages: Iterable[Page]) -> bool:
    """Return whether one of these pages, or one below, has an address that other pages rely on."""
    places = [Q(path__startswith=page.path) for page in pages]
    if not places:
        return False
    within = places[0]
    for place in places[1:]:
        within |= place
    duties = StandardPage.objects.exclude(duty="").filter(within)
    return duties.exists() or NewsIndexPage.objects.filter(within).exists()


rules.add_perm("cms.set_up", is_lead)
rules.add_perm("cms.see_versions", is_office)
rules.add_perm("cms.write_pages", is_office)
