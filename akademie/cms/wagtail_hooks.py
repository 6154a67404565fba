"""The back office: what nobody may remove, and what it does not show."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.models import Page

from akademie.cms import rules, version_menu
from akademie.cms.page_editing import AcademyPageViewSet

KEPT = "Diese Seite gehört zu den Pflichten der Akademie. Sie können sie ändern, aber nicht verschieben oder wegnehmen."


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
@hooks.register("before_move_page")
def keep_duties(request: HttpRequest, page: Page, *args: Any) -> HttpResponse | None:
    """Refuse to take away a page with a fixed address, or one above it."""
    return _refuse(request) if rules.holds_a_duty([page]) else None


@hooks.register("before_bulk_action")
def keep_duties_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Refuse the same for several pages at once."""
    pages = [item for item in objects if isinstance(item, Page)]
    return _refuse(request) if action_type in ("delete", "unpublish", "move") and rules.holds_a_duty(pages) else None


@hooks.register("register_admin_viewset")
def register_pages() -> AcademyPageViewSet:
    """Give our pages their views."""
    return AcademyPageViewSet()


hooks.register("construct_page_action_menu", version_menu.offer_versions)
hooks.register("after_edit_page", version_menu.start_wanted)


@hooks.register("insert_global_admin_css")
def styles_of_our_panels() -> SafeString:
    """Style the panels that the academy adds to forms."""
    return format_html('<link rel="stylesheet" href="{}">', static("core/css/office.css"))


def _refuse(request: HttpRequest) -> HttpResponse:
    messages.error(request, KEPT)
    return redirect("wagtailadmin_explore_root")


@hooks.register("construct_help_menu")
def leave_out_what_is_in_english(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave out Wagtail's release notes and its guide, which are English and elsewhere."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(("whats-new", "editor-guide"))]
