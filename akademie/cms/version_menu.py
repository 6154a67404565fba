"""In the back office, beside saving and publishing a page: its versions in other languages."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from akademie.accounts.models import User
from akademie.cms import actions, queries
from akademie.cms.languages import Language
from akademie.cms.models import BodyPage

SAYS = {
    Language.EASY: ("Fassung in Leichter Sprache anlegen", "Fassung in Leichter Sprache öffnen"),
    Language.ENGLISH: ("Englische Fassung anlegen", "Englische Fassung öffnen"),
}


class VersionItem(ActionMenuItem):
    """Saves the page and starts its version; when there is one already, leads to it."""

    icon_name = "copy"

    def __init__(self, language: Language, existing: int | None, order: int) -> None:
        super().__init__(order)
        self.existing, self.name = existing, f"action-version-{language}"
        self.label = SAYS[language][existing is not None]

    def get_url(self, parent_context: Any) -> str | None:
        """Return where the existing version is edited."""
        return reverse("wagtailadmin_pages:edit", args=[self.existing]) if self.existing else None


def offer_versions(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer the versions of a German page while it is edited."""
    page = context.get("page")
    if context["view"] != "edit" or context["locked_for_user"] or not page or not queries.may_have_versions(page):
        return
    existing = queries.drafts_of(page)
    menu_items += [VersionItem(language, existing.get(language), 200 + n) for n, language in enumerate(SAYS)]


def start_wanted(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Start the version whose button was pressed, after the page itself has been saved."""
    wanted = [language for language in SAYS if f"action-version-{language}" in request.POST]
    if not wanted or not queries.may_have_versions(page.specific):
        return None
    version = actions.start_version(cast(BodyPage, page.specific), wanted[0], by=cast(User, request.user))
    messages.success(
        request, "Das ist der Entwurf der Fassung, mit dem Text der deutschen Seite. Schreiben Sie ihn jetzt um."
    )
    return redirect("wagtailadmin_pages:edit", version.pk)
