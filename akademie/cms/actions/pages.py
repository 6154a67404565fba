"""What is done with pages: load the drafts, keep prepared HTML fresh."""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, Page, Site

from akademie.cms import queries
from akademie.cms.models import AcademySettings, BodyPage, Duty, Language, Menu, NewsIndexPage, NewsPage, StandardPage
from akademie.core import stamps
from akademie.core.contributions import public_kinds
from akademie.core.public import changed

Say = Callable[[str], None]
DRAFTS = settings.REFERENCE_DIR / "pages"


# -- the site and its drafts ----------------------------------------------------------------------------------------
def drafts() -> dict[str, dict[str, Any]]:
    """Return the shipped drafts by slug."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(DRAFTS.glob("*.json"))}


def drafts_version() -> str:
    """Return the hash of the shipped drafts and of what the site's address is made from."""
    digest = hashlib.sha256(settings.SITE_URL.encode())
    for path in sorted(DRAFTS.glob("*.json")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


@transaction.atomic
def load_pages(say: Say) -> None:
    """Set up the site, the list of news and the pages that are duties. A page that somebody edited stays as it is."""
    Page.objects.select_for_update().get(depth=1)  # two loads at once: the second one waits and finds all done
    AcademySettings.load()
    Menu.load()
    root = _site().root_page
    # Wagtail's own names for what it brings along.
    Page.objects.filter(depth=1, title="Root").update(title="Website", draft_title="Website")
    Page.objects.filter(title="Welcome to your new Wagtail site!").update(title="Startseite", draft_title="Startseite")
    Collection.objects.filter(depth=1, name="Root").update(name="Alle Dateien")
    if not NewsIndexPage.objects.exists():
        root.add_child(instance=NewsIndexPage(title="Aktuelles", slug=NewsIndexPage.SLUG))
    for duty in Duty:
        _load_draft(root, duty, drafts()[duty.value])
    stamps.bump(queries.STAMP)
    say(f"{len(Duty)} Seiten sind da, als Entwürfe für den Betreiber.")


def _site() -> Site:
    address = urlsplit(settings.SITE_URL)
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.save()
    return site


def _load_draft(root: Page, duty: Duty, draft: dict[str, Any]) -> None:
    page = StandardPage.objects.filter(duty=duty).first()
    if page is None and StandardPage.objects.child_of(root).filter(slug=duty.value).update(duty=duty.value):
        return  # the office wrote this page before it was a duty
    if page and (page.has_unpublished_changes or page.draft_hash != fingerprint(page)):
        return
    new = page or StandardPage(duty=duty, slug=duty.value, first_published_at=timezone.now())
    new.title, new.summary, new.body = draft["title"], draft["summary"], _blocks(draft["body"])
    new.language = draft.get("language", Language.GERMAN)
    new.draft_title, new.last_published_at = new.title, timezone.now()
    if page:
        new.save()
    else:
        root.add_child(instance=new)
    new.refresh_from_db()
    StandardPage.objects.filter(pk=new.pk).update(draft_hash=fingerprint(new))


def _blocks(body: list[list[Any]]) -> str:
    return json.dumps([{"type": kind, "value": value} for kind, value in body])


def fingerprint(page: StandardPage) -> str:
    """Return a hash of what a person may have edited, without the marks that the editor gives to blocks."""
    blocks = _without_ids(page.body.get_prep_value())
    is_easy = page.language == Language.EASY  # once a field of its own: the hashes of earlier drafts stay true
    says = [page.title, page.slug, page.summary, is_easy, page.search_description, blocks]
    return hashlib.sha256(json.dumps(says, sort_keys=True).encode()).hexdigest()


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_ids(part) for key, part in value.items() if key != "id"}
    return [_without_ids(part) for part in value] if isinstance(value, list) else value


@transaction.atomic
def install_start_page(start: Page) -> None:
    """Make a new page the site's start page; what stood below the old one moves below it. Repeatable."""
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    old = site.root_page
    if start.pk is None:
        Page.objects.get(depth=1).add_child(instance=start)
    if old.pk == start.pk:
        return
    for child in old.get_children():
        child.specific.move(Page.objects.get(pk=start.pk), pos="last-child")
    site.root_page = Page.objects.get(pk=start.pk)
    site.save()
    Page.objects.get(pk=old.pk).delete()
    stamps.bump(queries.STAMP)


# -- prepared HTML --------------------------------------------------------------------------------------------------
@transaction.atomic
def show_changes() -> None:
    """Renew what was prepared from settings, files and addresses: the frame, and the HTML of all public pages."""
    stamps.bump(queries.STAMP)
    for model in apps.get_models():
        if not issubclass(model, BodyPage):
            continue
        for page in model.objects.live():
            html = page.render_body()
            if html != page.body_html:
                model.objects.filter(pk=page.pk).update(body_html=html)
                say_changed(model, [page.pk])


def say_changed(model: type[Page], pks: Iterable[int]) -> None:
    """Tell search and lists that these pages have changed without being saved."""
    keys = {StandardPage: queries.PAGES, NewsPage: queries.NEWS}
    kind = public_kinds.get(keys.get(model, ""))
    if kind:
        changed(kind, pks)


def address_changed(page: Page) -> None:
    """Renew what depends on the address of a page: links to it, and the addresses of the pages below."""
    show_changes()
    say_changed(StandardPage, StandardPage.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True))
