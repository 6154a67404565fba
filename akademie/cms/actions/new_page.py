"""A new page, from a template."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, Site

from akademie.accounts.models import User
from akademie.cms.models import BodyPage, NewsIndexPage, NewsPage
from akademie.cms.page_templates import PageTemplate
from akademie.core.records import UMLAUTS


@transaction.atomic
def start_page(template: PageTemplate, *, title: str, by: User) -> BodyPage:
    """Return a draft with the blocks of a template: a piece of news below the news, a page below the start page."""
    home = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    above = NewsIndexPage.objects.get() if issubclass(template.model, NewsPage) else home
    parent = Page.objects.select_for_update().get(pk=above.pk)  # two at once get two addresses
    page = template.model(title=title, body=template.body, live=False, owner=by)
    page.slug = find_available_slug(parent, slugify(title.translate(UMLAUTS))[:60].strip("-") or "seite")
    try:
        page.check_address(page.slug, parent)
    except ValidationError:  # another area has it
        page.slug = find_available_slug(parent, f"{page.slug}-seite")
    parent.add_child(instance=page)
    page.save_revision(user=by)
    return page
