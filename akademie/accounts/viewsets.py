"""People in the back office: who they are and which role they have; no passwords, groups or superusers."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.users.views.users import CreateView, IndexView, UserColumn, UserFilterSet, UserViewSet

from akademie.accounts.forms import AccountCreationForm, AccountEditForm
from akademie.accounts.models import User


class AccountFilterSet(UserFilterSet):
    """Filters: role, active, last sign-in."""

    is_superuser = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.filters["group"]

    class Meta:
        model = User
        fields = ["role"]


class AccountIndexView(IndexView):
    """List of people with address and role."""

    page_title = "Personen"
    add_item_label = "Person hinzufügen"

    @cached_property
    def columns(self) -> list[Column]:
        """Return the columns. No bulk actions: one of them would set groups, which follow from the role."""
        return [
            UserColumn(
                "name", accessor=str, label="Name", sort_key="name", get_url=self.get_edit_url, classname="name"
            ),
            Column("email", label="E-Mail-Adresse", sort_key="email", width="30%"),
            Column("role", accessor="get_role_display", label="Rolle", sort_key="role", width="12%"),
            BooleanColumn("is_active", label="Aktiv", sort_key="is_active", width="8%"),
            DateColumn("last_login", label="Zuletzt angemeldet", sort_key="last_login", width="15%"),
        ]


class AccountCreateView(CreateView):
    """A new person."""

    page_title = "Person hinzufügen"


class AccountViewSet(UserViewSet):
    """People, for the Leitung."""

    menu_label = "Personen"
    template_prefix = ""  # Wagtail's general form: its own for people asks for groups and superusers
    index_view_class = AccountIndexView
    add_view_class = AccountCreateView
    filterset_class = AccountFilterSet

    def get_form_class(self, for_update: bool = False) -> type:
        """Return our forms."""
        return AccountEditForm if for_update else AccountCreationForm
