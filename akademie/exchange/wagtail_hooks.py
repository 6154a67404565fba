"""Requests in the back office: a list, the whole request, and what has been done with it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timesince import timesince
from django_filters import ChoiceFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from akademie.core.actions import NotPossible
from akademie.exchange.models import MOVES, HelpRequest, HelpRequestState
from akademie.privacy import holds

VERBS = {
    HelpRequestState.ANSWERED: ("beantwortet", "Als beantwortet vermerken"),
    HelpRequestState.CLOSED: ("schliessen", "Ohne Antwort schließen"),
    HelpRequestState.OPEN: ("oeffnen", "Wieder öffnen"),
}


class ReadAndDelete(ModelPermissionPolicy):
    """Requests are written by people outside; the office reads them and may delete them, but changes no word."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Refuse to add and to change."""
        return action in ("view", "delete") and super().user_has_permission(user, action)


register_permission_policy(HelpRequest, ReadAndDelete(HelpRequest))


class HelpRequestFilter(WagtailFilterSet):
    """Narrow by state."""

    state = ChoiceFilter(
        label="Stand", choices=[(one.value, one.label) for one in HelpRequestState if one.value != "unconfirmed"]
    )

    class Meta:
        model = HelpRequest
        fields = ["state"]


def age(found: HelpRequest) -> str:
    """Return how long a request has been waiting, in the largest unit."""
    return "seit " + timesince(found.confirmed_at, timezone.now(), depth=1) if found.confirmed_at else ""


class HelpRequestIndexView(IndexView):
    """The list; what nobody has confirmed does not concern the office."""

    def get_base_queryset(self) -> QuerySet[HelpRequest]:
        """Return confirmed requests with their towns."""
        return HelpRequest.objects.confirmed().select_related("town")


class HelpRequestInspectView(InspectView):
    """One request with everything that belongs to it."""

    def get_object(self, queryset: Any = None) -> HelpRequest:
        """Return the confirmed request, else 404."""
        return get_object_or_404(HelpRequest.objects.confirmed(), pk=self.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what may be done now."""
        allowed = MOVES[HelpRequestState(self.object.state)]
        verbs = [verb for state, verb in VERBS.items() if state in allowed]
        return {
            **super().get_context_data(**kwargs),
            "verbs": verbs,
            "age": age(self.object),
            "hold": holds.hold_of(self.object),
            "may_hold": self.request.user.has_perm("privacy.decide"),
        }


class HelpRequestDeleteView(DeleteView):
    """Deleting a request, unless it must be kept."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Say why a request stays that the Leitung has kept back."""
        try:
            return super().form_valid(form)
        except NotPossible as refusal:
            messages.error(self.request, str(refusal))
            return redirect("help_requests:inspect", self.object.pk)


class HelpRequestViewSet(ModelViewSet):
    """Requests to the office."""

    model = HelpRequest
    name = "help_requests"
    url_prefix = "anfragen"
    icon = "help"
    menu_label = "Anfragen"
    menu_order = 110
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_template_name = "exchange/office/request.html"
    inspect_view_fields = ["question"]  # the template shows them all
    index_view_class = HelpRequestIndexView
    inspect_view_class = HelpRequestInspectView
    delete_view_class = HelpRequestDeleteView
    form_fields = ["question"]
    filterset_class = HelpRequestFilter
    list_display = [
        "excerpt",
        Column("town", label="Stadt", accessor="town", sort_key="town__name"),
        Column("state", label="Stand", accessor="get_state_display", sort_key="state"),
        Column("age", label="Alter", accessor=age, sort_key="confirmed_at"),
    ]
    ordering = ["-confirmed_at", "-pk"]
    search_fields = ["question", "email", "user__email", "town__name", "concern"]
    search_backend_name = None
    list_per_page = 50


@hooks.register("register_admin_viewset")
def register_help_requests() -> ModelViewSet:
    """Give the list its addresses and its place in the menu."""
    return HelpRequestViewSet()


@hooks.register("register_log_actions")
def register_moves(actions: LogActionRegistry) -> None:
    """Name what is written into the log."""
    actions.register_action("exchange.answered", "Als beantwortet vermerken", "Als beantwortet vermerkt")
    actions.register_action("exchange.closed", "Schließen", "Geschlossen")
    actions.register_action("exchange.open", "Wieder öffnen", "Wieder geöffnet")
