"""How the log speaks: each area names its things and what people do with them, so that the log reads as sentences."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Model

from akademie.core.contributions import ContributionPoint


@dataclass(frozen=True, kw_only=True)
class Named:
    """Where things of one kind keep what the log says of them, as lookups, so that it is found by it as well.

    What is about a person is found by `people` and `names`.
    """

    people: tuple[str, ...] = ()  # links to accounts: "user"
    names: tuple[str, ...] = ()  # names and addresses of people: "sender_email"
    words: tuple[str, ...] = ()  # the rest: "function", "town__name"


@dataclass(frozen=True, kw_only=True)
class LogWords:
    """The words of an area. `{person}` and `{thing}` stand for who did it and to what, `{data[…]}` for what was noted.

    A thing is named by its article in the accusative ("die"), its verbose name and the label that the log keeps.
    `describe` takes the keys of things of one kind, as the log keeps them, and says of those that still exist whose
    they are and where ("Berta Burg, Perleberg"), with one question to the database. It is asked for display alone:
    the log keeps nothing of it, so that it forgets who is gone. `named` says by which fields such things are found.
    """

    key: str  # the area
    things: dict[type[Model], str] = field(default_factory=dict)  # HelpRequest: "die"
    deeds: dict[str, str] = field(default_factory=dict)  # "exchange.closed": "{person} hat {thing} geschlossen."
    describe: dict[type[Model], Callable[[list[str]], dict[str, str]]] = field(default_factory=dict)
    named: dict[type[Model], Named] = field(default_factory=dict)
    order: int = 50


log_words = ContributionPoint("log_words", LogWords)
