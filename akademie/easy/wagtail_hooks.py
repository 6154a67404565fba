"""Explanations and videos in the back office."""

from typing import Any

from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from akademie.core.readability_panel import ReadabilityPanel
from akademie.easy.forms import ExplanationForm, SignVideoForm
from akademie.easy.models import Explanation, SignVideo

REQUIRED = (
    "<p>§ 4 der BITV 2.0 verlangt diese vier Erklärungen in Leichter Sprache und in Deutscher Gebärdensprache. Sie "
    "stehen unter „Leichte Sprache“ und „Gebärdensprache“. Der Text ist ein Entwurf, bis jemand ihn geprüft hat.</p>"
)
FILM = (
    "<p>Anlage 2 der BITV 2.0: mindestens 320 mal 240 Punkte und 25 Bilder in der Sekunde, ruhiger einfarbiger "
    "Hintergrund, gut sichtbare Hände und Mimik. Ein Mensch mit DGS als Muttersprache sieht den Film vorher an.</p>"
)


class Kept(ModelPermissionPolicy):
    """The explanations are required: everyone of the office changes them, nobody adds or removes one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Refuse adding and deleting to all."""
        return action not in ("add", "delete") and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Ask for each alone."""
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(Explanation, Kept(Explanation))


class ExplanationViewSet(SnippetViewSet):
    """The four explanations."""

    model = Explanation
    icon = "openquote"
    menu_label = "Pflichtinhalte"
    list_display = ["__str__", "state"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            HelpPanel(content=REQUIRED),
            FieldPanel("text"),
            ReadabilityPanel(),
            MultiFieldPanel([FieldRowPanel([FieldPanel("checked_by"), FieldPanel("checked_on")])], heading="Prüfung"),
            FieldPanel("video"),
        ],
        base_form_class=ExplanationForm,
    )


class SignVideoViewSet(SnippetViewSet):
    """The videos."""

    model = SignVideo
    icon = "media"
    menu_label = "Videos"
    list_display = ["title", "length", "changed_at"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            HelpPanel(content=FILM),
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("film"), FieldPanel("seconds")]),
            FieldPanel("poster"),
            MultiFieldPanel([FieldPanel("captions_file"), FieldPanel("captions")], heading="Untertitel"),
            FieldPanel("transcript"),
            MultiFieldPanel([FieldRowPanel([FieldPanel("credit"), FieldPanel("licence")])], heading="Rechte"),
        ],
        base_form_class=SignVideoForm,
    )


@register_snippet
class EasyGroup(SnippetViewSetGroup):
    """Both in one place of the menu."""

    items = (ExplanationViewSet, SignVideoViewSet)
    menu_label = "Leicht und DGS"
    menu_name = "easy"
    menu_icon = "openquote"
    menu_order = 250
