"""The editors' synonyms in the back office."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from akademie.search.models import SynonymGroup


class SynonymGroupViewSet(SnippetViewSet):
    """Groups of words that mean the same."""

    model = SynonymGroup
    icon = "search"
    menu_label = "Synonyme der Suche"
    menu_name = "synonyme"
    search_fields = ["words"]


register_snippet(SynonymGroupViewSet)
