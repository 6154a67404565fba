"""What practices show elsewhere: their cases, their place in the navigation, their data."""

from akademie.core.contributions import (
    DataSet,
    NavigationLink,
    PublicKind,
    navigation,
    public_kinds,
    reference_data,
)
from akademie.practices import actions, queries
from akademie.practices.models import PracticeCase, PracticeTown

public_kinds.add(
    PublicKind(
        key="praxis",
        title="Praxisbeispiele",
        singular="Praxisbeispiel",
        model=PracticeCase,
        visible_to=queries.visible_to,
        entries=queries.entries,
        cards=queries.cards,
        list_url="/praxis/",
        topic_lookup="topics",
        town_lookup="practice_towns__town",
        parts=(PracticeTown,),
        order=10,
    )
)
navigation.add(NavigationLink(key="praxis", title="Praxis", url="/praxis/", order=30))
reference_data.add(
    DataSet(
        key="practices",
        label="Praxisbeispiele",
        version=actions.source_version,
        load=actions.load_practices,
        order=50,
    )
)
