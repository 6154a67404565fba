"""What operation adds to the back office: the way to the handbook."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_help_menu_item")
def register_handbook() -> MenuItem:
    """Offer the handbook where one looks for help."""
    return MenuItem("Handbuch der Geschäftsstelle", reverse("operation:handbook"), icon_name="help", order=100)
