"""Questions about accounts."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

import segno
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from akademie.accounts.models import AddressChange, RecoveryCode, Role, User
from akademie.core import frame, stamps

FIRST_LEAD = "accounts.first_lead"  # the stamp that changes when the academy gets its first Leitung
# Nobody owns their addresses, which end in `.example`.
DEMO_PEOPLE = (
    ("leitung@akademie.example", "Lena", "Leitner", Role.LEAD),
    ("redaktion@akademie.example", "Rita", "Rahn", Role.EDITOR),
    ("buergermeisterin@stadt.example", "Berta", "Burg", Role.PARTICIPANT),
)
DEMO_ADDRESSES = frozenset(address for address, *_ in DEMO_PEOPLE)


def has_lead() -> bool:
    """Whether a real person leads this academy; demo people do not count."""
    leads = User.objects.filter(role=Role.LEAD, is_active=True)
    return leads.exclude(email__in=DEMO_ADDRESSES).exists()


def waits_for_its_lead() -> bool:
    """Whether this is a real academy that nobody leads yet."""
    return not settings.DEMO and not has_lead()


def first_lead_word() -> str:
    """Return a word that changes when the academy gets its first Leitung: what was signed with it ends then."""
    return stamps.current().get(FIRST_LEAD, "")


def unused_codes(user: User) -> int:
    """Return how many recovery codes a person has left."""
    return user.recovery_codes.filter(used_at=None).count()


def lead_has_codes() -> bool:
    """Whether a real person of the Leitung can sign in without mail."""
    codes = RecoveryCode.objects.filter(used_at=None, user__role=Role.LEAD, user__is_active=True)
    return codes.exclude(user__email__in=DEMO_ADDRESSES).exists()


# -- second factor ----------------------------------------------------------------------------------------------------
TOTP, PASSKEY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN


def factors(user: User) -> set[str]:
    """Return which kinds of factors a person has: an app (`TOTP`), a passkey, both or none."""
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def is_asked_for_second_factor(user: User) -> bool:
    """Whether a mail link is not enough to get in.

    Whoever has set up an app wants to be asked. A passkey alone is a way in of its own, so that a town hall's computer
    with the passkey does not lock out the phone at home; for the office it is the second factor as well.
    """
    has = factors(user)
    return TOTP in has or (user.is_office and PASSKEY in has)


def lacks_second_factor(user: User) -> bool:
    """Whether a person must set up a second factor before the work of the office is shown."""
    return settings.SECOND_FACTOR and user.is_office and not factors(user)


def app_of(user: User) -> Authenticator | None:
    """Return what a person's app was set up with, or None."""
    return Authenticator.objects.filter(user=user, type=TOTP).first()


def passkeys_of(user: User) -> list[Authenticator]:
    """Return a person's passkeys, the oldest first."""
    return list(Authenticator.objects.filter(user=user, type=PASSKEY).order_by("created_at", "pk"))


def app_picture(user: User, secret: str) -> dict[str, str]:
    """Return what an app needs to be set up: a picture to scan, an address to open, signs to type."""
    name = frame.current()["site_name"]
    label = quote(f"{name}:{user.email}")
    address = f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': name}, quote_via=quote)}"
    return {
        "picture": segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=3, light="#fff"),
        "address": address,
        "typed": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
    }


# -- account ----------------------------------------------------------------------------------------------------------
BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
DEVICES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class SignedIn:
    """One browser in which somebody is signed in."""

    pk: int
    browser: str
    since: datetime
    is_here: bool


def sessions_of(user: User, here: str) -> list[SignedIn]:
    """Return where a person is signed in, this browser (its session's key) first, then the newest."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = UserSession.objects.filter(user=user, session_key__in=alive).order_by("-created_at", "-pk")[:100]
    found = [SignedIn(row.pk, browser_name(row.user_agent), row.created_at, row.session_key == here) for row in rows]
    return sorted(found, key=lambda one: not one.is_here)


def browser_name(agent: str) -> str:
    """Return what people call a browser and its device, from what it says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "Unbekannter Browser")
    device = next((name for mark, name in DEVICES if mark in agent), "")
    return f"{browser} auf {device}" if device else browser


def address_change(user: User) -> AddressChange | None:
    """Return the address that a person wants and has not confirmed."""
    return AddressChange.objects.filter(user=user).first()


def provider_name() -> str:
    """Return what the operator's own provider is called; nothing when there is none."""
    return settings.OIDC_NAME if settings.OIDC_ISSUER else ""


def provider_accounts(user: User) -> int:
    """Return how many accounts at the operator's provider lead to this person."""
    return SocialAccount.objects.filter(user=user).count()
