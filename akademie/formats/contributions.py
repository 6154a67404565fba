"""Everything that formats show elsewhere."""

from akademie.core.contributions import (
    DataSet,
    NavigationLink,
    PublicKind,
    navigation,
    public_kinds,
    reference_data,
)
from akademie.formats import actions, queries
from akademie.formats.models import FormatProfile, FormatStep

public_kinds.add(
    PublicKind(
        key=queries.STAMP,
        title="Formate",
        singular="Format",
        model=FormatProfile,
        visible_to=queries.visible_to,
        entries=queries.entries,
        list_url="/formate/",
        topic_lookup="topics",
        parts=(FormatStep,),
        order=30,
    )
)
navigation.add(NavigationLink(key="formate", title="Formate", url="/formate/", order=40))
reference_data.add(
    DataSet(
        key="formats",
        label="Formate laden",
        version=actions.source_version,
        load=actions.load_formats,
        order=30,
    )
)
