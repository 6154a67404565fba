"""What the link check shows elsewhere: its place on the desk, its job, its part of a record's page, the log's words."""

from datetime import time, timedelta

from akademie.core.audit import LogWords, Named, log_words
from akademie.core.contributions import (
    NavigationLink,
    PagePanel,
    Schedule,
    WaitingTasks,
    navigation,
    page_panels,
    schedules,
    waiting_tasks,
)
from akademie.weblinks import checking, queries
from akademie.weblinks.models import WebLink

OFFICE_URL = "/geschaeftsstelle/links/"
navigation.add(NavigationLink(key="links", title="Links", url=OFFICE_URL, place="desk", order=73))
waiting_tasks.add(
    WaitingTasks(
        key="weblinks", title="Links", tasks=queries.waiting_links, for_office=True, url=OFFICE_URL, order=65
    )
)  # fmt: skip
# Daily, so that what has failed is asked again on the next day; a link that works is asked once a week.
schedules.add(
    Schedule(
        key="weblinks.check", job=checking.collect_and_check, every=timedelta(days=1), at=time(3, 30), order=50
    )
)  # fmt: skip
# On the page of a "record": it gives the key of its kind and its primary key.
page_panels.add(
    PagePanel(key="weblinks.copy", page="record", template="weblinks/public/_copy.html", context=queries.copy_panel)
)
log_words.add(
    LogWords(
        key="weblinks", things={WebLink: "den"}, describe={WebLink: queries.described},
        named={WebLink: Named(words=("url",))},
        deeds={
            "weblinks.confirmed": "{person} hat {thing} als richtig bestätigt.",
            "weblinks.replaced": "{person} hat in {thing} „{data[old]}“ durch „{data[new]}“ ersetzt.",
        },
    )
)  # fmt: skip
