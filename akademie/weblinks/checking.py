"""The jobs: once a day look where links stand, once a week ask each of them, a few at a time.

A job takes twenty links at most and a minute at most, then gives way to other jobs; the next one goes on where it has
stopped. A job that is killed has only lost time: its links are due again an hour later.
"""

import time
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from akademie.core import stamps
from akademie.weblinks import archiving, collecting, judging
from akademie.weblinks.asking import Answer, Finding, look
from akademie.weblinks.models import State, WebLink

AT_ONCE = 20
BUDGET = 60.0  # seconds after which a job begins with no further link
CLAIMED = timedelta(hours=1)
PAUSE = 1.0  # seconds between two questions to the same server
TOO_MANY = 429
OFFLINE_HOSTS = 3  # when so many servers or more are silent and none answers, it is our own line that is down


@task(priority=-10)
def collect_and_check() -> None:
    """Look where links stand, forget copies that are not allowed any more, then check what is due."""
    collecting.collect()
    archiving.forget_what_is_not_allowed()
    check_due.enqueue()


@task(priority=-10)
def check_due() -> None:
    """Check some of what is due, and ask for the next job when there is more."""
    check(_claimed())
    if WebLink.objects.due().exists():
        check_due.enqueue()


@task()
def check_these(pks: list[int]) -> None:
    """Check some links now, because somebody waits for it."""
    check(list(WebLink.objects.filter(pk__in=pks)))


@task(priority=-10)
def collect_these(things: dict[str, list[str]]) -> None:
    """Look which links some things have now, and check those that are new."""
    collecting.collect(things)
    check_due.enqueue()


def _claimed() -> list[WebLink]:
    """Take some links that are due, so that no other job takes them."""
    with transaction.atomic():
        links = list(WebLink.objects.due().select_for_update(skip_locked=True).order_by("due_on", "pk")[:AT_ONCE])
        until = timezone.now() + CLAIMED
        WebLink.objects.filter(pk__in=[link.pk for link in links]).update(claimed_until=until)
    return links


def check(links: Iterable[WebLink]) -> None:
    """Ask for each of these links and note what came of it, as long as there is time; the others stay as they are.

    Servers that are silent are noted at the end, and not while our own line is down: then they are asked tomorrow.
    """
    allowed = archiving.wanted()
    end = time.monotonic() + BUDGET
    asked: dict[str, float] = {}
    left: list[int] = []
    full: set[str] = set()  # servers that want to be left alone for now
    silent: list[tuple[WebLink, Answer]] = []
    answered: set[str] = set()
    for link in links:
        if time.monotonic() > end or link.host in full:
            left.append(link.pk)
            continue
        _wait(link.host, asked)
        answer = look(link)
        if answer.status == TOO_MANY:
            full.add(link.host)
        if link.host and answer.status is None and answer.finding is Finding.FAILED:
            silent.append((link, answer))
            continue
        if answer.status:
            answered.add(link.host)
        _note(link, answer)
        if link.state in (State.FINE, State.MOVED) and link.url in allowed and archiving.is_due(link):
            _wait(link.host, asked)
            archiving.keep(link, allowed[link.url])
    if answered - {""} or len({link.host for link, _ in silent}) < OFFLINE_HOSTS:
        for link, answer in silent:
            _note(link, answer)
    else:
        tomorrow = timezone.localdate() + timedelta(days=1)
        WebLink.objects.filter(pk__in=[link.pk for link, _ in silent]).update(due_on=tomorrow, claimed_until=None)
    WebLink.objects.filter(pk__in=left).exclude(host__in=full).update(claimed_until=None)


def _note(link: WebLink, answer: Answer) -> None:
    before = link.state
    judging.note(link, answer)
    # Not `save`: the link may have been taken from the site while we asked.
    WebLink.objects.filter(pk=link.pk).update(**{name: getattr(link, name) for name in judging.FIELDS})
    if State.BROKEN in (before, link.state) and before != link.state:
        stamps.bump(archiving.STAMP)


def _wait(host: str, asked: dict[str, float]) -> None:
    """Leave a server some time between two questions."""
    if host:
        time.sleep(max(0.0, asked.get(host, 0.0) + PAUSE - time.monotonic()))
        asked[host] = time.monotonic()
