"""Topics in the back office."""

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from akademie.topics.models import Topic


class TopicViewSet(SnippetViewSet):
    """The vocabulary as the editors keep it."""

    model = Topic
    icon = "tag"
    menu_label = "Themen"
    menu_name = "topics"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["name", "parent", "position"]
    list_filter = ["parent"]
    search_fields = ["name", "description", "synonyms"]
    search_backend_name = None
    ordering = ["parent__position", "position", "name"]
    list_per_page = 100
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("parent", widget=forms.Select),
        FieldPanel("description"),
        FieldPanel("synonyms"),
        MultiFieldPanel([FieldPanel("position"), FieldPanel("source", read_only=True)], heading="Ordnung und Herkunft"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        """Return topics with the topic they belong to, which the list names."""
        return Topic.objects.select_related("parent")


register_snippet(TopicViewSet)
