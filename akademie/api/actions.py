"""What is done with keys and with what programs hand in: drafts, of which the editors decide."""

import re
import secrets
from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.accounts.queries import lacks_second_factor
from akademie.api.handed_in import fill
from akademie.api.models import AccessKey, digest_of
from akademie.api.problems import Problem
from akademie.api.queries import HANDED_IN, Collection, etag_of
from akademie.core.actions import NotPossible
from akademie.core.records import Record
from akademie.notifications.actions import notify
from akademie.people import acting

PK = re.compile(r"[0-9]{1,18}")
MOST_KEYS = 10  # of one person at a time
KEY_MADE, KEY_WITHDRAWN = "api.key_made", "api.key_withdrawn"
ENDED = (
    "Diesen Zugangsschlüssel gibt es nicht, oder er gilt nicht mehr. Einen neuen macht die Redaktion in ihrem Konto."
)
NO_ROLE = (
    "Das Konto dieses Schlüssels gehört nicht (mehr) zur Redaktion, oder ihm fehlt der zweite Schritt der Anmeldung."
)
WAITS = "Zu diesem Datensatz liegt schon ein Entwurf bei der Redaktion. Bitte warten Sie, bis sie entschieden hat."
CHANGED = "Der Datensatz hat sich geändert. Bitte lesen Sie ihn neu und schicken Sie dann dessen ETag in If-Match."
TAKEN = "Das gibt es schon. Haben Sie es selbst eingereicht, dann ist alles gut: Es ist angekommen."


# -- keys -------------------------------------------------------------------------------------------------------------
@transaction.atomic
def make_key(name: str, ends_on: date, *, by: User) -> str:
    """Return a new key, to be shown this one time; the person hears of it by mail."""
    User.objects.select_for_update().get(pk=by.pk)  # two at once: the second one sees the first one's key
    valid = AccessKey.objects.valid().filter(user=by)
    if valid.filter(name=name).exists():
        raise NotPossible("Einen Schlüssel mit diesem Namen haben Sie schon. Bitte wählen Sie einen anderen.")
    if valid.count() >= MOST_KEYS:
        raise NotPossible(f"Mehr als {MOST_KEYS} Schlüssel gehen nicht. Bitte ziehen Sie zuerst einen zurück.")
    word = f"ksa_{secrets.token_urlsafe(32)}"
    key = AccessKey.objects.create(user=by, name=name, digest=digest_of(word), ends_on=ends_on)
    log(instance=key, action=KEY_MADE, user=by)
    notify(KEY_MADE, to=[by], context={"key": key})
    return word


@transaction.atomic
def withdraw_key(pk: str, *, by: User) -> None:
    """End one of somebody's own keys at once; repeatable."""
    key = AccessKey.objects.filter(user=by, withdrawn_at=None, pk=int(pk) if PK.fullmatch(pk) else 0).first()
    if key and AccessKey.objects.filter(pk=key.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        log(instance=key, action=KEY_WITHDRAWN, user=by)


def use_key(word: str) -> AccessKey:
    """Return the key that this is, and note its use; Problem when it opens nothing.

    The role is asked each time, as the back office does. Within a transaction the key's uses come one after the other,
    and one that is withdrawn meanwhile opens nothing.
    """
    valid = AccessKey.objects.valid()
    key = valid.filter(digest=digest_of(word)).select_related("user").first()
    if key is None or not valid.filter(pk=key.pk).update(last_used_at=timezone.now()):
        raise Problem(401, ENDED, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
    if not (key.user.is_active and key.user.is_office) or lacks_second_factor(key.user):
        raise Problem(403, NO_ROLE)
    return key


# -- what programs hand in --------------------------------------------------------------------------------------------
@transaction.atomic
def hand_in(collection: Collection, told: Any, *, word: str) -> Record:
    """Keep a new record as a draft, in the name of the key's person. Problem says what must be different."""
    key = use_key(word)
    row = cast(Record, collection.kind.model(live=False))
    _fill(row, collection, told, whole=False)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # two at once
        raise Problem(409, TAKEN) from None
    _keep(row, key)
    return row


@transaction.atomic
def propose(collection: Collection, name: str, told: Any, if_match: list[str], *, word: str) -> Record:
    """Keep a change of a public record as a draft; the record itself stays. Problem says what must be different."""
    key = use_key(word)
    named = collection.rows_of_all().select_for_update().filter(**{collection.lookup: name})
    row = None if "\0" in name else named.first()  # databases refuse a zero character
    if row is None:
        raise Problem(404, f"„{name[:60]}“ gibt es hier nicht. Neues reichen Sie mit POST ein.")
    if not row.live or row.has_unpublished_changes:
        raise Problem(409, WAITS)
    if etag_of(collection.one(name)) not in if_match:
        raise Problem(412, CHANGED)
    _fill(row, collection, told, whole=True)
    if getattr(row, collection.lookup) != name:
        raise Problem(422, "Das Kürzel eines Datensatzes bleibt gleich.", errors={"id": f"Hier gehört „{name}“ hin."})
    _keep(row, key)
    return row


def _fill(row: Record, collection: Collection, told: Any, *, whole: bool) -> None:
    try:
        fill(row, collection, told, whole=whole)
    except ValidationError as refusal:
        names = {one.target: one.name for one in collection.fields if one.written}
        errors = {names.get(name, name): " ".join(refusal.message_dict[name]) for name in refusal.error_dict}
        first, says = next(iter(errors.items()))
        if any(one.code == "unique" for found in refusal.error_dict.values() for one in found):
            raise Problem(409, TAKEN, errors=errors) from None
        raise Problem(422, f"Das passt noch nicht: {first}: {says}", errors=errors) from None


def _keep(row: Record, key: AccessKey) -> None:
    with acting.acting_as(""):  # a cookie that comes along says nothing
        row.save_revision(user=key.user, log_action=HANDED_IN, clean=False)
