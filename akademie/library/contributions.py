"""What the library shows elsewhere: its items, its place in the navigation, its records."""

from functools import partial

from akademie.core.contributions import (
    DataSet,
    NavigationLink,
    PublicKind,
    navigation,
    public_kinds,
    reference_data,
)
from akademie.core.shipped import source_version
from akademie.library import actions, links, open_data, queries
from akademie.library.models import LibraryItem
from akademie.weblinks.points import LinkedRecords, linked_records

public_kinds.add(
    PublicKind(
        key=queries.KIND,
        title="Bibliothek",
        singular="Eintrag der Bibliothek",
        model=LibraryItem,
        visible_to=queries.visible_to,
        entries=queries.entries,
        cards=queries.cards,
        list_url="/bibliothek/",
        topic_lookup="topics",
        data=open_data.DATA,
        order=20,
    )
)
linked_records.add(LinkedRecords(key="bibliothek", documents=links.documents_elsewhere, further=links.resolver_links))
navigation.add(NavigationLink(key="bibliothek", title="Bibliothek", url="/bibliothek/", order=20))
reference_data.add(
    DataSet(
        key="library",
        label="Bibliothek",
        version=partial(source_version, actions.SOURCE),
        load=actions.load_library,
        order=40,
    )
)
