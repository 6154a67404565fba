"""What terms show elsewhere: their pages, their place in the footer, their data."""

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
from akademie.terms import actions, open_data, queries
from akademie.terms.models import Term

public_kinds.add(
    PublicKind(
        key=queries.STAMP, title="Fachwörter", singular="Fachwort", model=Term, visible_to=queries.visible_to,
        entries=queries.entries, data=open_data.DATA, order=70,
    )
)  # fmt: skip
navigation.add(NavigationLink(key="fachwoerter", title="Fachwörter", url=open_data.LIST_URL, place="footer", order=68))
reference_data.add(
    DataSet(
        key="terms", label="Fachwörter", version=partial(source_version, actions.SOURCE), load=actions.load_terms,
        order=55,
    )
)  # fmt: skip
