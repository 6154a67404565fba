"""A test mail whose link the person who gets it confirms: no program sees whether a mail lies in a mailbox."""

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core import signing
from django.urls import reverse

from akademie.accounts.models import User
from akademie.core import limits
from akademie.core.actions import NotPossible
from akademie.core.mail import send_mail
from akademie.operation.actions.health import note
from akademie.operation.checks import mail as checks
from akademie.operation.models import ConfirmedDuty

SALT = "operation.test_mail"
DAYS = 7  # that the link is valid
MOST_PER_HOUR = 5


def send_test_mail(*, by: User) -> None:
    """Mail the person who asks; TooMany after five within an hour."""
    says = "Das waren schon mehrere Probe-Mails. Bitte versuchen Sie es in einer Stunde noch einmal."
    limits.count("test mail", by.email, most=MOST_PER_HOUR, seconds=3600, says=says)
    token = signing.dumps(checks.mail_mark(), salt=SALT)
    sender = settings.DEFAULT_FROM_EMAIL
    link = settings.SITE_URL + reverse("operation:confirm_test_mail", args=[token])
    context = {"person": by, "link": link, "days": DAYS, "sender": sender, "mailbox": parseaddr(sender)[1]}
    send_mail("operation/mail/test", [by.email], context)


def check_test_mail(token: str) -> None:
    """NotPossible unless this is the link of a test mail that was sent with the present settings. Changes nothing."""
    try:
        mark = signing.loads(token, salt=SALT, max_age=timedelta(days=DAYS))
    except signing.BadSignature:
        raise NotPossible(
            "Dieser Link ist unvollständig oder gilt nicht mehr. Bitte schicken Sie sich einen neuen."
        ) from None
    if mark != checks.mail_mark():
        raise NotPossible(
            "Seit dieser Mail haben sich Mailserver oder Absender geändert. Bitte schicken Sie sich eine neue."
        )


def confirm_test_mail(token: str) -> None:
    """Note that a test mail has arrived, and show it in the self-test at once. Pressing twice is safe."""
    check_test_mail(token)
    ConfirmedDuty.objects.update_or_create(key=checks.MAIL_ARRIVED, defaults={"mark": checks.mail_mark()})
    note(checks.MAIL_ARRIVED, checks.received())
