"""What cms shows elsewhere: pages and news, the links of the duties, the frame's words, its data sets."""

from akademie.cms import actions, open_data, queries
from akademie.cms.models import Duty, NewsPage, StandardPage
from akademie.core.contributions import (
    BackgroundLoop,
    DataSet,
    FrameSource,
    NavigationLink,
    PublicKind,
    background_loops,
    frame_sources,
    navigation,
    public_kinds,
    reference_data,
)

public_kinds.add(
    PublicKind(
        key=queries.NEWS, title="Aktuelles", singular="Nachricht", model=NewsPage, visible_to=queries.visible_news,
        entries=queries.news_entries, list_url="/aktuelles/", topic_lookup="topics", ages=True, data=open_data.DATA,
        order=70,
    )
)  # fmt: skip
public_kinds.add(
    PublicKind(
        key=queries.PAGES, title="Seiten", singular="Seite", model=StandardPage, visible_to=queries.visible_pages,
        entries=queries.page_entries, order=90,
    )
)  # fmt: skip

navigation.add(NavigationLink(key="aktuelles", title="Aktuelles", url="/aktuelles/", order=80))
for number, duty in enumerate(Duty):
    navigation.add(
        NavigationLink(key=duty.value, title=duty.label, url=f"/{duty.value}/", place="footer", order=60 + number)
    )
navigation.add(
    NavigationLink(key="barriere-melden", title="Barriere melden", url="/barriere-melden/", place="footer", order=70)
)
frame_sources.add(FrameSource(key="cms.settings", stamp=queries.STAMP, values=queries.frame_values))

reference_data.add(
    DataSet(
        key="cms.pages", label="Seiten werden angelegt", version=actions.drafts_version, load=actions.load_pages,
        order=60,
    )
)  # fmt: skip
reference_data.add(
    DataSet(
        key="cms.office", label="Geschäftsstelle wird eingerichtet", version=actions.office_version,
        load=actions.set_up_office, order=61,
    )
)  # fmt: skip
background_loops.add(BackgroundLoop(key="cms.publish", run=actions.keep_publishing))
