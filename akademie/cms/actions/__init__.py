"""What is done with pages and with the back office."""

from akademie.cms.actions.office import keep_publishing, office_version, set_up_office
from akademie.cms.actions.pages import (
    address_changed,
    drafts_version,
    fingerprint,
    install_start_page,
    load_pages,
    show_changes,
)
from akademie.cms.actions.setup import check_setup_token, set_up, setup_address, setup_lines
from akademie.cms.actions.versions import start_version

__all__ = [
    "address_changed",
    "check_setup_token",
    "drafts_version",
    "fingerprint",
    "install_start_page",
    "keep_publishing",
    "load_pages",
    "office_version",
    "set_up",
    "set_up_office",
    "setup_address",
    "setup_lines",
    "show_changes",
    "start_version",
]
