"""What the portal tells Wagtail: the way to the handbook, and the name of what it writes into the log."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from akademie.portal import handbook


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    actions.register_action("portal.look_as", "Ansehen als", "Die Akademie als diese Person angesehen")


@hooks.register("register_help_menu_item")
def register_handbook() -> MenuItem:
    """Offer the handbook where one looks for help."""
    return MenuItem("Handbuch der Geschäftsstelle", reverse("portal:handbook"), icon_name="help", order=100)


@hooks.register("construct_help_menu")
def offer_the_card(request: HttpRequest, menu_items: list[Any]) -> None:
    """Put the card of the handbook that helps on this screen first."""
    if card := handbook.card_at(request.path):
        address = reverse("portal:handbook_card", args=[card.slug])
        menu_items.append(MenuItem(f"Hilfe: {card.title}", address, icon_name="help", order=1))
