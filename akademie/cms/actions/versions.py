"""Versions of a page in another language."""

from django.db import transaction
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from akademie.accounts.models import User
from akademie.cms.languages import SLUGS, Language
from akademie.cms.models import BodyPage, StandardPage


@transaction.atomic
def start_version(original: BodyPage, language: Language, *, by: User) -> StandardPage:
    """Return the version of a page in a language; if there is none yet, a draft with the blocks of the page's draft."""
    Page.objects.select_for_update().get(pk=original.pk)  # two who start at once get the same one
    there = StandardPage.objects.filter(original=original.pk, language=language).first()
    if there:
        return there
    draft = original.get_latest_revision_as_object()
    version = StandardPage(
        title=draft.title, summary=draft.summary, body=draft.body, language=language, original_id=original.pk,
        slug=find_available_slug(original, SLUGS[language]), live=False, owner=by,
    )  # fmt: skip
    original.add_child(instance=version)
    version.save_revision(user=by)
    return version
