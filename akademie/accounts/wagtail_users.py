"""Wagtail's app for people, told to use our forms."""

from wagtail.users.apps import WagtailUsersAppConfig


class AcademyUsersConfig(WagtailUsersAppConfig):
    """Entry of wagtail.users in INSTALLED_APPS."""

    user_viewset = "akademie.accounts.viewsets.AccountViewSet"
