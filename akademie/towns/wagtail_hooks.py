"""Towns in the back office: the register is read, who counts as a small town is decided."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from akademie.towns.forms import SmallTownForm
from akademie.towns.models import Town


class RegisterPolicy(ModelPermissionPolicy):
    """Municipalities come and go with the register, not by hand."""

    def user_has_permission(self, user: AbstractBaseUser | AnonymousUser, action: str) -> bool:
        """Allow looking and changing, as the group allows it."""
        return action not in ("add", "delete") and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: AbstractBaseUser | AnonymousUser, actions: Any) -> bool:
        """Allow what is allowed one by one."""
        return any(self.user_has_permission(user, action) for action in actions)


def _read(*names: str) -> list[FieldPanel]:
    return [FieldPanel(name, read_only=True) for name in names]


class TownViewSet(SnippetViewSet):
    """The register as the office sees it."""

    model = Town
    icon = "home"
    menu_label = "Städte und Gemeinden"
    menu_name = "towns"
    menu_order = 270
    add_to_admin_menu = True
    list_display = ["name", "district", "state", "population", "small_town", "small_town_decided"]
    list_filter = ["small_town", "small_town_decided", "left_register", "state"]
    search_fields = ["name", "name_alt", "postal_code", "ags", "district"]
    search_backend_name = None
    ordering = ["name", "ags"]
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("small_town"), *_read("small_town_decided")], heading="Zählt sie als Kleinstadt?"
            ),
            MultiFieldPanel(
                [
                    *_read("name", "name_alt", "designation", "kind"),
                    FieldRowPanel(_read("district", "district_kind", "state")),
                    FieldRowPanel(_read("association", "association_kind")),
                    FieldRowPanel(_read("ags", "ars", "postal_code")),
                    *_read("left_register"),
                ],
                heading="Aus dem Gemeindeverzeichnis",
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(_read("population", "area_km2", "size")),
                    FieldRowPanel(_read("pop_change_pct", "trend")),
                    FieldRowPanel(_read("pop_50km_k", "km_to_city", "location")),
                    *_read("bbsr_type"),
                ],
                heading="Kennzahlen",
            ),
        ],
        base_form_class=SmallTownForm,
    )


register_permission_policy(Town, RegisterPolicy(Town))
register_snippet(TownViewSet)
