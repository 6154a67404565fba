"""Who acts with an account that several people share (`info@stadt.de`): they say their name, for a session or one act.

The name goes with what they do: into the log of every area by itself, and wherever an action takes `acting_as`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth import SESSION_KEY

from akademie.core.stamps import Kept
from akademie.people.models import Profile
from akademie.people.queries import STAMP

NAME = "people.acting_as"  # key in the session
_session: ContextVar[Any] = ContextVar("the session of this request", default=None)
_said: ContextVar[str | None] = ContextVar("the name said for one act only", default=None)
# Few accounts are shared. Kept here and not in the session, so that all open sessions of an account know at once.
_shared = Kept(STAMP, lambda: set(Profile.objects.filter(is_shared=True).values_list("user_id", flat=True)))


def current() -> str:
    """Return the name of the person who acts with a shared account; empty for everyone else."""
    if (said := _said.get()) is not None:
        return said
    session = _session.get()
    return str(session.get(NAME, "")) if _has_shared(session) else ""


def is_shared() -> bool:
    """Whether whoever is signed in shares the account with others."""
    return _has_shared(_session.get())


def _has_shared(session: Any) -> bool:
    key = None if session is None else session.get(SESSION_KEY)
    return key is not None and int(key) in _shared.get()


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
    return _has_shared(session) and not session.get(NAME)


def begin(session: Any) -> Any:
    """Keep the session at hand for this request; it is read by who asks only. Returns what `end` needs."""
    return _session.set(session)


def end(token: Any) -> None:
    """Forget the session at the end of the request."""
    _session.reset(token)


def set_name(session: Any, name: str) -> None:
    """Note who acts until the session ends."""
    session[NAME] = name
