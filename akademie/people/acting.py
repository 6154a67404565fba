"""Who acts with an account that several people share (`info@stadt.de`): they say their name, for one session.

The name goes with what they do: into the log of every area by itself, and wherever an action takes `acting_as`.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

SHARED, NAME = "people.shared", "people.acting_as"  # keys in the session
_acting: ContextVar[str] = ContextVar("who acts in this request", default="")


def current() -> str:
    """Return the name of the person who acts with a shared account; empty for everyone else."""
    return _acting.get()


def is_missing(session: Any) -> bool:
    """Whether the account is shared and nobody has said yet who acts."""
    return bool(session.get(SHARED)) and not session.get(NAME)


def begin(session: Any) -> Any:
    """Take the name from the session for this request; returns what `end` needs."""
    return _acting.set(session.get(NAME, "") if session.get(SHARED) else "")


def end(token: Any) -> None:
    """Forget the name at the end of the request."""
    _acting.reset(token)


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
