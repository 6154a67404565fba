"""The weekly mail: what may wait, once a week in one mail with a few lines."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django_tasks import task

from akademie.accounts.models import User
from akademie.core import frame
from akademie.core.mail import send_all, words_of
from akademie.core.outbox import KEY_HEADER
from akademie.notifications.models import Delivery, DeliveryChoice, Notice, SilentAddress
from akademie.notifications.types import notification_types
from akademie.notifications.unsubscribing import ways_out

KIND = "notifications.weekly"
MOST_LINES = 7
TUESDAY, AT = 1, time(7, 0)  # on the clock on the wall
OLDEST = timedelta(days=28)  # older than that is no news; it is still in Mein Bereich
AT_ONCE = 200  # people of one transaction
OVERVIEW = "/mein-bereich/"


@task()
def send_weekly() -> None:
    """Mail everybody who has lines from before Tuesday morning, once a week however often this runs.

    Runs every morning: when no worker was there on Tuesday, the mail comes on the next day.
    """
    week = week_of(timezone.now())
    while _send_some(week):
        pass


def week_of(now: datetime) -> date:
    """Return the Tuesday whose weekly mail is the newest that is due."""
    day = timezone.localdate(now)
    tuesday = day - timedelta(days=(day.weekday() - TUESDAY) % 7)
    return tuesday if _begin(tuesday) <= now else tuesday - timedelta(days=7)


def _begin(tuesday: date) -> datetime:
    return timezone.make_aware(datetime.combine(tuesday, AT))


def _lines(week: date) -> QuerySet[Notice]:
    """Return the lines that wait for this mail; what came later waits for the next one."""
    end = _begin(week)
    return Notice.objects.filter(mailed_for=None, created_at__lt=end, created_at__gte=end - OLDEST)


def _readers(week: date) -> QuerySet[User]:
    mine, stopped = {"user": OuterRef("pk")}, {"kind": KIND, "delivery": Delivery.NEVER}
    return User.objects.filter(
        Exists(_lines(week).filter(**mine)),
        ~Exists(Notice.objects.filter(mailed_for=week, **mine)),
        ~Exists(DeliveryChoice.objects.filter(**mine, **stopped)),
        ~Exists(SilentAddress.objects.filter(email=OuterRef("email"), marked_at__isnull=False)),
        is_active=True,
    )


@transaction.atomic
def _send_some(week: date) -> int:
    """Write to some of the readers and note it with the lines; return how many they were.

    The rows of the people are the lock: another worker takes others, and what it has just written to finds no lines.
    """
    readers = _readers(week).select_for_update(skip_locked=True, no_key=True, of=("self",))
    people = {user.pk: user for user in readers.order_by("pk")[:AT_ONCE]}
    lines = defaultdict(list)
    for notice in _lines(week).filter(user__in=people).order_by("order", "-created_at", "-pk"):
        lines[notice.user_id].append(notice)
    site_name = frame.current()["site_name"]
    send_all(_mail(people[pk], notices, week, site_name) for pk, notices in lines.items())
    _lines(week).filter(user__in=people).update(mailed_for=week)
    return len(people)


def _mail(user: User, notices: list[Notice], week: date, site_name: str) -> EmailMessage:
    kind = notification_types.get(KIND)
    assert kind is not None  # declared by this area itself
    context = {
        "name": user.first_name,
        "notices": notices[:MOST_LINES],
        "more": max(0, len(notices) - MOST_LINES),
        "overview": settings.SITE_URL + OVERVIEW,
        "site_name": site_name,
    }
    subject, body = words_of(kind.mail, context)
    footer, headers = ways_out(kind, user)
    headers[KEY_HEADER] = f"{KIND}:{week}:{user.pk}"
    return EmailMessage(subject, body + footer, to=[user.email], headers=headers)
