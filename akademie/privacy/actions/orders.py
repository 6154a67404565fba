"""Getting one's own data: an archive made in the background; for people without an account by a confirmed address."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from akademie.accounts.models import User
from akademie.core import frame, limits
from akademie.core.actions import NotPossible
from akademie.core.mail import send_mail
from akademie.privacy.archive import write_archive
from akademie.privacy.models import KEPT_DAYS, DataOrder, DataOrderQuerySet, OrderState, archive_folder
from akademie.privacy.queries.subjects import order_of, subject_at, subject_of

SALT, ARCHIVE_SALT = "privacy.address", "privacy.archive"
LINK_MINUTES = 60
LINKS_PER_ADDRESS_AND_HOUR, LINKS_PER_SENDER_AND_HOUR = 3, 20
FORGOTTEN = timedelta(hours=3)  # longer than any job runs: an order that is still open then is begun anew
ENOUGH = (
    "An diese Adresse gingen gerade schon mehrere Links. Bitte sehen Sie in Posteingang und Spam-Ordner nach "
    "oder versuchen Sie es in einer Stunde noch einmal."
)
ENOUGH_OF_SENDER = (
    "Von Ihrem Anschluss wurden gerade schon viele Links angefordert. Bitte versuchen Sie es in einer Stunde noch "
    "einmal."
)
USELESS = "Dieser Link ist abgelaufen oder unvollständig. Bitte fordern Sie einen neuen an."


# -- people without an account ----------------------------------------------------------------------------------------
def send_link(email: str, *, sender: str) -> None:
    """Mail a link to whoever asks, known or not. TooMany after three to one address or twenty of one sender an hour."""
    limits.count("privacy sender", sender, most=LINKS_PER_SENDER_AND_HOUR, seconds=3600, says=ENOUGH_OF_SENDER)
    limits.count("privacy link", email, most=LINKS_PER_ADDRESS_AND_HOUR, seconds=3600, says=ENOUGH)
    context = {"link": address_link(email), "minutes": LINK_MINUTES, "site_name": frame.current()["site_name"]}
    send_mail("privacy/mail/address_link", [email], context)


def address_link(email: str) -> str:
    """Return the whole address at which somebody with this mailbox sees what is known about it."""
    return settings.SITE_URL + reverse("privacy:by_address", args=[signing.dumps(email, salt=SALT)])


def read_token(token: str) -> str:
    """Return the address that a link confirms; NotPossible when it is too old or changed."""
    try:
        email: str = signing.loads(token, salt=SALT, max_age=timedelta(minutes=LINK_MINUTES))
    except signing.BadSignature:
        raise NotPossible(USELESS) from None
    return email


def archive_word(token: str) -> str:
    """Return the word of the archive that a link leads to; NotPossible when the link is too old or changed."""
    try:
        word: str = signing.loads(token, salt=ARCHIVE_SALT, max_age=timedelta(days=KEPT_DAYS))
    except signing.BadSignature:
        raise NotPossible(
            "Dieser Link ist abgelaufen oder unvollständig. Bitte bestellen Sie Ihre Daten neu."
        ) from None
    return word


# -- ordering ---------------------------------------------------------------------------------------------------------
def order(email: str, user: User | None = None) -> DataOrder:
    """Have everything about a person put together. Two orders at once, or one on top of another, are one archive."""
    found = order_of(email, user)
    if found and (found.state == OrderState.READY or found.created_at > timezone.now() - FORGOTTEN):
        return found
    try:
        with transaction.atomic():
            if found:
                DataOrder.objects.filter(pk=found.pk, state=OrderState.OPEN).update(created_at=timezone.now())
            else:
                found = DataOrder.objects.create(email=email, user=user)
            make_archive.enqueue(found.pk)
    except IntegrityError:  # the other browser was quicker
        return DataOrder.objects.of(email, user).get(state=OrderState.OPEN)
    return found


def order_anew(email: str, user: User | None = None) -> DataOrder:
    """Have it put together again, with what has come since; the older archive goes."""
    forget(DataOrder.objects.of(email, user).filter(state=OrderState.READY))
    return order(email, user)


@task()
def make_archive(pk: int) -> None:
    """Write the archive of an order and tell the person. Runs twice at will."""
    found = DataOrder.objects.select_related("user").filter(pk=pk, state=OrderState.OPEN).first()
    if found is None:  # done, or the person is gone
        return
    write_archive(found.path, subject_of(found.user) if found.user else subject_at(found.email))
    with transaction.atomic():
        ready = DataOrder.objects.select_for_update().filter(pk=pk, state=OrderState.OPEN)
        if not ready.update(state=OrderState.READY, ready_at=timezone.now(), size=found.path.stat().st_size):
            found.path.unlink(missing_ok=True)  # deleted meanwhile, with the account
            return
        address = found.user.email if found.user else found.email  # which may have changed meanwhile
        send_mail("privacy/mail/archive_ready", [address], _ready_words(found), key=f"privacy.archive:{found.pk}")


def _ready_words(found: DataOrder) -> dict[str, object]:
    if found.user:
        path = reverse("privacy:my_data")
    else:
        path = reverse("privacy:archive", args=[signing.dumps(found.word, salt=ARCHIVE_SALT)])
    values = frame.current()
    return {
        "link": settings.SITE_URL + path, "days": KEPT_DAYS, "site_name": values["site_name"],
        "has_account": found.user is not None,
    }  # fmt: skip


def claim(user: User) -> None:
    """Let what was ordered with an address be fetched by the account that has it now; one open order is enough."""
    guests = DataOrder.objects.filter(email=user.email, user=None)
    if DataOrder.objects.filter(user=user, state=OrderState.OPEN).exists():
        forget(guests.filter(state=OrderState.OPEN))
    guests.update(user=user)


# -- time -------------------------------------------------------------------------------------------------------------
def forget(orders: DataOrderQuerySet) -> None:
    """Delete orders, and their archives once that is certain."""
    paths = [one.path for one in orders]
    orders.delete()
    for path in paths:
        transaction.on_commit(partial(path.unlink, missing_ok=True))


def delete_stray_archives() -> None:
    """Delete archives that no order knows: after a crash, or when a backup was put back."""
    known = {f"{word}.zip" for word in DataOrder.objects.values_list("word", flat=True)}
    before = (timezone.now() - timedelta(days=1)).timestamp()
    for path in archive_folder().glob("*"):
        if path.name not in known and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
