"""Topics in the back office."""

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


register_snippet(TopicViewSet)
