"""Signed links in mails: what a mail asks for is done by one press on the page behind its link.

A link works once, for one thing and for one person, until it expires. Opening it changes nothing: programs that check
mails open every link.
"""

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core import jobs
from akademie.core.actions import NotPossible
from akademie.core.models import DoneEffect
from akademie.notifications.types import MailAction, MailQuestion, mail_actions, shared_accounts

SALT = "notifications.mail_link"
LONGEST_DAYS = 60  # what has happened is remembered for 90 days, see `core.worker`
UNREADABLE = (
    "Dieser Link ist unvollständig. Öffnen Sie ihn bitte direkt in der Mail, oder kopieren Sie die ganze Adresse."
)
EXPIRED = "Dieser Link ist abgelaufen. Bitten Sie um einen neuen."
USED = "Dieser Link wurde schon benutzt. Mehr müssen Sie nicht tun."
GONE = "Worum es in der Mail ging, gibt es nicht mehr. Sie müssen nichts tun."
NOT_YOURS = (
    "Dieser Link gilt nicht mehr für Sie: Das Konto hat jetzt eine andere Adresse, oder es besteht nicht mehr. "
    "Melden Sie sich an, oder fragen Sie die Geschäftsstelle."
)


def mail_link(key: str, obj: Model, person: User | str) -> str:
    """Return the whole address by which this person can do what the mail asks for.

    LookupError for an action nobody has declared, TypeError for an object of another model.
    """
    action = mail_actions.get(key)
    if action is None:
        raise LookupError(f"No area has declared the mail action {key!r}")
    if not isinstance(obj, action.model):
        raise TypeError(f"{key} is about {action.model.__name__}, not {obj!r}")
    says = {
        "action": key,
        "about": str(obj.pk),
        "user": person.pk if isinstance(person, User) else None,
        # Whoever has the address now may be somebody else: a link to an account ends with the account's address.
        "email": _mark(person.email) if isinstance(person, User) else person,
        "until": int(timezone.now().timestamp()) + min(action.days, LONGEST_DAYS) * 24 * 3600,
    }
    return settings.SITE_URL + reverse("notifications:mail_link", args=[signing.dumps(says, salt=SALT)])


def _mark(email: str) -> str:
    return hashlib.sha256(email.casefold().encode()).hexdigest()[:16]


@dataclass(frozen=True)
class OpenLink:
    """A link that can be used now."""

    action: MailAction
    obj: Any
    person: User | str
    token: str

    @property
    def question(self) -> MailQuestion:
        """What the page says; NotPossible when the situation has changed."""
        return self.action.ask(self.obj, self.person)

    @property
    def is_shared(self) -> bool:
        """Whether several people read this mail, so that whoever presses says who they are."""
        address = self.person.email if isinstance(self.person, User) else self.person
        return is_shared(address)

    def is_for(self, user: Any) -> bool:
        """Whether whoever is here may press: everyone who has the mail, or only the person signed in."""
        return self.action.open or user == self.person


def read_link(token: str) -> OpenLink:
    """Return what a link is for; NotPossible when it is unreadable, too old, used or meant for nobody any more."""
    try:
        says: dict[str, Any] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NotPossible(UNREADABLE) from None
    action = mail_actions.get(says["action"])
    if action is None:  # its area has been taken out
        raise NotPossible(GONE)
    if DoneEffect.objects.filter(key=_used_key(token)).exists():
        raise NotPossible(USED)
    if says["until"] < timezone.now().timestamp():
        raise NotPossible(EXPIRED)
    person = _person_of(says)
    obj = action.model._default_manager.filter(pk=says["about"]).first()
    if obj is None:
        raise NotPossible(GONE)
    return OpenLink(action, obj, person, token)


def _person_of(says: dict[str, Any]) -> User | str:
    if says["user"] is None:
        return str(says["email"])
    person = User.objects.filter(pk=says["user"], is_active=True).first()
    if person is None or _mark(person.email) != says["email"]:
        raise NotPossible(NOT_YOURS)
    return person


@transaction.atomic
def use_link(link: OpenLink, *, acting_as: str = "") -> str:
    """Do what the link is for, once however many press at once; return what has happened, in a German sentence.

    `acting_as` names who presses, where several people read the mail. It is never the name of somebody who happens to
    be signed in in the same browser.
    """
    if not jobs.once(_used_key(link.token)):
        raise NotPossible(USED)
    with ExitStack() as stack:
        for one in shared_accounts:
            stack.enter_context(one.acting_as(acting_as))
        return link.action.run(link.obj, link.person)


def is_shared(email: str) -> bool:
    """Whether several people share the account with this address, so that who acts says their name."""
    return any(one.is_shared(email) for one in shared_accounts)


def said_already() -> str:
    """Return the name that whoever is signed in with a shared account has said; empty for everybody else."""
    return next((name for one in shared_accounts if (name := one.said())), "")


def _used_key(token: str) -> str:
    return f"mail_link:{hashlib.sha256(token.encode()).hexdigest()}"
