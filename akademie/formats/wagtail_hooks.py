"""Formats in the back office."""

from django import forms
from django.utils.html import format_html, format_html_join
from wagtail import hooks
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
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from akademie.core.readability_panel import ReadabilityPanel
from akademie.core.records import RecordViewSet
from akademie.formats import texts
from akademie.formats.models import MAX_CHECKLIST, MAX_STEPS, MAX_TEMPLATES, FormatProfile

ONE_PAGE = (
    "<p>Ein Steckbrief passt auf eine Seite A4. Darum haben die Felder Grenzen; was zu lang ist, nimmt das Formular "
    "nicht an und nennt die Stelle. Was leer bleibt, erscheint als „nicht dokumentiert“.</p>"
)
OWN_TEXTS = format_html(
    "<p>Ohne eigene Vorlage gilt die der Akademie. Diese Platzhalter setzt das Programm ein:</p>"
    "<table><thead><tr><th scope='col'>Platzhalter</th><th scope='col'>steht für</th></tr></thead><tbody>{}</tbody>"
    "</table><p>Die Vorschau zeigt die Vorlagen mit Angaben: Wählen Sie dort „Vorlagen“.</p>",
    format_html_join(
        "", "<tr><td><code title='{}'>{}</code></td><td>{}</td></tr>",
        ((one.meaning, one.mark, one.meaning) for one in texts.PLACEHOLDERS.values()),
    ),
)  # fmt: skip
OWN_TASKS = (
    "<p>Die Tage zählen vom Tag der Durchführung: -14 ist zwei Wochen vorher, 1 der Tag danach. Ohne eigene Aufgaben "
    "gilt die Checkliste aller Formate.</p>"
)


class FormatProfileViewSet(RecordViewSet):
    """Formats as the editors see them: the Steckbrief first, what it rests on second."""

    model = FormatProfile
    icon = "clipboard-list"
    menu_label = "Formate"
    menu_name = "formats"
    menu_order = 230
    list_display = ["name", "kind", "effort", "maturity", "live"]
    list_filter = ["kind", "effort", "maturity", "live", "topics"]
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
                    FieldPanel("change_note"),
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
                    HelpPanel(content=OWN_TEXTS),
                    InlinePanel(
                        "templates",
                        [FieldPanel("kind"), FieldPanel("subject"), FieldPanel("text")],
                        heading="Eigene Vorlagen",
                        label="Vorlage",
                        max_num=MAX_TEMPLATES,
                    ),
                ],
                heading="Vorlagen",
            ),
            ObjectList(
                [
                    HelpPanel(content=OWN_TASKS),
                    InlinePanel(
                        "checklist",
                        [
                            FieldPanel("title"),
                            FieldRowPanel([FieldPanel("days"), FieldPanel("role"), FieldPanel("only_in")]),
                        ],
                        heading="Checkliste",
                        label="Aufgabe",
                        max_num=MAX_CHECKLIST,
                    ),
                ],
                heading="Checkliste",
            ),
            ObjectList(
                [
                    MultiFieldPanel([FieldPanel("maturity"), FieldPanel("piloted_where")], heading="Erprobung"),
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

RUN_ACTIONS = (
    ("formats.run_entered", "Durchführung eintragen", "Durchführung eingetragen"),
    ("formats.minutes_entered", "Zeiten eintragen", "Zeiten eingetragen"),
    ("formats.minutes_corrected", "Zeiten korrigieren", "Zeiten korrigiert"),
    ("formats.report_written", "Erfahrungsbericht schreiben", "Erfahrungsbericht geschrieben"),
    ("formats.report_released", "Erfahrungsbericht freigeben", "Erfahrungsbericht freigegeben"),
    ("formats.report_corrected", "Erfahrungsbericht ändern", "Erfahrungsbericht geändert"),
    ("formats.report_returned", "Erfahrungsbericht zurückgeben", "Erfahrungsbericht zurückgegeben"),
)
VARIANT_ACTIONS = (
    ("formats.variant_made", "Variante anlegen", "Variante angelegt"),
    ("formats.variant_saved", "Variante ändern", "Variante geändert"),
    ("formats.variant_handed_in", "Variante einreichen", "Variante eingereicht"),
    ("formats.variant_returned", "Variante zurückgeben", "Variante zurückgegeben"),
    ("formats.proposed", "Verbesserung vorschlagen", "Verbesserung vorgeschlagen"),
    ("formats.proposal_taken", "Verbesserungsvorschlag übernehmen", "Verbesserungsvorschlag übernommen"),
    ("formats.proposal_left", "Verbesserungsvorschlag ablehnen", "Verbesserungsvorschlag nicht übernommen"),
)


@hooks.register("register_log_actions")
def register_our_actions(actions: LogActionRegistry) -> None:
    """Name what people do with runs, variants and proposals."""
    for action in (*RUN_ACTIONS, *VARIANT_ACTIONS):
        actions.register_action(*action)
