"""Who acts with an account that several people share (`info@stadt.de`): they say their name, for a session or one act.

The name goes with what they do: into the log of every area by itself, and wherever an action takes `acting_as`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from akademie.people.models import Profile

SHARED, NAME = "people.shared", "people.acting_as"  # keys in the session
_session: ContextVar[Any] = ContextVar("the session of this request", default=None)
_said: ContextVar[str | None] = ContextVar("the name said for one act only", default=None)


def current() -> str:
    """Return the name of the person who acts with a shared account; empty for everyone else."""
    if (said := _said.get()) is not None:
        return said
    session = _session.get()
    return "" if session is None or not session.get(SHARED) else str(session.get(NAME, ""))


def is_shared() -> bool:
    """Whether whoever is signed in shares the account with others."""
    session = _session.get()
    return session is not None and bool(session.get(SHARED))


@contextmanager
def acting_as(name: str) -> Iterator[None]:
    """Do what is within in this person's name, whoever is signed in; without a name in nobody's."""
    token = _said.set(name)
    try:
        yield
    finally:
        _said.reset(token)


def is_shared_mailbox(email: str) -> bool:
    """Whether this address belongs to an account that several people share."""
    return Profile.objects.filter(user__email=email, is_shared=True).exists()


def is_missing(session: Any) -> bool:
    """Whether the account is shared and nobody has said yet who acts."""
    return bool(session.get(SHARED)) and not session.get(NAME)


def begin(session: Any) -> Any:
    """Keep the session at hand for this request; it is read by who asks only. Returns what `end` needs."""
    return _session.set(session)


def end(token: Any) -> None:
    """Forget the session at the end of the request."""
    _session.reset(token)


def set_shared(session: Any, shared: bool) -> None:
    """Note in the session whether its account is shared."""
    if shared:
        session[SHARED] = True
    else:
        session.pop(SHARED, None)
        session.pop(NAME, None)


def set_name(session: Any, name: str) -> None:
    """Note who acts until the session ends."""
    session[NAME] = name
