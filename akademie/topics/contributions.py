"""What topics shows elsewhere."""

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
from akademie.topics import actions, open_data, queries
from akademie.topics.models import Topic

public_kinds.add(
    PublicKind(
        key=queries.STAMP,
        title="Themen",
        singular="Thema",
        model=Topic,
        visible_to=queries.visible_to,
        entries=queries.entries,
        cards=queries.cards,
        data=open_data.DATA,
        order=60,
    )
)
reference_data.add(
    DataSet(
        key="topics",
        label="Themen",
        version=partial(source_version, actions.SOURCE),
        load=actions.load_topics,
        order=10,
    )
)
navigation.add(NavigationLink(key="themen", title="Themen", url="/themen/", order=60))
