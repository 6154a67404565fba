"""What people do with requests: ask, confirm, answer, close."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.cms.queries import office_addresses
from akademie.core import frame, limits
from akademie.core.actions import NotPossible, check_may_post
from akademie.exchange import queries
from akademie.exchange.models import CONFIRM_DAYS, MOVES, WAITING, HelpRequest, HelpRequestQuerySet, HelpRequestState
from akademie.notifications.actions import notify
from akademie.practices.models import PracticeCase
from akademie.towns.models import Town

SALT = "exchange.confirm"
PER_ADDRESS = 5  # unconfirmed requests of one address: who has so many is not reading the mails
PER_SENDER_AND_HOUR = 10  # a whole town hall may share one network address
MAIL_PAUSE = 60  # seconds between two mails about a question that is asked again
ENOUGH_OF_SENDER = (
    "Von Ihrem Anschluss kamen gerade schon mehrere Fragen. Bitte versuchen Sie es in einer Stunde noch einmal."
)
ENOUGH_OF_ADDRESS = (
    f"Zu dieser Adresse warten schon {PER_ADDRESS} Fragen auf die Bestätigung. Bitte sehen Sie in Posteingang und "
    "Spam-Ordner nach und öffnen Sie dort die Links."
)
USELESS = "Dieser Link ist abgelaufen oder unvollständig. Bitte stellen Sie Ihre Frage noch einmal."


# -- asking -----------------------------------------------------------------------------------------------------------
def ask(
    *,
    question: str,
    email: str,
    by: User | None = None,
    acting_as: str = "",
    town: Town | None = None,
    concern: str = "",
    practice: PracticeCase | None = None,
    about_town: Town | None = None,
    sender: str,
) -> HelpRequest:
    """Keep a question and mail the link that confirms the address. The same question twice is one request.

    `by` is who is signed in: to the address of the own account no link goes, the question arrives at once. `acting_as`
    is the name of whoever asks with a shared account. `sender` is who counts for the limit, see `limits.sender`.
    TooMany after too many questions.
    """
    check_may_post(by, email)
    limits.count("ask", sender, most=PER_SENDER_AND_HOUR, seconds=3600, says=ENOUGH_OF_SENDER)
    digest = HelpRequest.digest_of(email, question)
    is_own = by is not None and by.email == email
    with transaction.atomic():
        others = HelpRequest.objects.filter(email=email, state=HelpRequestState.UNCONFIRMED).exclude(digest=digest)
        if not is_own and others.count() >= PER_ADDRESS:
            raise limits.TooMany(ENOUGH_OF_ADDRESS, CONFIRM_DAYS * 24 * 3600)
        found, _fresh = HelpRequest.objects.get_or_create(
            digest=digest,
            state__in=WAITING,
            defaults={
                "question": question, "email": email, "town": town, "concern": concern, "practice": practice,
                "about_town": about_town, "acting_as": acting_as,
            },
        )  # fmt: skip
        mails_again = limits.is_first("ask mail", str(found.pk), seconds=MAIL_PAUSE)
        if is_own and found.state == HelpRequestState.UNCONFIRMED:
            return _arrive(found, acting_as)
        if mails_again:
            _mail_receipt(found) if found.state == HelpRequestState.OPEN else _mail_link(found)
    return found


def _mail_link(found: HelpRequest) -> None:
    """Mail the link; without a word of the question, so that nobody sends strangers texts through us."""
    context = {"link": confirm_address(found), "days": CONFIRM_DAYS, "site_name": frame.current()["site_name"]}
    notify("exchange.confirm", to=[found.email], context=context)


def confirm_address(found: HelpRequest) -> str:
    """Return the whole address of the link that confirms a request."""
    token = signing.dumps({"request": found.pk, "digest": found.digest}, salt=SALT)
    return settings.SITE_URL + reverse("exchange:confirm", args=[token])


# -- confirming -------------------------------------------------------------------------------------------------------
def read_token(token: str) -> HelpRequest:
    """Return the request of a link; NotPossible when it is too old, changed or already removed. Changes nothing."""
    try:
        says: dict[str, Any] = signing.loads(token, salt=SALT, max_age=timedelta(days=CONFIRM_DAYS))
        found = HelpRequest.objects.select_related("town", "practice", "about_town", "user")
        return found.get(pk=says["request"], digest=says["digest"])
    except (signing.BadSignature, HelpRequest.DoesNotExist):
        raise NotPossible(USELESS) from None


@transaction.atomic
def confirm(token: str, *, acting_as: str = "") -> HelpRequest:
    """Hand the question to the office and send the person a receipt. Pressing twice changes nothing more.

    `acting_as` names who presses, where several people read the mail.
    """
    return _arrive(read_token(token), acting_as)


def _arrive(asked: HelpRequest, acting_as: str) -> HelpRequest:
    found = HelpRequest.objects.select_for_update().filter(pk=asked.pk).first()
    if found is None:  # removed between two looks
        raise NotPossible(USELESS)
    if found.state != HelpRequestState.UNCONFIRMED:
        return found
    check_may_post(found.user, found.email)
    found.state, found.confirmed_at = HelpRequestState.OPEN, timezone.now()
    # Whoever has claimed it since keeps it, even when the address is somebody else's by now.
    found.user = found.user or User.objects.filter(email=found.email).first()
    found.acting_as = acting_as or found.acting_as
    found.save(update_fields=["state", "confirmed_at", "user", "acting_as"])
    link = settings.SITE_URL + reverse("help_requests:inspect", args=[found.pk])
    context = {"request": found, "until": queries.answer_by(found), "link": link}
    notify("exchange.request_in", to=office_addresses(), context=context, reply_to=found.reply_address)
    _mail_receipt(found)
    return found


def _mail_receipt(found: HelpRequest) -> None:
    office = office_addresses()
    context = {"request": found, "until": queries.answer_by(found)}
    notify("exchange.receipt", to=[found.reply_address], context=context, reply_to=office[0] if office else "")


# -- the office -------------------------------------------------------------------------------------------------------
def mark_answered(found: HelpRequest, *, by: User) -> HelpRequest:
    """The office has answered, by mail or on the phone."""
    return _move(found, HelpRequestState.ANSWERED, by)


def close(found: HelpRequest, *, by: User) -> HelpRequest:
    """The request needs no answer: advertising, a mistake, answered elsewhere."""
    return _move(found, HelpRequestState.CLOSED, by)


def reopen(found: HelpRequest, *, by: User) -> HelpRequest:
    """It was not done after all."""
    return _move(found, HelpRequestState.OPEN, by)


@transaction.atomic
def _move(found: HelpRequest, to: HelpRequestState, by: User) -> HelpRequest:
    locked = HelpRequest.objects.select_for_update().get(pk=found.pk)
    if locked.state == to:  # somebody else, or the same person, was quicker
        return locked
    if to not in MOVES[HelpRequestState(locked.state)]:
        raise NotPossible(f"Aus „{locked.get_state_display()}“ wird nicht „{to.label}“.")
    locked.state = to
    locked.done_at = None if to == HelpRequestState.OPEN else timezone.now()
    try:
        with transaction.atomic():
            locked.save(update_fields=["state", "done_at"])
    except IntegrityError:  # the person has asked the same again
        raise NotPossible("Dieselbe Frage ist schon wieder offen. Bitte nehmen Sie diese.") from None
    # Without a word of the question, which goes before the log does.
    title = f"Anfrage {locked.pk} aus {locked.town.name}" if locked.town else ""
    log(instance=locked, action=f"exchange.{to.value}", user=by, title=title)
    return locked


# -- people -----------------------------------------------------------------------------------------------------------
def hand_over(goes: User, follows: User, post: Any) -> None:
    """Give the open requests that belong to a post to whoever follows: the answers go to them. Twice is once."""
    _give(queries.open_requests_of(goes, post), follows)


def hand_over_ticked(goes: User, follows: User, post: Any, ticked: set[str]) -> None:
    """Give those to whoever follows that may belong to the post and were ticked."""
    _give(queries.doubtful_requests_of(goes, post).filter(pk__in=ticked), follows)


def _give(requests: HelpRequestQuerySet, follows: User) -> None:
    for found in requests.select_for_update():
        found.user, found.email, found.acting_as = follows, follows.email, ""
        found.digest = HelpRequest.digest_of(found.email, found.question)
        if not HelpRequest.objects.filter(digest=found.digest, state__in=WAITING).exclude(pk=found.pk).exists():
            found.save(update_fields=["user", "email", "acting_as", "digest"])  # else they have asked it themselves


def claim(user: User) -> None:
    """Give somebody the requests that they wrote as a guest with the same address, unconfirmed ones too.

    So the answer reaches them even when they have another address by the time they confirm or the office answers.
    """
    HelpRequest.objects.filter(email=user.email, user=None).update(user=user)
