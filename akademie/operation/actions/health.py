"""Looking at everything, noting what was found; signs of life and of requests to others."""

import logging
import threading
import time
from collections.abc import Iterable
from datetime import timedelta

from django.db import connections
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from akademie.core.contributions import Health, HealthCheck, Light, health_checks
from akademie.core.jobs import worker_name
from akademie.operation.models import HealthResult, OutsideHost, SignOfLife

log = logging.getLogger(__name__)
PATIENCE = 30.0  # seconds for all checks together; they run side by side
SLACK = timedelta(seconds=30)  # a check is due a little early rather than one round late
BEAT = 10.0  # seconds between two signs of life
KEPT_SIGNS, KEPT_HOSTS = timedelta(days=7), timedelta(days=400)


class _Look(threading.Thread):
    """One check under way, in a thread: it may hang without holding up the others."""

    def __init__(self, check: HealthCheck) -> None:
        super().__init__(name=f"check {check.key}", daemon=True)
        self.check = check
        self.found: Health | None = None

    def run(self) -> None:
        try:
            self.found = self.check.look()
        except Exception as error:
            log.exception("The check %s failed", self.check.key)
            self.found = Health(
                Light.RED,
                f"Diese Prüfung ist selbst gescheitert ({type(error).__name__}). Zeigen Sie das Ihrer Technik; "
                "mehr dazu steht unter „Fehler“.",
            )
        finally:
            connections.close_all()


_under_way: dict[str, _Look] = {}  # what has not come back yet, so that a check that hangs hangs once


def look(checks: Iterable[HealthCheck], *, seconds: float = PATIENCE) -> None:
    """Look at these, side by side, and note what was found; what has not come back in time is red."""
    looks = [_begin(check) for check in checks]
    end = time.monotonic() + seconds
    for begun in looks:
        begun.join(max(0.0, end - time.monotonic()))
        found = begun.found or Health(
            Light.RED, f"Diese Prüfung hat in {seconds:.0f} Sekunden nicht geantwortet. Zeigen Sie das Ihrer Technik."
        )
        note(begun.check.key, found)


def _begin(check: HealthCheck) -> _Look:
    hanging = _under_way.get(check.key)
    if hanging is not None and hanging.is_alive():
        return hanging
    begun = _under_way[check.key] = _Look(check)
    begun.start()
    return begun


def note(key: str, found: Health) -> None:
    """Note what a check found, and since when it is so."""
    now = timezone.now()
    values = {"light": found.light.value, "sentence": found.sentence[:500], "looked_at": now}
    known = HealthResult.objects.filter(key=key)
    if known.filter(light=found.light.value).update(**values) or known.update(**values, since=now):
        return
    HealthResult.objects.get_or_create(key=key, defaults={**values, "since": now})


def look_at_everything(*, seconds: float = PATIENCE) -> None:
    """Look at everything now."""
    look(health_checks, seconds=seconds)


@task()
def look_at_what_is_due() -> None:
    """Look at what has not been looked at for as long as each check says, and forget checks that are gone."""
    seen = dict(HealthResult.objects.values_list("key", "looked_at"))
    soon = timezone.now() + SLACK
    look([check for check in health_checks if check.key not in seen or seen[check.key] + check.every <= soon])
    HealthResult.objects.exclude(key__in=[check.key for check in health_checks]).delete()
    OutsideHost.objects.filter(day__lt=timezone.localdate() - KEPT_HOSTS).delete()


def show_life(stop: threading.Event) -> None:
    """Show that this worker lives, until told to stop."""
    SignOfLife.objects.filter(seen_at__lt=timezone.now() - KEPT_SIGNS).delete()
    while not stop.is_set():
        SignOfLife.objects.update_or_create(name=worker_name(), defaults={"seen_at": timezone.now()})
        connections.close_all()
        stop.wait(BEAT)


def note_outside(host: str) -> None:
    """Count a request to somebody else's server."""
    today = timezone.localdate()
    row, _is_new = OutsideHost.objects.get_or_create(host=host[:253], day=today)
    OutsideHost.objects.filter(pk=row.pk).update(count=F("count") + 1)
