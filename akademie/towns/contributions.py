"""What towns shows elsewhere."""

from akademie.core.contributions import (
    DataSet,
    NavigationLink,
    PublicKind,
    navigation,
    public_kinds,
    reference_data,
)
from akademie.towns import actions, open_data, queries
from akademie.towns.models import Town

public_kinds.add(
    PublicKind(
        key=queries.STAMP,
        title="Städte",
        singular="Stadt",
        model=Town,
        visible_to=queries.visible_to,
        entries=queries.entries,
        list_url="/staedte/",
        town_lookup="pk",
        titles_are_names=True,
        data=open_data.DATA,
        order=40,
    )
)
reference_data.add(
    DataSet(key="towns", label="Gemeinden", version=actions.source_version, load=actions.load_municipalities, order=20)
)
navigation.add(NavigationLink(key=queries.STAMP, title="Städte", url="/staedte/", order=50))
