"""Who may see a view: declared on the view itself. Without a declaration a view is for signed-in people only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

View = Callable[..., HttpResponseBase]


class SignInFirst(Exception):
    """A guest asked for something that may be theirs after signing in; the middleware leads to the sign-in."""


def public(view: View) -> View:
    """Declare a view open to everyone."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    wrapper.access = "public"  # type: ignore[attr-defined]
    return wrapper


def requires(permission: str, model: type[Model] | None = None, lookup: str = "pk") -> Callable[[View], View]:
    """Load the object named in the address, check the rule, hand the object to the view.

    Who may not see a thing gets 404, so that its existence is not told; a guest is asked to sign in.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            found = [get_object_or_404(model, **{lookup: kwargs.pop(lookup)})] if model else []
            if not request.user.has_perm(permission, *found):
                raise Http404 if request.user.is_authenticated else SignInFirst
            return view(request, *found, **kwargs)

        wrapper.access = permission  # type: ignore[attr-defined]
        return wrapper

    return decorate


def viewable(view: View) -> View:
    """Declare a view that *Ansehen als* shows although it is not public; without this it stays hidden.

    Never for rooms, observations, ballots, reviews and somebody's account. Stands above the declaration of who may see
    it.
    """
    view.viewable = True  # type: ignore[attr-defined]
    return view


def uncounted(view: View) -> View:
    """Declare a view that the statistics of visits leave out, because what people do there is anonymous.

    Stands above the declaration of who may see it.
    """
    view.uncounted = True  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Declare a view open to everyone who is signed in."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            raise SignInFirst
        return view(request, *args, **kwargs)

    wrapper.access = "signed in"  # type: ignore[attr-defined]
    return wrapper
