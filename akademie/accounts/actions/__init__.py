"""What people do with their account, and what is done to get them into it."""

from akademie.accounts.actions.demo import (
    demo_sign_in_lines,
    demo_version,
    load_demo_people,
    remove_demo_people,
    what_demo_people_leave,
)
from akademie.accounts.actions.leads import make_first_lead, make_lead
from akademie.accounts.actions.recovery import make_recovery_codes, use_recovery_code
from akademie.accounts.actions.sign_in import (
    read_token,
    send_sign_in_link,
    sign_in_address,
    sign_in_token,
    use_sign_in_link,
)

__all__ = [
    "demo_sign_in_lines",
    "demo_version",
    "load_demo_people",
    "make_first_lead",
    "make_lead",
    "make_recovery_codes",
    "read_token",
    "remove_demo_people",
    "send_sign_in_link",
    "sign_in_address",
    "sign_in_token",
    "use_recovery_code",
    "use_sign_in_link",
    "what_demo_people_leave",
]
