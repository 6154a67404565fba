"""What an area has for and about people: their data and how long it is kept, what waits for them, their dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, BinaryIO

from django.db.models import Model, Q, QuerySet


@dataclass(frozen=True)
class HeldAddress:
    """An address in the time in which it was one person's; a mailbox goes from hand to hand with its post."""

    email: str
    since: datetime | None = None  # when somebody else left it; None: nobody here had it before
    until: datetime | None = None  # None: it is theirs now

    def held_at(self, moment: datetime) -> bool:
        """Whether the address was theirs at a moment."""
        return (self.since is None or moment > self.since) and (self.until is None or moment <= self.until)


@dataclass(frozen=True)
class Subject:
    """Whom personal data are about: a person with an account, or only a confirmed mail address (a guest, a contact)."""

    email: str
    user: Any = None  # accounts.User
    since: datetime | None = None  # when the present address became theirs, if it was another account's before
    former: tuple[HeldAddress, ...] = ()  # addresses that the account had

    @property
    def addresses(self) -> tuple[HeldAddress, ...]:
        """The present address and the former ones."""
        return (HeldAddress(self.email, self.since), *self.former)

    def names(self, at: datetime | None = None) -> list[str]:
        """Return what a text may call this person, or could at a moment: addresses and full name."""
        known = [held.email for held in self.addresses if at is None or held.held_at(at)]
        full_name = self.user.get_full_name() if self.user else ""
        return [*known, full_name] if full_name else known

    def rows(self, email: str = "email", at: str = "created_at", user: str = "") -> Q:
        """Return which rows are this person's: by an address, or by their account where `user` names its field.

        What came to an address before it was theirs, or after they had left it (`at` names the field), belongs to
        whoever had it then; and what belongs to an account is nobody else's, whatever address it names.
        """
        mine = Q()
        for held in self.addresses:
            one = Q(**{f"{email}__iexact": held.email})
            if held.since:
                one &= Q(**{f"{at}__gt": held.since})
            if held.until:
                one &= Q(**{f"{at}__lte": held.until})
            mine |= one
        if user:
            mine &= Q(**{user: None})
            mine |= Q(**{user: self.user}) if self.user else Q()
        return mine

    def blacked_out(self, text: str, at: datetime | None = None) -> str:
        """Return a text that stays, written at a moment, without this person's addresses and full name."""
        for name in self.names(at):
            text = re.sub(re.escape(name), "[gelöscht]", text, flags=re.IGNORECASE)
        return text


@dataclass(frozen=True)
class ExportPart:
    """One table of somebody's data. Rows and files are read while the archive is written, never all at once."""

    title: str  # "Meine Fragen an die Geschäftsstelle"
    rows: Iterable[dict[str, Any]]  # German column → value
    files: Iterable[tuple[str, Callable[[], BinaryIO]]] = ()  # name in the archive, and how to open it


class Fate(StrEnum):
    """What deletion does with something."""

    GOES = "goes"
    ANONYMISED = "anonymised"
    STAYS = "stays"


@dataclass(frozen=True)
class ErasureLine:
    """What happens to a part of somebody's data when they delete it."""

    fate: Fate
    what: str  # "3 Fragen an die Geschäftsstelle"
    why: str = ""  # the reason when it is anonymised or stays


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """What a successor takes over when somebody leaves a post (*Stelle übergeben*).

    All take the person who goes, the one who follows, and the post (`people.Membership`). `run` is repeatable and
    works inside the transaction of the caller. What may belong to the post or to the person is asked one by one:
    `doubtful` gives a lasting key and a line for each, and `run_doubtful` moves those whose keys were ticked.
    """

    preview: Callable[[Any, Any, Any], Iterable[str]]  # "2 offene Anfragen"; nothing to take over: no line
    run: Callable[[Any, Any, Any], None]
    doubtful: Callable[[Any, Any, Any], Iterable[tuple[str, str]]] | None = None  # ("request-7", "Ihre Frage „…“")
    run_doubtful: Callable[[Any, Any, Any, set[str]], None] | None = None


@dataclass(frozen=True, kw_only=True)
class PeopleData:
    """What an area keeps about people, and how it answers for it.

    `models` are those with a link to a person or a mail address of one; `tests/test_privacy.py` finds every link and
    asks who answers for it. `erase` deletes or anonymises what `preview` says, inside the caller's transaction, and is
    repeatable. `claim` gives an account what its holder did as a guest with the same confirmed address: at each
    sign-in, and before the account gets another address.
    """

    key: str  # the area
    title: str
    models: tuple[type[Model], ...]
    export: Callable[[Subject], Iterable[ExportPart]]
    preview: Callable[[Subject], Iterable[ErasureLine]]
    erase: Callable[[Subject], None]
    hand_over: HandOver | None = None
    claim: Callable[[Any], None] | None = None  # takes the user
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class RetentionRule:
    """How long a kind of data is kept. The nightly deletion, the office's list and the privacy notice read this.

    `due` gives the rows whose time is over; they are deleted in batches by `delete`, or one by one through their model.
    """

    key: str
    title: str  # "Unbestätigte Fragen an die Geschäftsstelle"
    period: str  # in words: "7 Tage nach dem Absenden"
    reason: str  # why so long
    due: Callable[[], QuerySet]
    delete: Callable[[QuerySet], object] | None = None
    archive: bool = False  # a public archive must have been offered these records before they go
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class Processing:
    """One entry of the record of processing (Art. 30 GDPR), from which the privacy notice is made too.

    `when` says whether this academy does it at all: what the operator has not switched on is in neither. It is asked
    for every page of the notice, so it reads settings and no table.
    """

    key: str
    title: str
    purpose: str
    basis: str  # "Art. 6 Abs. 1 Buchst. e DSGVO"
    people: str  # whose data
    data: str  # which data
    recipients: str = "niemand außerhalb der Geschäftsstelle"
    retention: tuple[str, ...] = ()  # keys of retention rules
    kept: str = ""  # what no rule deletes: "bis Sie Ihr Konto löschen"; needed where there is no rule
    when: Callable[[], bool] = lambda: True
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A part of *Mein Bereich*; `context` takes the person and answers None when there is nothing to show."""

    key: str
    title: str
    template: str
    context: Callable[[Any], dict[str, Any] | None]
    viewable: bool = False  # the Leitung sees it by *Ansehen als*: never rooms, observations, ballots or reviews
    order: int = 50


WAITING_SHOWN = 101  # tasks that an area names at most: one more than pages count


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody: what to do, where, since or until when."""

    text: str  # "Frage von Perleberg beantworten"
    url: str
    since: datetime | None = None
    until: date | None = None
    owner: int | None = None  # whose task it is in the office, by primary key; None: everybody's


@dataclass(frozen=True, kw_only=True)
class WaitingTasks:
    """Tasks of a person or, with `for_office`, of everybody in the office. A constant number of queries."""

    key: str
    title: str  # "Fragen an die Geschäftsstelle"
    # Takes the person; oldest first, `WAITING_SHOWN` at most, and as many again of the person's own where tasks have
    # owners: what others have to do never hides what is one's own.
    tasks: Callable[[Any], Iterable[Waiting]]
    count: Callable[[], int] | None = None  # how many there are for all, asked when `tasks` names as many as it may
    answers: bool = False  # somebody outside waits for an answer: on the desk these come first
    for_office: bool = False
    url: str = ""  # the whole list
    viewable: bool = False  # as for `Tile`
    order: int = 50


@dataclass(frozen=True)
class PersonalDate:
    """A date or deadline of a person, for their calendar feed too.

    Whoever has the address of the feed reads title and text without signing in: they name no third person.
    """

    uid: str  # stays the same when the date moves
    title: str
    starts: datetime
    ends: datetime | None = None
    url: str = ""
    text: str = ""
    all_day: bool = False
    place: str = ""
    categories: tuple[str, ...] = ()
    is_cancelled: bool = False
    changed_at: datetime | None = None  # None: not known; calendars are told the present moment
    sequence: int = 0  # grows with each change of time, place or state


@dataclass(frozen=True, kw_only=True)
class PersonalDates:
    """Where dates of a person come from."""

    key: str
    dates: Callable[[Any], Iterable[PersonalDate]]
    viewable: bool = False  # as for `Tile`
    order: int = 50
