"""Terms in the back office."""

from django import forms
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, PublishingPanel
from wagtail.snippets.models import register_snippet

from akademie.core.readability_panel import ReadabilityPanel
from akademie.core.records import RecordViewSet
from akademie.terms.models import Term


class TermViewSet(RecordViewSet):
    """The glossary as the editors keep it."""

    model = Term
    icon = "openquote"
    menu_label = "Fachwörter"
    menu_name = "terms"
    menu_order = 265
    list_display = ["title", "explanation", "law", "live"]
    list_filter = ["live"]
    search_fields = ["title", "forms", "explanation"]
    ordering = ["title"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("forms", widget=forms.Textarea(attrs={"rows": 6})),
            FieldPanel("explanation", widget=forms.Textarea(attrs={"rows": 4})),
            ReadabilityPanel(),
            FieldPanel("more"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("law"), FieldPanel("law_url")]), FieldPanel("slug")], heading="Nachweis"
            ),
            PublishingPanel(),
        ]
    )


register_snippet(TermViewSet)
