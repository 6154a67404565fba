"""Practice cases in the back office."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from wagtail import hooks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PublishingPanel,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.models import register_snippet

from akademie.core.readability_panel import ReadabilityPanel
from akademie.core.records import RecordViewSet
from akademie.practices.forms import PracticeCaseForm
from akademie.practices.models import PracticeCase
from akademie.towns.models import Town


class TownFilterForm(BaseFilterForm):
    """Find one of 10,753 municipalities by the beginning of its name or by its postal code."""

    q = forms.CharField(label="Name oder Postleitzahl", required=False, max_length=60)

    def filter(self, objects: QuerySet) -> QuerySet:
        """Narrow to what was typed."""
        if text := self.cleaned_data.get("q", "").strip():
            self.is_searching, self.search_query = True, text
            objects = objects.filter(Q(name__istartswith=text) | Q(postal_code__startswith=text))
        return super().filter(objects)


class _TownChoice:
    """What both views of the chooser share."""

    filter_form_class = TownFilterForm
    ordering = ["name", "state", "ags"]

    @property
    def columns(self) -> list[Column]:
        """Name, then what tells two towns of that name apart."""
        return [
            *super().columns,  # type: ignore[misc]
            Column("district", label="Kreis", accessor="district"),
            Column("state", label="Land", accessor="state"),
            Column("population", label="Einwohner", accessor="population"),
        ]


class ChooseTownView(_TownChoice, ChooseView):
    """The chooser's first page."""


class ChooseTownResultsView(_TownChoice, ChooseResultsView):
    """The chooser's answers."""


class CaseTownChooserViewSet(ChooserViewSet):
    """Choose the towns of a case."""

    model = Town
    icon = "site"
    choose_one_text = "Stadt wählen"
    choose_another_text = "Andere Stadt wählen"
    choose_view_class = ChooseTownView
    choose_results_view_class = ChooseTownResultsView
    register_widget = False


case_town_chooser = CaseTownChooserViewSet("praxis_stadt", url_prefix="praxis/stadt")


@hooks.register("register_admin_viewset")
def register_case_town_chooser() -> Any:
    """Give the chooser its addresses in the back office."""
    return case_town_chooser


class PracticeCaseViewSet(RecordViewSet):
    """Cases as the editors see them, in the order in which one asks for them on the phone."""

    model = PracticeCase
    icon = "site"
    menu_label = "Praxisbeispiele"
    menu_name = "practices"
    menu_order = 200
    list_display = ["title", "status", "years", "live"]
    list_filter = ["status", "kind", "live", "sourced", "topics"]
    search_fields = ["title", "summary", "result", "lesson", "practice_towns__town__name"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            MultiFieldPanel(
                [
                    MultipleChooserPanel(
                        "practice_towns",
                        chooser_field_name="town",
                        label="Stadt",
                        max_num=30,
                        panels=[FieldPanel("town", widget=case_town_chooser.widget_class)],
                    ),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("population_note")]),
                ],
                heading="Wer",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("years"),
                    FieldRowPanel([FieldPanel("status"), FieldPanel("status_note")]),
                ],
                heading="Wann und wie weit",
            ),
            FieldPanel("summary"),
            FieldPanel("result"),
            FieldPanel("lesson"),
            ReadabilityPanel(),
            FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
            FieldPanel("keywords"),
            MultiFieldPanel([FieldPanel("source"), FieldPanel("sourced"), FieldPanel("slug")], heading="Nachweis"),
            FieldPanel("change_note"),
            PublishingPanel(),
        ],
        base_form_class=PracticeCaseForm,
    )


register_snippet(PracticeCaseViewSet)
