"""What the library shows elsewhere: its items, its place in the navigation, its records."""

from akademie.core.contributions import (
    DataSet,
    NavigationLink,
    PublicKind,
    navigation,
    public_kinds,
    reference_data,
)
from akademie.library import actions, queries
from akademie.library.models import LibraryItem

public_kinds.add(
    PublicKind(
        key="bibliothek",
        title="Bibliothek",
        singular="Eintrag der Bibliothek",
        model=LibraryItem,
        visible_to=queries.visible_to,
        entries=queries.entries,
        cards=queries.cards,
        list_url="/bibliothek/",
        topic_lookup="topics",
        order=20,
    )
)
navigation.add(NavigationLink(key="bibliothek", title="Bibliothek", url="/bibliothek/", order=20))
reference_data.add(
    DataSet(key="library", label="Bibliothek", version=actions.source_version, load=actions.load_library, order=40)
)
