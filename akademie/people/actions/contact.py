"""Writing to somebody whose address stays hidden, and being left in peace."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.core import frame, limits
from akademie.core.actions import NotPossible, check_may_post
from akademie.notifications.actions import notify
from akademie.notifications.mail_links import mail_link
from akademie.notifications.types import MailQuestion
from akademie.people import queries
from akademie.people.models import CONFIRM_DAYS, ContactRequest, ContactState, Profile

CONFIRM, REPORT, NO_MORE = "people.confirm_contact", "people.report_contact", "people.no_contact"
PER_SENDER_AND_HOUR = 10
PER_PERSON_AND_DAY = 10
UNCONFIRMED_PER_ADDRESS = 3
ENOUGH_OF_SENDER = (
    "Von Ihrem Anschluss kamen gerade schon mehrere Nachrichten. Bitte versuchen Sie es in einer Stunde noch einmal."
)
ENOUGH_OF_PERSON = "Sie haben heute schon mehrere Menschen angeschrieben. Bitte versuchen Sie es morgen noch einmal."
ENOUGH_OF_ADDRESS = (
    "Zu dieser Adresse warten schon mehrere Nachrichten auf die Bestätigung. Bitte sehen Sie in Posteingang und "
    "Spam-Ordner nach und öffnen Sie dort die Links."
)
NOT_NOW = "Diese Person nimmt zurzeit keine Anfragen an. Die Geschäftsstelle hilft Ihnen weiter."


def write_to(
    profile: Profile, *, text: str, name: str, email: str, sender: str, user: User | None = None
) -> ContactRequest:
    """Send a message of a person with an account at once; of a guest once the address is confirmed.

    `sender` is who counts for the limit, see `limits.sender`. The same message twice is one. NotPossible when the
    person takes no more messages; TooMany for somebody who writes too much.
    """
    check_may_post(user, email)
    limits.count("contact", sender, most=PER_SENDER_AND_HOUR, seconds=3600, says=ENOUGH_OF_SENDER)
    if user:
        limits.count("contact person", str(user.pk), most=PER_PERSON_AND_DAY, seconds=86400, says=ENOUGH_OF_PERSON)
    with transaction.atomic():
        _room(profile)
        waiting = ContactRequest.objects.filter(sender_email=email, state=ContactState.UNCONFIRMED)
        digest = ContactRequest.digest_of(profile.user, email, text)
        if not user and waiting.exclude(digest=digest).count() >= UNCONFIRMED_PER_ADDRESS:
            raise limits.TooMany(ENOUGH_OF_ADDRESS, CONFIRM_DAYS * 86400)
        found, is_new = ContactRequest.objects.get_or_create(
            digest=digest,
            defaults={
                "recipient": profile.user,
                "sender": user,
                "sender_name": name,
                "sender_email": email,
                "text": text,
            },
        )
        if user:
            return _send(found)
        if found.state == ContactState.UNCONFIRMED and (
            is_new or limits.is_first("contact mail", str(found.pk), seconds=60)
        ):
            context = {
                "link": mail_link(CONFIRM, found, email),
                "days": CONFIRM_DAYS,
                "site_name": frame.current()["site_name"],
            }
            notify("people.contact_confirm", to=[email], context=context)
    return found


def _room(profile: Profile) -> None:
    """Wait for the person's row, so that two messages at once do not both take the last place; or refuse."""
    locked = Profile.objects.select_for_update().select_related("user").get(pk=profile.pk)
    if not queries.takes_requests(locked):
        raise NotPossible(NOT_NOW)
    if not queries.requests_left(locked):
        free = date_format(queries.free_again_on(locked), "j. F Y")
        raise NotPossible(
            f"Diese Person hat zurzeit so viele Anfragen, wie sie annehmen möchte. Ab dem {free} können Sie schreiben; "
            "eilt es, fragen Sie die Geschäftsstelle."
        )


def _send(found: ContactRequest) -> ContactRequest:
    if found.state == ContactState.SENT:
        return found
    found.state, found.sent_at = ContactState.SENT, timezone.now()
    found.save(update_fields=["state", "sent_at", "sender"])
    context = {
        "message": found,
        "report": mail_link(REPORT, found, found.recipient),
        "no_more": mail_link(NO_MORE, found, found.recipient),
        "site_name": frame.current()["site_name"],
    }
    notify("people.contact_message", to=[found.recipient], context=context, reply_to=found.reply_address)
    return found


# -- guests confirm ---------------------------------------------------------------------------------------------------
def ask_to_confirm(found: ContactRequest, email: str) -> MailQuestion:
    """Return what the page behind the link says: the message, as it will go."""
    if found.state == ContactState.SENT:
        raise NotPossible("Ihre Nachricht ist schon zugestellt.")
    _recipient(found)
    return MailQuestion(
        f"Nachricht an {found.recipient.get_full_name()} schicken",
        (
            f"Ihr Name: {found.sender_name}",
            f"Antworten kommen an {_in_words(found, email)}.",
            *(f"„{line}“" for line in found.text.split("\n") if line.strip()),
        ),
        "Nachricht schicken",
    )


def _recipient(found: ContactRequest) -> Profile:
    """Return the profile of the recipient; NotPossible when guests may not see it any more."""
    profile = queries.visible_to(None).filter(user=found.recipient_id).first()
    if profile is None:
        raise NotPossible(NOT_NOW)
    return profile


def confirm_from_mail(found: ContactRequest, email: str) -> str:
    """Send a guest's message; return what has happened."""
    confirm(found)
    return f"Ihre Nachricht ist unterwegs. Die Antwort kommt an {_in_words(found, email)}."


def _in_words(found: ContactRequest, email: str) -> str:
    """Return where answers go, without the present address of an account: who reads the former one may see this."""
    return email if found.reply_address == email else "die Adresse, die Ihr Konto jetzt hat"


@transaction.atomic
def confirm(found: ContactRequest) -> ContactRequest:
    """Send a guest's message. Twice is once; NotPossible when there is no room any more."""
    profile = _recipient(found)
    locked = ContactRequest.objects.select_for_update().get(pk=found.pk)
    if locked.state == ContactState.UNCONFIRMED:
        check_may_post(locked.sender, locked.sender_email)
        _room(profile)
        # Who has claimed it since keeps it, even when the address is somebody else's by now.
        locked.sender = locked.sender or User.objects.filter(email=locked.sender_email).first()
        _send(locked)
    return locked


# -- the recipient ----------------------------------------------------------------------------------------------------
def ask_to_report(found: ContactRequest, recipient: User) -> MailQuestion:
    """Return what the page behind "report" says."""
    says = (
        f"Die Geschäftsstelle bekommt die Nachricht von {found.sender_name} ({found.sender_email}) zu lesen.",
        "Die Person, die geschrieben hat, erfährt davon nichts.",
    )
    return MailQuestion("Nachricht der Geschäftsstelle melden", says, "Nachricht melden")


@transaction.atomic
def report(found: ContactRequest, recipient: User) -> str:
    """Show a message to the office as unwanted. Twice is once."""
    locked = ContactRequest.objects.select_for_update().get(pk=found.pk)
    if locked.reported_at is None:
        locked.reported_at = timezone.now()
        locked.save(update_fields=["reported_at"])
        log(instance=locked, action="people.report_contact", user=recipient)
        context = {"message": locked, "site_name": frame.current()["site_name"]}
        notify("people.contact_reported", to=queries.office_people(), context=context)
    return "Die Geschäftsstelle hat die Nachricht bekommen und meldet sich bei Ihnen, wenn sie Fragen hat."


def ask_for_no_more(found: ContactRequest, recipient: User) -> MailQuestion:
    """Return what the page behind "no more" says."""
    says = "Niemand kann Ihnen dann über Ihr Profil schreiben. In Ihrem Profil schalten Sie es wieder ein."
    return MailQuestion("Keine Anfragen mehr bekommen", (says,), "Anfragen abschalten")


def take_no_more(found: ContactRequest, recipient: User) -> str:
    """Switch contact off; return what has happened."""
    Profile.objects.filter(user=recipient).update(requests_per_month=0)
    return "Sie bekommen keine Anfragen mehr. In Ihrem Profil schalten Sie sie wieder ein."
