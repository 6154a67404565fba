"""What is done with the portal: its start page takes its place, calendars are read, somebody looks as others."""

from collections.abc import Callable

from django.db import transaction
from wagtail.log_actions import log

from akademie.accounts.models import Role, User
from akademie.cms import actions as cms
from akademie.core.actions import NotPossible
from akademie.portal.models import CalendarAddress, StartPage, new_calendar_word


@transaction.atomic
def install_start_page(say: Callable[[str], None]) -> None:
    """Make the start page the root of the site, once; the office's wording of it stays."""
    cms.install_start_page(StartPage.objects.first() or StartPage(title="Startseite", slug="start"))
    say("Die Startseite steht.")


@transaction.atomic
def make_calendar_address(*, by: User) -> CalendarAddress:
    """Give a person a secret address for their calendar program; an older one ends."""
    address, _made = CalendarAddress.objects.update_or_create(user=by, defaults={"word": new_calendar_word()})
    return address


def end_calendar_address(*, by: User) -> None:
    """End the address: the calendar program gets nothing any more."""
    CalendarAddress.objects.filter(user=by).delete()


def look_as(person: User, *, by: User) -> None:
    """Note that the Leitung looks at the site as somebody else; NotPossible for oneself and for other Leitung."""
    if person == by:
        raise NotPossible("Das sind Sie selbst. Wählen Sie jemand anderen.")
    if person.role == Role.LEAD or not person.is_active:
        raise NotPossible("Das geht nur bei aktiven Personen, die nicht selbst zur Leitung gehören.")
    log(instance=person, action="portal.look_as", user=by)
