"""Sign-in by the operator's own provider (OpenID Connect): whom its word stands for.

django-allauth speaks the protocol (code with PKCE and state). Only what the provider calls a verified address counts:
otherwise whoever may type any address there would be anybody here. The provider's name for the person (`sub`) is kept,
so that the two accounts stay together when an address changes on either side.
"""

from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from akademie.accounts.actions.notices import tell
from akademie.accounts.models import User
from akademie.core.actions import NotPossible

PROVIDER = "openid_connect"
NONSENSE = "Der Anbieter hat nicht so geantwortet, wie er müsste. Bitte melden Sie sich mit dem Link per Mail an."
NOT_VERIFIED = (
    "Der Anbieter hat Ihre E-Mail-Adresse nicht bestätigt oder nicht genannt. Bitte melden Sie sich mit dem Link per "
    "Mail an."
)


@dataclass(frozen=True)
class Claims:
    """What a provider says of a person."""

    sub: str
    email: str  # small letters; empty unless the provider calls it verified
    first_name: str
    last_name: str


def read_claims(answer: dict[str, Any]) -> Claims:
    """Return what counts of the provider's answer: `userinfo` and `id_token` as allauth gives them."""
    sources = [source for key in ("userinfo", "id_token") if isinstance(source := answer.get(key), dict)]
    subs = {source.get("sub") for source in sources}
    sub = next(iter(subs), None)
    if len(subs) != 1 or not isinstance(sub, str) or not 0 < len(sub) <= 190:
        raise NotPossible(NONSENSE)
    email = ""
    for source in sources:
        given = source.get("email")
        if source.get("email_verified") is True and isinstance(given, str):
            email = given.strip().lower()
            break
    names = [_name(sources, key) for key in ("given_name", "family_name")]
    return Claims(sub, email, *names)


def _name(sources: list[dict[str, Any]], key: str) -> str:
    given = next((source[key] for source in sources if isinstance(source.get(key), str)), "")
    return " ".join(given.split())[:80]


@transaction.atomic
def person_of(claims: Claims) -> User:
    """Return who this is here: by the provider's name for them, else by their verified address, with a new account."""
    known = SocialAccount.objects.filter(provider=PROVIDER, uid=claims.sub).select_related("user").first()
    if known is not None:
        return known.user
    try:
        validate_email(claims.email)
    except ValidationError:
        raise NotPossible(NOT_VERIFIED) from None
    user = User.objects.filter(email=claims.email).first()
    try:
        with transaction.atomic():
            if user is None:
                names = {"first_name": claims.first_name, "last_name": claims.last_name}
                user = User.objects.create_user(claims.email, **names)
            else:
                tell(user, "Die Anmeldung über das Dienstkonto wurde mit Ihrem Konto verbunden.")
            SocialAccount.objects.create(user=user, provider=PROVIDER, uid=claims.sub, extra_data={})
    except IntegrityError:  # two browsers at once: the other one has just made it
        raise NotPossible("Bitte versuchen Sie es noch einmal.") from None
    return user


@transaction.atomic
def forget_provider(user: User) -> None:
    """Part the account at the provider from this one; repeatable. The same verified address joins them anew."""
    if SocialAccount.objects.filter(user=user).delete()[0]:
        tell(user, "Die Anmeldung über das Dienstkonto wurde vom Konto getrennt.")
