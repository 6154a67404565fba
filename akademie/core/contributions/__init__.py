"""All general openings on one screen: where an area shows itself outside its own folder.

An area fills them in its `contributions.py`, which is loaded once at start. Nothing here knows an area's name.
"""

from django.dispatch import Signal

from akademie.core.contributions.areas import (
    BackgroundLoop,
    DataSet,
    FixedPages,
    FrameSource,
    Health,
    HealthCheck,
    Hideable,
    Light,
    MailWatch,
    NavigationLink,
    OperatorDuty,
    PagePanel,
    PostingGate,
    PublicDate,
    PublicDates,
    PublicEntry,
    PublicKind,
    Removal,
    Schedule,
    StandIns,
    StartNote,
)
from akademie.core.contributions.people import (
    WAITING_SHOWN,
    ErasureLine,
    ExportPart,
    Fate,
    HandOver,
    HeldAddress,
    PeopleData,
    PersonalDate,
    PersonalDates,
    Processing,
    RetentionRule,
    Subject,
    Tile,
    Waiting,
    WaitingTasks,
)
from akademie.core.contributions.points import ContributionPoint

about_to_fork = Signal()  # the server is about to fork: whoever has started threads closes what needs them
about_to_end = Signal()  # a web server's or worker's process is about to end: last chance to write what it holds
outside_asked = Signal()  # host: core.fetch is about to ask a server of somebody else

public_kinds = ContributionPoint("public_kinds", PublicKind)
navigation = ContributionPoint("navigation", NavigationLink)
frame_sources = ContributionPoint("frame_sources", FrameSource)
reference_data = ContributionPoint("reference_data", DataSet)
demo_data = ContributionPoint("demo_data", DataSet)
background_loops = ContributionPoint("background_loops", BackgroundLoop)
schedules = ContributionPoint("schedules", Schedule)
health_checks = ContributionPoint("health_checks", HealthCheck)
operator_duties = ContributionPoint("operator_duties", OperatorDuty)
start_notes = ContributionPoint("start_notes", StartNote)
fixed_pages = ContributionPoint("fixed_pages", FixedPages)
page_panels = ContributionPoint("page_panels", PagePanel)
mail_watches = ContributionPoint("mail_watches", MailWatch)
hideables = ContributionPoint("hideables", Hideable)
posting_gates = ContributionPoint("posting_gates", PostingGate)
stand_ins = ContributionPoint("stand_ins", StandIns)
people_data = ContributionPoint("people_data", PeopleData)
retention_rules = ContributionPoint("retention_rules", RetentionRule)
processing = ContributionPoint("processing", Processing)
tiles = ContributionPoint("tiles", Tile)
waiting_tasks = ContributionPoint("waiting_tasks", WaitingTasks)
personal_dates = ContributionPoint("personal_dates", PersonalDates)
public_dates = ContributionPoint("public_dates", PublicDates)

__all__ = [
    "WAITING_SHOWN",
    "BackgroundLoop",
    "ContributionPoint",
    "DataSet",
    "ErasureLine",
    "ExportPart",
    "Fate",
    "FixedPages",
    "FrameSource",
    "HandOver",
    "Health",
    "HealthCheck",
    "HeldAddress",
    "Hideable",
    "Light",
    "MailWatch",
    "NavigationLink",
    "OperatorDuty",
    "PagePanel",
    "PeopleData",
    "PersonalDate",
    "PersonalDates",
    "PostingGate",
    "Processing",
    "PublicDate",
    "PublicDates",
    "PublicEntry",
    "PublicKind",
    "Removal",
    "RetentionRule",
    "Schedule",
    "StandIns",
    "StartNote",
    "Subject",
    "Tile",
    "Waiting",
    "WaitingTasks",
    "about_to_end",
    "about_to_fork",
    "background_loops",
    "demo_data",
    "fixed_pages",
    "frame_sources",
    "health_checks",
    "hideables",
    "mail_watches",
    "navigation",
    "operator_duties",
    "outside_asked",
    "page_panels",
    "people_data",
    "personal_dates",
    "posting_gates",
    "processing",
    "public_dates",
    "public_kinds",
    "reference_data",
    "retention_rules",
    "schedules",
    "stand_ins",
    "start_notes",
    "tiles",
    "waiting_tasks",
]
