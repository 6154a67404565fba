"""Everything that formats show elsewhere."""

from functools import partial

from akademie.core.contributions import (
    DataSet,
    NavigationLink,
    PublicKind,
    navigation,
    public_kinds,
    reference_data,
)
from akademie.core.embedding import Embeddable, embeddables
from akademie.core.shipped import source_version
from akademie.formats import actions, open_data, queries, texts
from akademie.formats import run_contributions as run_contributions  # what runs show elsewhere
from akademie.formats import variant_contributions as variant_contributions  # and variants
from akademie.formats.models import FormatProfile, FormatRun, FormatStep

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
        parts=(FormatStep, FormatRun),
        data=open_data.DATA,
        order=30,
    )
)
embeddables.add(Embeddable(key="formate", title="Formate", find=queries.embedded, order=30))
navigation.add(NavigationLink(key="formate", title="Formate", url="/formate/", order=40))
reference_data.add(
    DataSet(
        key="formats",
        label="Formate laden",
        version=partial(source_version, actions.SOURCE, texts.SOURCE),
        load=actions.load_formats,
        order=30,
    )
)
