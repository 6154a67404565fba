"""Stelle übergeben: what belongs to a post moves to whoever follows, in one step; the town stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.core import frame, limits, stamps
from akademie.core.actions import NotPossible
from akademie.core.contributions import people_data
from akademie.notifications.actions import notify
from akademie.notifications.mail_links import mail_link
from akademie.notifications.types import MailQuestion
from akademie.people import queries
from akademie.people.models import Handover, Membership, MembershipState

FOLLOW = "people.follow"
PER_DAY = 10
ENOUGH = "Sie haben heute schon mehrere Einladungen verschickt. Bitte versuchen Sie es morgen noch einmal."
USELESS = (
    "Diese Einladung ist zurückgezogen. Bitte fragen Sie die Person, die Sie eingeladen hat, oder die Geschäftsstelle."
)
ONESELF = "Diese Adresse gehört zur Stelle selbst. Bitte nennen Sie die Person, die Ihnen nachfolgt."


def preview(post: Membership, to: User) -> list[str]:
    """Return what moves with a post, one German line each; changes nothing."""
    lines = [f"Die Stelle: {post.function}, {post.place.name}"]
    for area in people_data:
        if area.hand_over:
            lines += area.hand_over.preview(post.user, to, post)
    return lines


def hand_over(post: Membership, *, to: User, by: User) -> Membership:
    """Hand a post over to somebody with an account at once, and return the new membership.

    Everything or nothing. Pressing twice is pressing once; NotPossible when the post went to somebody else meanwhile.
    """
    _refuse_oneself(post, to.email)
    return _move(post, to, by)


@transaction.atomic
def _move(post: Membership, to: User, by: User) -> Membership:
    locked = Membership.objects.select_for_update().filter(pk=post.pk).first()
    if locked is None:
        raise NotPossible("Diese Stelle gibt es nicht mehr.")
    done = Handover.objects.filter(post=locked).first()
    if locked.ends_on and done and done.done_at and done.to_user_id == to.pk:
        return _present(locked, to) or locked
    if not locked.is_current:
        raise NotPossible("Diese Stelle ist schon übergeben oder beendet. Laden Sie die Seite neu.")
    for area in people_data:
        if area.hand_over:
            area.hand_over.run(locked.user, to, locked)
    locked.ends_on = timezone.localdate()
    locked.save(update_fields=["ends_on"])
    follower = _present(locked, to) or Membership(
        user=to, town=locked.town, organisation=locked.organisation, starts_on=locked.ends_on
    )
    if follower.state != MembershipState.CONFIRMED:
        follower.state, follower.decided_at, follower.decided_by = MembershipState.CONFIRMED, timezone.now(), by
    follower.function = locked.function
    follower.save()
    now = {"to_email": to.email, "to_user": to, "started_by": by, "done_at": timezone.now()}
    Handover.objects.update_or_create(post=locked, defaults=now)
    stamps.bump(queries.STAMP)
    log(instance=locked, action="people.hand_over", user=by)
    context = {**_words(locked), "to": to.get_full_name() or to.email}
    notify("people.handed_over", to=[locked.user], context={**context, "yours": False})
    notify("people.handed_over", to=[to], context={**context, "yours": True})
    return follower


def _present(post: Membership, to: User) -> Membership | None:
    """Return what a person already has in the place of a post: a membership, or the wish for one."""
    here = Membership.objects.of_place(post).filter(user=to, ends_on=None)
    return here.exclude(state=MembershipState.DECLINED).select_for_update().first()


def _refuse_oneself(post: Membership, email: str) -> None:
    if email.casefold() == post.user.email.casefold():
        raise NotPossible(ONESELF)


def _words(post: Membership) -> dict[str, Any]:
    return {
        "post": post,
        "place": post.place,
        "person": post.user.get_full_name() or post.user.email,
        "site_name": frame.current()["site_name"],
    }


# -- by invitation ----------------------------------------------------------------------------------------------------
def offer(post: Membership, *, email: str, by: User) -> Handover:
    """Invite whoever owns an address to follow; nothing moves until they accept. A new address ends the old link.

    The same whether the address has an account or not.
    """
    _refuse_oneself(post, email)
    limits.count("handover", str(by.pk), most=PER_DAY, seconds=24 * 3600, says=ENOUGH)
    with transaction.atomic():
        locked = Membership.objects.select_for_update().filter(pk=post.pk).first()
        if locked is None or not locked.is_current:
            raise NotPossible("Diese Stelle ist schon übergeben oder beendet. Laden Sie die Seite neu.")
        just_now = timezone.now() - timedelta(seconds=60)
        if twice := Handover.objects.filter(post=locked, to_email=email, done_at=None, started_at__gt=just_now).first():
            return twice
        offered, _ = Handover.objects.update_or_create(
            post=locked, defaults={"to_email": email, "started_by": by, "started_at": timezone.now()}
        )
        context = {**_words(locked), "link": mail_link(FOLLOW, offered, email), "until": offered.open_until}
        notify("people.handover_offered", to=[email], context=context, reply_to=locked.user.email)
        log(instance=locked, action="people.offer", user=by)
    return offered


@transaction.atomic
def withdraw(post: Membership, *, by: User) -> None:
    """Take an invitation back that nobody has accepted yet."""
    locked = Membership.objects.select_for_update().get(pk=post.pk)
    if Handover.objects.filter(post=locked, done_at=None).delete()[0]:
        log(instance=locked, action="people.withdraw_offer", user=by)


def ask_to_follow(offered: Handover, email: str) -> MailQuestion:
    """Return what the page behind the invitation says."""
    post = _still_offered(offered, email)
    person = post.user.get_full_name() or post.user.email
    says = (
        f"{person} übergibt Ihnen die Stelle „{post.function}“ in {post.place.name}.",
        "Mit der Stelle geht auf Sie über, was daran hängt, zum Beispiel offene Anfragen.",
        f"Gibt es zu {email} noch kein Konto, legen wir eines an. Ein Passwort brauchen Sie nicht.",
    )
    return MailQuestion(f"Stelle in {post.place.name} übernehmen", says, "Stelle übernehmen")


def _still_offered(offered: Handover, email: str) -> Membership:
    if offered.to_email != email:
        raise NotPossible(USELESS)
    if offered.done_at or not offered.post.is_current:
        raise NotPossible("Diese Stelle ist schon übergeben oder beendet. Bitte fragen Sie die Geschäftsstelle.")
    return offered.post


def follow_from_mail(offered: Handover, email: str) -> str:
    """Follow into a post by the link of the invitation; return what has happened."""
    post = follow(offered, email=email)
    return f"Die Stelle „{post.function}“ in {post.place.name} ist jetzt Ihre. Melden Sie sich mit {email} an."


@transaction.atomic
def follow(offered: Handover, *, email: str) -> Membership:
    """Follow into a post: the account is made if need be, and everything moves."""
    post = Membership.objects.select_for_update().get(pk=offered.post_id)
    present = Handover.objects.select_related("post").filter(pk=offered.pk).first()
    if present is None:  # withdrawn between two looks
        raise NotPossible(USELESS)
    _still_offered(present, email)
    user = User.objects.filter(email=email).first() or User.objects.create_user(email)
    if not user.is_active:
        raise NotPossible("Dieses Konto ist gesperrt. Bitte wenden Sie sich an die Geschäftsstelle.")
    return _move(post, user, user)
