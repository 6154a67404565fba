"""What editing tells Wagtail: its words for the log, approvals beside the form, and what publishing waits for."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import action_menu as page_menu
from wagtail.admin import messages
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets import action_menu as record_menu

from akademie.core.contributions import PublicKind
from akademie.editing import approving, queries
from akademie.editing.models import approvals_of

ACTIONS = (
    ("editing.look_after", "Zuständige bestimmen", "Zuständige bestimmt"),
    ("editing.of_nobody", "Zuständige wegnehmen", "Niemand ist mehr zuständig"),
    ("editing.still_right", "Prüfen", "Geprüft: stimmt noch"),
    ("editing.must_change", "Prüfen", "Geprüft: muss geändert werden"),
    ("editing.approval_asked", "Freigabe anfragen", "Um Freigabe gebeten"),
    ("editing.approval_reminded", "An die Freigabe erinnern", "An die Freigabe erinnert"),
    ("editing.approval_withdrawn", "Freigabe zurückziehen", "Bitte um Freigabe zurückgezogen"),
    ("editing.approved", "Freigeben", "Von außen freigegeben"),
    ("editing.change_wanted", "Änderung wünschen", "Von außen eine Änderung gewünscht"),
    ("editing.published_without_approval", "Ohne Freigabe veröffentlichen", "Ohne eine Freigabe veröffentlicht"),
    ("editing.stands_in", "Vertretung eintragen", "Vertretung eingetragen"),
    ("editing.is_back", "Vertretung beenden", "Vertretung beendet"),
)


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    for action in ACTIONS:
        actions.register_action(*action)


# -- approvals beside the form ----------------------------------------------------------------------------------------
def _place(thing: Any) -> str:
    kind = _kind(type(thing))
    return reverse("editing:approvals_of", args=[kind.key, thing.pk]) if kind else ""


def _kind(model: type) -> PublicKind | None:
    return next((kind for kind in queries.approvable_kinds() if issubclass(model, kind.model)), None)


class PageApprovalItem(page_menu.ActionMenuItem):
    """The way to the approvals of a page."""

    name, label, icon_name, order = "ask-for-approval", "Freigabe anfragen", "mail", 70

    def is_shown(self, context: Any) -> bool:
        """Offer it for what is saved."""
        return context["view"] == "edit" and _kind(type(context["page"])) is not None

    def get_url(self, context: Any) -> str:
        """Where somebody is asked."""
        return _place(context["page"])


class RecordApprovalItem(record_menu.ActionMenuItem):
    """The way to the approvals of a record."""

    name, label, icon_name, order = "ask-for-approval", "Freigabe anfragen", "mail", 70

    def is_shown(self, context: Any) -> bool:
        """Offer it for what is saved."""
        return context["view"] == "edit"

    def get_url(self, context: Any) -> str:
        """Where somebody is asked."""
        return _place(context["instance"])


@hooks.register("register_page_action_menu_item")
def offer_approval_of_page() -> PageApprovalItem:
    """Offer to ask for approval beside saving and publishing."""
    return PageApprovalItem()


@hooks.register("register_snippet_action_menu_item")
def offer_approval_of_record(model: type) -> RecordApprovalItem | None:
    """Offer the same for records of a public kind."""
    return RecordApprovalItem() if _kind(model) else None


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def say_who_approved(request: HttpRequest, thing: Any) -> None:
    """Say above the form who approved which version, and whether the text has changed since."""
    if (
        request.method != "GET"
        or request.headers.get("x-requested-with")
        or "json" in request.headers.get("accept", "")
    ):
        return
    for one in approvals_of(thing).standing().defer("content").order_by("asked_at", "pk"):
        changed = " Seitdem hat sich der Text geändert." if one.outdated_at else ""
        say = messages.warning if one.is_missing else messages.info
        say(request, f"{one.says}{changed}", buttons=[messages.button(_place(thing), "Freigaben ansehen")])


@hooks.register("before_publish_page")
@hooks.register("before_publish")
def wait_for_approval(request: HttpRequest, thing: Any) -> HttpResponse | None:
    """Keep what was typed as a draft while somebody's approval or release is missing."""
    if not (why := approving.stands_against(thing, request.user)):
        return None
    messages.warning(request, f"Gespeichert, aber nicht veröffentlicht. {why}")
    return redirect(_place(thing))


@hooks.register("before_bulk_action")
def wait_for_approval_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class_instance: Any
) -> HttpResponse | None:
    """The same for several pages at once."""
    for thing in objects if action_type == "publish" else ():
        specific = thing.specific if hasattr(thing, "specific") else thing
        if why := approving.stands_against(specific, request.user):
            messages.warning(request, f"„{specific}“ ist nicht veröffentlicht, die anderen auch nicht. {why}")
            return redirect(_place(specific))
    return None
