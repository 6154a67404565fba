"""The editors' synonyms in the back office."""

from django.db.models.signals import post_delete, post_save
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from akademie.core import stamps
from akademie.search.models import SynonymGroup


class SynonymGroupViewSet(SnippetViewSet):
    """Groups of words that mean the same."""

    model = SynonymGroup
    icon = "search"
    menu_label = "Synonyme der Suche"
    menu_name = "synonyme"
    search_fields = ["words"]


register_snippet(SynonymGroupViewSet)


def _changed(**kwargs: object) -> None:
    stamps.bump("synonyme")


post_save.connect(_changed, SynonymGroup, weak=False, dispatch_uid="synonyms saved")
post_delete.connect(_changed, SynonymGroup, weak=False, dispatch_uid="synonyms deleted")
