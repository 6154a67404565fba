"""Formats in the back office."""

from django import forms
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.snippets.models import register_snippet

from akademie.core.readability_panel import ReadabilityPanel
from akademie.core.records import RecordViewSet
from akademie.formats.models import MAX_STEPS, FormatProfile

ONE_PAGE = (
    "<p>Ein Steckbrief passt auf eine Seite A4. Darum haben die Felder Grenzen; was zu lang ist, nimmt das Formular "
    "nicht an und nennt die Stelle. Was leer bleibt, erscheint als „nicht dokumentiert“.</p>"
)


class FormatProfileViewSet(RecordViewSet):
    """Formats as the editors see them: the Steckbrief first, what it rests on second."""

    model = FormatProfile
    icon = "clipboard-list"
    menu_label = "Formate"
    menu_name = "formats"
    menu_order = 230
    list_display = ["name", "kind", "effort", "piloted", "live"]
    list_filter = ["kind", "effort", "piloted", "live", "topics"]
    search_fields = ["name", "purpose", "result", "tips"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(content=ONE_PAGE),
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("effort")]),
                    FieldPanel("purpose"),
                    FieldPanel("mode"),
                    FieldRowPanel([FieldPanel("duration_min"), FieldPanel("duration_max")], heading="Dauer"),
                    FieldRowPanel([FieldPanel("group_min"), FieldPanel("group_max")], heading="Gruppe"),
                    FieldPanel("target_groups"),
                    FieldPanel("roles"),
                    FieldPanel("tools"),
                    FieldPanel("co_producers"),
                    FieldRowPanel([FieldPanel("office_minutes"), FieldPanel("cost_eur")], heading="Zeit und Kosten"),
                    FieldPanel("result"),
                    FieldPanel("tips"),
                    ReadabilityPanel(),
                    FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                ],
                heading="Steckbrief",
            ),
            ObjectList(
                [
                    InlinePanel(
                        "steps",
                        [
                            FieldPanel("title"),
                            FieldRowPanel([FieldPanel("minutes"), FieldPanel("role")]),
                            FieldPanel("script"),
                        ],
                        heading="Ablauf in Schritten",
                        label="Schritt",
                        help_text=f"Höchstens {MAX_STEPS} Schritte, je 100 Zeichen.",
                        max_num=MAX_STEPS,
                    )
                ],
                heading="Ablauf",
            ),
            ObjectList(
                [
                    MultiFieldPanel([FieldPanel("piloted"), FieldPanel("piloted_where")], heading="Erprobung"),
                    MultiFieldPanel([FieldPanel("sourced_fields"), FieldPanel("proposed_fields")], heading="Herkunft"),
                    FieldPanel("sources"),
                    FieldPanel("inter3_list"),
                    MultiFieldPanel(
                        [FieldPanel("origin"), FieldPanel("differs"), FieldPanel("made_in")], heading="Variante"
                    ),
                    FieldPanel("slug"),
                    PublishingPanel(),
                ],
                heading="Nachweis",
            ),
        ]
    )


register_snippet(FormatProfileViewSet)
