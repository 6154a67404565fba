"""What the portal tells Wagtail: the way to the handbook, and the name of what it writes into the log."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    actions.register_action("portal.look_as", "Ansehen als", "Die Akademie als diese Person angesehen")


@hooks.register("register_help_menu_item")
def register_handbook() -> MenuItem:
    """Offer the handbook where one looks for help."""
    return MenuItem("Handbuch der Geschäftsstelle", reverse("portal:handbook"), icon_name="help", order=100)
