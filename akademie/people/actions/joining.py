"""Joining a town or an organisation: asked by the person, decided by somebody there or by the office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.core import frame, limits, stamps
from akademie.core.actions import NotPossible
from akademie.notifications.actions import notify
from akademie.notifications.mail_links import mail_link
from akademie.notifications.types import MailQuestion
from akademie.people import acting, queries
from akademie.people.models import DECIDE_DAYS, Membership, MembershipState, Organisation
from akademie.towns.models import Town

CONFIRM, DECLINE = "people.confirm_joining", "people.decline_joining"
PER_DAY = 10
ENOUGH = "Sie haben heute schon mehrere Beitritte angefragt. Bitte versuchen Sie es morgen noch einmal."


def ask_to_join(
    user: User,
    *,
    town: Town | None = None,
    organisation: Organisation | None = None,
    function: str,
    starts_on: date | None = None,
) -> Membership:
    """Keep the wish to belong somewhere and tell who decides. The same wish twice is one.

    NotPossible for somebody who belongs there already; TooMany after too many wishes within a day.
    """
    limits.count("join", str(user.pk), most=PER_DAY, seconds=24 * 3600, says=ENOUGH)
    try:
        with transaction.atomic():
            asked = Membership.objects.create(
                user=user, town=town, organisation=organisation, function=function, starts_on=starts_on
            )
            page = settings.SITE_URL + reverse("people:decide", args=[asked.pk])
            context = {**_words(asked), "days": DECIDE_DAYS, "link": page}
            for person in queries.deciders(asked):
                links = {"yes": mail_link(CONFIRM, asked, person), "no": mail_link(DECLINE, asked, person)}
                notify("people.joining_asked", to=[person], context={**context, **links})
            return asked
    except IntegrityError:  # asked before, perhaps by the same person a moment ago
        present = Membership.objects.filter(user=user, town=town, organisation=organisation, ends_on=None)
        found = present.exclude(state=MembershipState.DECLINED).first()
        if found is None or found.state == MembershipState.CONFIRMED:
            place = (town or organisation).name  # type: ignore[union-attr]
            raise NotPossible(f"Sie gehören schon zu {place}.") from None
        return found


def ask_for(
    user: User, *, town: Town | None, organisation: str, kind: str, function: str, starts_on: date | None
) -> Membership:
    """Keep the wish to belong to a town, or to an organisation by its name: made if nobody has named it yet."""
    found = None
    if organisation:
        found = queries.organisation_named(organisation) or _new_organisation(organisation, kind)
    return ask_to_join(user, town=town, organisation=found, function=function, starts_on=starts_on)


def _new_organisation(name: str, kind: str) -> Organisation:
    try:
        with transaction.atomic():
            return Organisation.objects.create(name=name, kind=kind)
    except IntegrityError:  # somebody else named it at the same moment
        return Organisation.objects.get(name__iexact=name)


def _words(membership: Membership) -> dict[str, Any]:
    """Return what the mails say."""
    return {
        "membership": membership,
        "person": membership.user.get_full_name() or membership.user.email,
        "place": membership.place,
        "site_name": frame.current()["site_name"],
    }


# -- deciding ---------------------------------------------------------------------------------------------------------
def confirm(membership: Membership, *, by: User) -> Membership:
    """Say that the person belongs there. Pressing twice changes nothing more."""
    return _decide(membership, MembershipState.CONFIRMED, by)


def decline(membership: Membership, *, by: User) -> Membership:
    """Say that the person does not belong there."""
    return _decide(membership, MembershipState.DECLINED, by)


@transaction.atomic
def _decide(membership: Membership, to: MembershipState, by: User) -> Membership:
    locked = Membership.objects.select_for_update().filter(pk=membership.pk).first()
    if locked is None:
        raise NotPossible("Die Person hat ihre Anfrage zurückgezogen.")
    if locked.state == to:
        return locked
    if locked.state != MembershipState.ASKED:
        raise NotPossible(_decided(locked))
    locked.state, locked.decided_at, locked.decided_by = to, timezone.now(), by
    locked.save(update_fields=["state", "decided_at", "decided_by"])
    stamps.bump(queries.STAMP)
    log(instance=locked, action=f"people.{to.value}", user=by)
    context = {**_words(locked), "confirmed": to == MembershipState.CONFIRMED, "by": acting.current() or str(by)}
    notify("people.joining_decided", to=[locked.user], context=context)
    return locked


def ask_to_confirm(membership: Membership, decider: User) -> MailQuestion:
    """Return what the page behind the mail's "yes" says."""
    person, place = _still_open(membership, decider)
    says = f"{person} gehört dann zu {place}, mit der Funktion „{membership.function}“, und bekommt darüber eine Mail."
    return MailQuestion(f"Gehört {person} zu {place}?", (says,), f"Ja, {person} gehört zu uns")


def ask_to_decline(membership: Membership, decider: User) -> MailQuestion:
    """Return what the page behind the mail's "no" says."""
    person, place = _still_open(membership, decider)
    says = f"{person} erfährt durch eine Mail, dass die Zugehörigkeit zu {place} nicht bestätigt ist."
    return MailQuestion(f"Gehört {person} nicht zu {place}?", (says,), "Nein, nicht bestätigen")


def _still_open(membership: Membership, decider: User) -> tuple[str, str]:
    """Return person and place; NotPossible for somebody who has left meanwhile, or when it is decided."""
    if not membership.user.is_active:
        raise NotPossible("Das Konto dieser Person ist gesperrt. Sie müssen nichts tun.")
    if not decider.has_perm("people.decide_joining", membership):
        raise NotPossible("Sie gehören nicht mehr dorthin und können deshalb nicht entscheiden.")
    if membership.state != MembershipState.ASKED:
        raise NotPossible(_decided(membership))
    return str(membership.user), membership.place.name


def _decided(membership: Membership) -> str:
    return (
        f"Das hat {membership.decided_by or 'jemand'} schon entschieden: {membership.get_state_display()}. "
        "Fragen Sie die Geschäftsstelle, wenn das ein Irrtum ist."
    )


def confirm_from_mail(membership: Membership, decider: User) -> str:
    """Confirm by the link of the mail; return what has happened."""
    person, place = _still_open(membership, decider)
    confirm(membership, by=decider)
    return f"{person} gehört jetzt zu {place}."


def decline_from_mail(membership: Membership, decider: User) -> str:
    """Decline by the link of the mail; return what has happened."""
    person, place = _still_open(membership, decider)
    decline(membership, by=decider)
    return f"Die Zugehörigkeit von {person} zu {place} ist nicht bestätigt."


# -- what somebody does there ------------------------------------------------------------------------------------------
@transaction.atomic
def change(membership: Membership, *, function: str, starts_on: date | None, by: User) -> Membership:
    """Say anew what somebody does in a place and since when; NotPossible once they belong there no more.

    Nobody confirms it: what was confirmed is that the person belongs there, and a function gives no rights. But it
    stands beside the name of the town, so those who would confirm a joining there hear of a new one and can object.
    """
    locked = Membership.objects.select_for_update().filter(pk=membership.pk).first()
    if locked is None or not locked.is_current:
        raise NotPossible("Diese Zugehörigkeit ist beendet oder noch nicht bestätigt. Laden Sie die Seite neu.")
    if (locked.function, locked.starts_on) == (function, starts_on):
        return locked
    is_new, locked.function, locked.starts_on = locked.function != function, function, starts_on
    locked.save(update_fields=["function", "starts_on"])
    stamps.bump(queries.STAMP)
    log(instance=locked, action="people.change", user=by)
    if is_new:
        page = locked.town.get_absolute_url() if locked.town else "/menschen/"
        context = {**_words(locked), "link": settings.SITE_URL + page}
        notify("people.function_changed", to=queries.deciders(locked), context=context)
    return locked


# -- leaving ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def end_membership(membership: Membership, *, by: User) -> None:
    """End a membership today; a wish that nobody has answered yet is withdrawn and gone. Twice is once."""
    locked = Membership.objects.select_for_update().filter(pk=membership.pk).first()
    if locked is None or locked.ends_on or locked.state == MembershipState.DECLINED:
        return
    if locked.state == MembershipState.ASKED:
        locked.delete()
        return
    locked.ends_on = timezone.localdate()
    locked.save(update_fields=["ends_on"])
    stamps.bump(queries.STAMP)
    log(instance=locked, action="people.end", user=by)
