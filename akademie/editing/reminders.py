"""The mail that asks whether something still is right, and its three answers: each a link and one press."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from akademie.accounts.models import User
from akademie.core import frame
from akademie.core.actions import NotPossible
from akademie.editing import actions, queries
from akademie.editing.models import ASKED_AGAIN_DAYS, Upkeep
from akademie.notifications.actions import notify
from akademie.notifications.mail_links import mail_link
from akademie.notifications.types import MailQuestion

CHECK = "editing.check"
STILL_RIGHT, MUST_CHANGE, ARCHIVE = "editing.still_right", "editing.must_change", "editing.archive"
THINGS_IN_A_MAIL = 5  # more would be put off
NOT_YOURS = "Diese Frage geht an die Geschäftsstelle, und Sie gehören nicht mehr dazu. Sie müssen nichts tun."
BETWEEN_MAILS = timedelta(days=7)


@task()
def ask_whether_still_right() -> None:
    """Keep up with what is published, and ask the people of the office about what is due.

    A few things at once, a mail a week at most. Who is away is not asked; whoever stands in is.
    """
    actions.take_note_of_all()
    today = timezone.localdate()
    lately = Upkeep.objects.filter(asked_on__gt=today - BETWEEN_MAILS, owner__isnull=False).values("owner")
    due = Upkeep.objects.due().exclude(asked_on__gt=today - timedelta(days=ASKED_AGAIN_DAYS))
    people = {one.pk: one for one in queries.colleagues()}
    stands_in = queries.substitutes()
    for owner in queries.colleagues().filter(pk__in=due.values("owner")).exclude(pk__in=lately):
        with transaction.atomic():
            rows = list(due.select_for_update().filter(owner=owner).order_by("due_on", "pk")[:THINGS_IN_A_MAIL])
            if rows:
                Upkeep.objects.filter(pk__in=[one.pk for one in rows]).update(asked_on=today)
                _ask(rows, people.get(stands_in.get(owner.pk, owner.pk), owner), owner, today)


def _ask(rows: list[Upkeep], reader: User, owner: User, today: date) -> None:
    things = [
        {
            "title": one.title, "url": settings.SITE_URL + one.url, "checked_on": one.checked_on,
            "still_right": mail_link(STILL_RIGHT, one, reader), "must_change": mail_link(MUST_CHANGE, one, reader),
            "archive": mail_link(ARCHIVE, one, reader),
        }
        for one in rows
    ]  # fmt: skip
    context = {
        "things": things, "owner": owner if reader != owner else None, "site_name": frame.current()["site_name"],
        "link": settings.SITE_URL + reverse("editing:upkeep"),
    }  # fmt: skip
    notify(CHECK, to=[reader], context=context, once=f"{CHECK} {owner.pk} {today}")


# -- the answers ------------------------------------------------------------------------------------------------------
def ask_still_right(upkeep: Upkeep, person: Any) -> MailQuestion:
    """What the page behind *stimmt noch* says."""
    _check(upkeep, person)
    until = queries.due_after(timezone.localdate(), upkeep.rhythm)
    says = f"Wir notieren, dass Sie den Inhalt heute geprüft haben. Das nächste Mal fragen wir am {until:%d.%m.%Y}."
    return MailQuestion(f"Stimmt „{upkeep.title}“ noch?", (says,), "Ja, stimmt noch")


def take_still_right(upkeep: Upkeep, person: Any) -> str:
    """Note it."""
    actions.confirm(upkeep, by=_check(upkeep, person))
    return f"Danke. „{upkeep.title}“ gilt als heute geprüft."


def ask_must_change(upkeep: Upkeep, person: Any) -> MailQuestion:
    """What the page behind *muss geändert werden* says."""
    _check(upkeep, person)
    says = "Der Inhalt kommt auf den Schreibtisch der Geschäftsstelle. Er bleibt so lange sichtbar, wie er ist."
    return MailQuestion(f"Muss sich „{upkeep.title}“ ändern?", (says,), "Ja, muss geändert werden")


def take_must_change(upkeep: Upkeep, person: Any) -> str:
    """Note it."""
    actions.flag(upkeep, by=_check(upkeep, person))
    return f"Danke. „{upkeep.title}“ steht jetzt auf dem Schreibtisch der Geschäftsstelle."


def ask_to_archive(upkeep: Upkeep, person: Any) -> MailQuestion:
    """What the page behind *archivieren* says."""
    _check(upkeep, person)
    says = "Der Inhalt verschwindet von der Website und aus der Suche. In der Redaktion bleibt er als Entwurf."
    return MailQuestion(f"Soll „{upkeep.title}“ ins Archiv?", (says,), "Ja, von der Website nehmen")


def take_to_archive(upkeep: Upkeep, person: Any) -> str:
    """Do it."""
    actions.archive(upkeep, by=_check(upkeep, person))
    return f"„{upkeep.title}“ steht nicht mehr auf der Website. In der Redaktion finden Sie den Entwurf."


def _check(upkeep: Upkeep, person: Any) -> User:
    """Return whoever was asked; NotPossible when there is nothing to answer any more."""
    if not (isinstance(person, User) and person.is_office):
        raise NotPossible(NOT_YOURS)
    if not upkeep.is_shown:
        raise NotPossible(actions.NOT_THERE)
    return person
