"""The library in the back office."""

from django import forms
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.snippets.models import register_snippet

from akademie.core.records import RecordViewSet
from akademie.library.models import LibraryItem


class LibraryItemViewSet(RecordViewSet):
    """Items as the editors see them: every field of a record, in the order in which one writes it down."""

    model = LibraryItem
    icon = "doc-full"
    menu_label = "Bibliothek"
    menu_name = "library"
    menu_order = 210
    list_display = ["title", "kind", "year", "publisher", "live"]
    list_filter = ["kind", "year", "live", "sourced", "topics"]
    search_fields = ["title", "persons", "publisher", "series", "note"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    FieldPanel("persons"),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("year"), FieldPanel("language")]),
                    FieldPanel("publisher"),
                    FieldPanel("abstract"),
                    FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("keywords"),
                ],
                heading="Eintrag",
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("series"),
                            FieldRowPanel([FieldPanel("part_of"), FieldPanel("pages")]),
                            FieldPanel("host"),
                        ],
                        heading="Erschienen",
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("doi"), FieldPanel("urn")]),
                            FieldRowPanel([FieldPanel("isbn"), FieldPanel("issn")]),
                            FieldPanel("link"),
                            FieldPanel("license"),
                        ],
                        heading="Kennungen und Rechte",
                    ),
                ],
                heading="Erscheinen und Kennungen",
            ),
            ObjectList(
                [
                    FieldPanel("source"),
                    FieldPanel("sourced"),
                    FieldPanel("note"),
                    FieldPanel("slug"),
                    PublishingPanel(),
                ],
                heading="Nachweis",
            ),
        ]
    )


register_snippet(LibraryItemViewSet)
