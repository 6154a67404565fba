"""What topics shows elsewhere."""

from akademie.core.contributions import (
    DataSet,
    NavigationLink,
    PublicKind,
    navigation,
    public_kinds,
    reference_data,
)
from akademie.topics import actions, queries
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
        order=60,
    )
)
reference_data.add(
    DataSet(key="topics", label="Themen", version=actions.source_version, load=actions.load_topics, order=10)
)
navigation.add(NavigationLink(key="themen", title="Themen", url="/themen/", order=60))
