"""What people do with their account: ask for a sign-in link, use it."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from akademie.accounts.models import User, new_link_word
from akademie.core.actions import NotPossible
from akademie.core.mail import send_mail

SALT = "accounts.sign_in"
LINKS_PER_QUARTER_HOUR = 5


def sign_in_token(email: str, next_path: str = "") -> str:
    """Return the signed part of a sign-in link. It works once: using it changes the account's word."""
    user = User.objects.filter(email=email).first()
    return signing.dumps({"email": email, "word": user.link_word if user else "", "next": next_path}, salt=SALT)


def sign_in_address(email: str, next_path: str = "") -> str:
    """Return the whole address of a sign-in link."""
    return settings.SITE_URL + reverse("accounts:confirm", args=[sign_in_token(email, next_path)])


def send_sign_in_link(email: str, *, next_path: str = "") -> None:
    """Send a link to any address, known or not: who has no account yet gets one by using the link.

    NotPossible after five links to one address within 15 minutes.
    """
    key = f"sign-in:{email}"
    cache.add(key, 0, timeout=15 * 60)
    if cache.incr(key) > LINKS_PER_QUARTER_HOUR:
        raise NotPossible(
            "An diese Adresse gingen gerade schon mehrere Links. Bitte sehen Sie im Posteingang und im Spam-Ordner nach "
            "oder versuchen Sie es in 15 Minuten noch einmal."
        )
    context = {"link": sign_in_address(email, next_path), "minutes": settings.SIGN_IN_LINK_MINUTES}
    send_mail("accounts/mail/sign_in_link", [email], context)


def read_token(token: str) -> dict[str, str]:
    """Return what a link says; NotPossible when it is too old, changed or used. Changes nothing."""
    try:
        says: dict[str, str] = signing.loads(token, salt=SALT, max_age=timedelta(minutes=settings.SIGN_IN_LINK_MINUTES))
    except signing.BadSignature:
        raise NotPossible("Dieser Link ist abgelaufen oder unvollständig. Bitte fordern Sie einen neuen an.") from None
    user = User.objects.filter(email=says["email"]).first()
    if (user.link_word if user else "") != says["word"]:
        raise NotPossible("Dieser Link wurde schon benutzt. Bitte fordern Sie einen neuen an.")
    if user and not user.is_active:
        raise NotPossible("Dieses Konto ist gesperrt. Bitte wenden Sie sich an die Geschäftsstelle.")
    return says


@transaction.atomic
def use_sign_in_link(token: str) -> tuple[User, str]:
    """Use a link up and return the person and the path to go on to. Creates the account of a new address."""
    says = read_token(token)
    user = User.objects.select_for_update().filter(email=says["email"]).first()
    if user is None:
        user = User.objects.create_user(says["email"])
    elif user.link_word != says["word"]:  # two browsers at once: the second one waited for the lock
        raise NotPossible("Dieser Link wurde schon benutzt. Bitte fordern Sie einen neuen an.")
    else:
        user.link_word = new_link_word()
        user.save(update_fields=["link_word"])
    return user, says["next"]
