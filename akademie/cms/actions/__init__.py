"""What is done with pages and with the back office."""

from akademie.cms.actions.office import keep_publishing, office_version, set_up_office
from akademie.cms.actions.pages import (
    address_changed,
    drafts_version,
    fingerprint,
    install_start_page,
    load_pages,
    report_barrier,
    show_changes,
)

__all__ = [
    "address_changed",
    "drafts_version",
    "fingerprint",
    "install_start_page",
    "keep_publishing",
    "load_pages",
    "office_version",
    "report_barrier",
    "set_up_office",
    "show_changes",
]
