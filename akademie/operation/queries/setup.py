"""What is still to do before going live, and what the demo has left behind."""

from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.utils.crypto import salted_hmac

from akademie.core.contributions import Health, Light, demo_data, operator_duties
from akademie.operation.models import ConfirmedDuty
from akademie.operation.queries.backups import is_on_the_same_disk

SECRET_KEY_KEPT = "operation.secret_key"  # noqa: S105  (the name of a duty)
NAMED = 3  # duties that the self-test names


@dataclass(frozen=True)
class DutyLine:
    """One duty as the list shows it."""

    title: str
    why: str
    url: str
    is_done: bool


def duties() -> list[DutyLine]:
    """Return all duties in their order."""
    return [DutyLine(duty.title, duty.why, duty.url(), duty.is_done()) for duty in operator_duties]


def duties_health() -> Health:
    """Say how much is still to do before going live."""
    missing = [duty.title for duty in operator_duties if not duty.is_done()]
    if not missing:
        return Health(Light.GREEN, "Alle Pflichten vor dem Start sind erledigt.")
    more = len(missing) - NAMED
    named = ", ".join(missing[:NAMED]) + (f" und {more} weitere" if more > 0 else "")
    return Health(Light.YELLOW, f"Noch offen: {named}. Die Liste steht unter Betrieb, Vor dem Start.")


# -- duties that the environment decides ----------------------------------------------------------------------------
def has_public_address() -> bool:
    """Whether the address of the site is one for everybody; then it has TLS too, or the start is refused."""
    return not settings.LOOPBACK


def can_mail() -> bool:
    """Whether there is a mail server, and a sender that others can answer."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return bool(settings.EMAIL_HOST) and "." in host and not host.endswith((".example", ".local"))


def backups_are_elsewhere() -> bool:
    """Whether a broken disk leaves the backups."""
    return not is_on_the_same_disk()


def secret_key_mark() -> str:
    """Return a word that stands for the secret key and does not tell it."""
    return salted_hmac(SECRET_KEY_KEPT, "", algorithm="sha256").hexdigest()


def secret_key_is_kept() -> bool:
    """Whether somebody has confirmed that the present key is kept in a second place."""
    return ConfirmedDuty.objects.filter(key=SECRET_KEY_KEPT, mark=secret_key_mark()).exists()


# -- the demo -------------------------------------------------------------------------------------------------------
def demo_left() -> list[str]:
    """Return what of the demo is still here, one German line each."""
    return [line for data_set in demo_data if data_set.remove for line in data_set.remove.preview()]


def is_no_demo() -> bool:
    """Whether this is a real academy, with nothing of the demo in it."""
    return not settings.DEMO and not demo_left()
