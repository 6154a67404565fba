"""What practices show elsewhere: their cases, their place in the navigation, their data."""

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
from akademie.practices import actions, open_data, queries
from akademie.practices.models import PracticeCase, PracticeTown

public_kinds.add(
    PublicKind(
        key=queries.KIND,
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
        data=open_data.DATA,
        order=10,
    )
)
navigation.add(NavigationLink(key="praxis", title="Praxis", url="/praxis/", order=30))
reference_data.add(
    DataSet(
        key="practices",
        label="Praxisbeispiele",
        version=partial(source_version, actions.SOURCE),
        load=actions.load_practices,
        order=50,
    )
)
