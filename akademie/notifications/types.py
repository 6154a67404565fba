"""The openings through which areas say which messages they send, and what a mail may ask for."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from akademie.core.contributions import ContributionPoint
from akademie.notifications.models import Delivery


@dataclass(frozen=True, kw_only=True)
class NotificationType:
    """A kind of message: what it is for, and its mail template, without `.txt`; the first line is the subject.

    What people asked for or have to know goes out at once. What may wait comes in the weekly mail unless the person
    wants it at once: its subject becomes the line there and `link` of its context what the line leads to.
    """

    key: str  # "exchange.confirm"
    label: str  # what it is, in the reader's words
    category: str  # the area, as people choose by it
    mail: str
    may_stop: bool = False  # may be switched off; its mails carry List-Unsubscribe
    may_wait: bool = False  # may come in the weekly mail
    at_once: bool = False  # comes at once even though it may wait, until the person chooses otherwise
    for_office: bool = False
    order: int = 50  # the smaller, the further up, in the settings and in the weekly mail

    @property
    def usual(self) -> Delivery:
        """When it comes to those who have chosen nothing."""
        return Delivery.WEEKLY if self.may_wait and not self.at_once else Delivery.NOW

    @property
    def choices(self) -> tuple[Delivery, ...]:
        """What a person may choose; one choice is none."""
        allowed = {Delivery.NOW: True, Delivery.WEEKLY: self.may_wait, Delivery.NEVER: self.may_stop}
        return tuple(delivery for delivery, is_allowed in allowed.items() if is_allowed)


notification_types = ContributionPoint("notification_types", NotificationType)


@dataclass(frozen=True)
class MailQuestion:
    """What the page behind a mail link says before anything happens."""

    heading: str  # "Gehört Anna Beck zu Perleberg?"
    sentences: tuple[str, ...]  # what will happen after the press
    button: str  # "Ja, Anna Beck gehört zu uns"


@dataclass(frozen=True, kw_only=True)
class MailAction:
    """Something that a mail asks for, done by one press behind its link; the link itself changes nothing.

    `ask` says what will happen, `run` does it and returns one German sentence about what has happened. Both take the
    object and whom the link was mailed to: the account, or the address of somebody without one. Both raise NotPossible
    when the situation has changed. `run` works in the transaction that uses the link up, and mails from there.
    """

    key: str  # "people.confirm_joining"
    model: type[Model]
    ask: Callable[[Any, Any], MailQuestion]
    run: Callable[[Any, Any], str]
    days: int = 14  # how long the link works, 60 at most
    open: bool = False  # True: safe without signing in; else the person has to sign in first
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class SharedAccounts:
    """Which accounts several people share: they say their name before they act, also from a mail."""

    key: str
    is_shared: Callable[[str], bool]  # takes a mail address
    said: Callable[[], str]  # the name that somebody has said since the sign-in; empty for nobody
    acting_as: Callable[[str], AbstractContextManager[None]]  # what is within is done in this name, empty for no one's
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class KnownAddresses:
    """Addresses without an account about which the office has to know when no mail arrives there.

    Somebody has confirmed them, or waits for an answer from there; whoever mistypes an address has done neither.
    """

    key: str  # the area
    emails: Callable[[], QuerySet]  # one column, in small letters
    order: int = 50


mail_actions = ContributionPoint("mail_actions", MailAction)
shared_accounts = ContributionPoint("shared_accounts", SharedAccounts)
known_addresses = ContributionPoint("known_addresses", KnownAddresses)
