"""Mails about changes to somebody's ways in, so that they notice what they have not done themselves."""

from akademie.accounts.models import User
from akademie.core import frame
from akademie.core.mail import send_mail


def tell(user: User, what: str, *, address: str = "") -> None:
    """Tell a person what has changed; `address` where it is not the present one."""
    context = {"what": what, "site_name": frame.current()["site_name"]}
    send_mail("accounts/mail/security_notice", [address or user.email], context)
