"""Deleting everything about a person, by all areas in one transaction."""

from email import message_from_bytes, policy

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from akademie.accounts.models import Role, User
from akademie.accounts.queries import DEMO_ADDRESSES
from akademie.core import frame
from akademie.core.actions import NotPossible
from akademie.core.contributions import Subject, people_data
from akademie.core.mail import send_mail
from akademie.core.models import MailState, OutgoingMail
from akademie.privacy.queries.subjects import subject_at, subject_of

GONE = "gelöschte Person"
LAST_LEAD = (
    "Sie sind die letzte Leitung dieser Akademie. Geben Sie zuerst einer anderen Person die Rolle „Leitung“: "
    "in der Redaktion unter Einstellungen, Personen. Danach können Sie Ihr Konto löschen."
)


@transaction.atomic
def erase_account(user: User, *, by: User) -> bool:
    """Delete an account with everything that its holder left, and confirm by a last mail.

    False when somebody was quicker: then there is nothing left to do. NotPossible for the last Leitung.
    """
    leads = list(User.objects.select_for_update().filter(role=Role.LEAD, is_active=True).order_by("pk"))
    locked = User.objects.select_for_update().filter(pk=user.pk).first()
    if locked is None:
        return False
    others = [lead for lead in leads if lead.pk != locked.pk and (settings.DEMO or lead.email not in DEMO_ADDRESSES)]
    if locked.role == Role.LEAD and not others:
        raise NotPossible(LAST_LEAD)
    own = by.pk == locked.pk
    log(instance=locked, action="privacy.erase_own" if own else "privacy.erase", user=by, title=GONE)
    _erase(subject_of(locked))
    _confirm(locked.email, by_office=not own)
    return True


@transaction.atomic
def erase_address(email: str) -> None:
    """Delete everything of an address without an account, and confirm by a last mail. NotPossible with an account."""
    if User.objects.select_for_update().filter(email=email).exists():
        raise NotPossible("Zu dieser Adresse gibt es ein Konto. Bitte melden Sie sich an und löschen Sie es dort.")
    _erase(subject_at(email))
    _confirm(email)


def _erase(subject: Subject) -> None:
    for area in people_data:
        area.erase(subject)


def _confirm(email: str, *, by_office: bool = False) -> None:
    values = frame.current()
    context = {"site_name": values["site_name"], "contact": values["contact_email"], "by_office": by_office}
    send_mail("privacy/mail/erased", [email], context)


# -- what privacy itself answers for: mails and the log ---------------------------------------------------------------
def mails_to(subject: Subject) -> QuerySet[OutgoingMail]:
    """Return the mails to a person that are still kept."""
    return OutgoingMail.objects.filter(subject.rows("address"))


def erase_mails(subject: Subject) -> None:
    """Delete the mails to a person, and those to others that have not gone out and speak of them."""
    mails_to(subject).delete()
    for mail in OutgoingMail.objects.exclude(state=MailState.SENT).iterator(chunk_size=50):
        if _speaks_of(mail, subject):
            mail.delete()
    if name := subject.user.get_full_name() if subject.user else "":
        for mail in OutgoingMail.objects.filter(subject__icontains=name):
            OutgoingMail.objects.filter(pk=mail.pk).update(subject=subject.blacked_out(mail.subject))


def _speaks_of(mail: OutgoingMail, subject: Subject) -> bool:
    """Return whether a mail that has not gone out holds an address of this person anywhere."""
    message = message_from_bytes(bytes(mail.source), policy=policy.default)
    texts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    words = "\n".join(str(text) for text in [*message.values(), *texts]).casefold()
    return any(held.email.casefold() in words for held in subject.addresses if held.held_at(mail.created_at))


def log_of(subject: Subject) -> list[QuerySet]:
    """Return the entries of the log about what a person did, by kind of log."""
    if subject.user is None:
        return []
    return [model.objects.filter(user=subject.user) for model in (ModelLogEntry, PageLogEntry)]


def erase_from_log(subject: Subject) -> None:
    """Take name and address out of what the log says about a person. Who did something is a number from now on."""
    if subject.user is None:
        return
    about = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(subject.user), object_id=str(subject.user.pk)
    )
    about.update(label=GONE, data={})
    for words in set(subject.names()):
        for model in (ModelLogEntry, PageLogEntry):
            # `update`, because entries refuse to be saved: this is the one change that there is.
            for entry in model.objects.filter(Q(label__icontains=words) | Q(data__icontains=words)):
                label, data = (subject.blacked_out(text, entry.timestamp) for text in (entry.label, repr(entry.data)))
                kept = {} if data != repr(entry.data) else entry.data
                model.objects.filter(pk=entry.pk).update(label=label, data=kept)
