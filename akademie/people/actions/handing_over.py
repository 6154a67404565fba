"""Stelle übergeben: what belongs to a post moves to whoever follows, in one step; the town stays."""

from __future__ import annotations

from collections.abc import Iterable
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
from akademie.people.actions import joining
from akademie.people.models import Handover, Membership, MembershipState

FOLLOW = "people.follow"
PER_DAY = 10
ENOUGH = "Sie haben heute schon mehrere Einladungen verschickt. Bitte versuchen Sie es morgen noch einmal."
USELESS = (
    "Diese Einladung ist zurückgezogen. Bitte fragen Sie die Person, die Sie eingeladen hat, oder die Geschäftsstelle."
)
MOVED = (
    "Das Konto, an das diese Einladung ging, hat jetzt eine andere Adresse. Melden Sie sich mit ihr an: Die Einladung "
    "steht dort in „Mein Bereich“."
)
ONESELF = "Das ist eine Adresse der Person, die übergibt. Bitte nennen Sie die Person, die nachfolgt."
GONE = "Diese Stelle ist schon übergeben oder beendet."


# -- before -----------------------------------------------------------------------------------------------------------
def preview(post: Membership, to: User) -> list[str]:
    """Return what a handover does, one German line each; changes nothing. `to` may be nobody's account yet."""
    lines = [f"Die Stelle: {post.function}, {post.place.name}"]
    own = _present(post, to)
    if own and own.state == MembershipState.CONFIRMED:
        lines.append(
            f"{to} hat hier schon eine Stelle: {own.function}. Sie endet heute, die neue beginnt heute. Bleibt es bei "
            "beidem, nennt die Person danach beides unter „Meine Städte“."
        )
    for area in people_data:
        if area.hand_over:
            lines += area.hand_over.preview(post.user, to, post)
    return lines


def doubtful(post: Membership, to: User) -> list[tuple[str, str]]:
    """Return key and line of what may belong to the post or to the person, to be ticked one by one."""
    return [
        (f"{area.key}:{key}", line)
        for area in people_data
        if area.hand_over and area.hand_over.doubtful
        for key, line in area.hand_over.doubtful(post.user, to, post)
    ]


# -- the step ---------------------------------------------------------------------------------------------------------
def hand_over(post: Membership, *, to: User, by: User, along: Iterable[str] = ()) -> Membership:
    """Hand a post over to somebody with an account at once, and return the new membership.

    `along` holds the keys of `doubtful` that were ticked. Everything or nothing. Pressing twice is pressing once;
    NotPossible when the post went to somebody else meanwhile.
    """
    return _move(post, to, by, started_by=by, along=along)


@transaction.atomic
def _move(post: Membership, to: User, by: User, *, started_by: User | None, along: Iterable[str]) -> Membership:
    locked = Membership.objects.select_for_update().filter(pk=post.pk).first()
    if locked is None:
        raise NotPossible("Diese Stelle gibt es nicht mehr.")
    if to.pk == locked.user_id:
        raise NotPossible(ONESELF)
    done = Handover.objects.filter(post=locked).first()
    if locked.ends_on and done and done.done_at and done.to_user_id == to.pk:
        return _present(locked, to) or locked
    if not locked.is_current:
        raise NotPossible(f"{GONE} Laden Sie die Seite neu.")
    _move_belongings(locked, to, along)
    locked.ends_on = timezone.localdate()
    locked.save(update_fields=["ends_on"])
    follower = _begin_anew(locked, to, by)
    now = {
        "to_email": to.email, "to_user": to, "started_by": started_by, "done_at": timezone.now(), "along": [],
    }  # fmt: skip
    handed, _ = Handover.objects.update_or_create(post=locked, defaults=now)
    handed.post = locked
    stamps.bump(queries.STAMP)
    log(instance=locked, action="people.hand_over", user=by)
    context = {**_words(handed), "to": to.get_full_name() or to.email}
    for person, yours in ((locked.user, False), (to, True)):
        notify("people.handed_over", to=[person], context={**context, "yours": yours}, reply_to=_office_asked(handed))
    return follower


def _move_belongings(post: Membership, to: User, along: Iterable[str]) -> None:
    ticked = _known(post, to, along)
    for area in people_data:
        if area.hand_over:
            area.hand_over.run(post.user, to, post)
            keys = {key.removeprefix(f"{area.key}:") for key in ticked if key.startswith(f"{area.key}:")}
            if keys and area.hand_over.run_doubtful:
                area.hand_over.run_doubtful(post.user, to, post, keys)


def _known(post: Membership, to: User, along: Iterable[str]) -> list[str]:
    """Return what may be ticked among these keys, which come from a form."""
    return sorted({key for key, _line in doubtful(post, to)} & set(along))


def _begin_anew(post: Membership, to: User, by: User) -> Membership:
    """Give the successor the post. What they were there before ends; a wish to join turns into it."""
    User.objects.select_for_update().get(pk=to.pk)  # who gets two posts at once gets one after the other
    follower = _present(post, to)
    if follower and follower.state == MembershipState.CONFIRMED:
        joining.end_membership(follower, by=by)
        follower = None
    follower = follower or Membership(user=to, town=post.town, organisation=post.organisation)
    follower.function, follower.starts_on = post.function, post.ends_on
    follower.state, follower.decided_at, follower.decided_by = MembershipState.CONFIRMED, timezone.now(), by
    follower.save()
    return follower


def _present(post: Membership, to: User) -> Membership | None:
    """Return what a person already has in the place of a post: a membership, or the wish for one."""
    if to.pk is None:
        return None
    here = Membership.objects.of_place(post).filter(user=to, ends_on=None)
    return here.exclude(state=MembershipState.DECLINED).first()


def _words(handover: Handover) -> dict[str, Any]:
    post, asker = handover.post, handover.started_by
    return {
        "post": post,
        "place": post.place,
        "person": post.user.get_full_name() or post.user.email,
        "by_office": handover.by_office,
        "asker": (asker.get_full_name() or asker.email) if asker else "",
        "site_name": frame.current()["site_name"],
    }


def _office_asked(handover: Handover) -> str:
    """Return whom answers go to when the office hands over for somebody who may be gone."""
    return handover.started_by.email if handover.by_office and handover.started_by else ""


# -- by invitation ----------------------------------------------------------------------------------------------------
def offer(post: Membership, *, email: str, by: User, along: Iterable[str] = ()) -> Handover:
    """Invite whoever owns an address to follow; nothing moves until they accept. A new address ends the old link.

    The same whether the address has an account or not.
    """
    if queries.is_or_was_address_of(post.user, email):
        raise NotPossible(ONESELF)
    limits.count("handover", str(by.pk), most=PER_DAY, seconds=24 * 3600, says=ENOUGH)
    with transaction.atomic():
        locked = Membership.objects.select_for_update().filter(pk=post.pk).first()
        if locked is None or not locked.is_current:
            raise NotPossible(f"{GONE} Laden Sie die Seite neu.")
        just_now = timezone.now() - timedelta(seconds=60)
        if twice := Handover.objects.filter(post=locked, to_email=email, done_at=None, started_at__gt=just_now).first():
            return twice
        given = {
            "to_email": email, "to_user": None, "started_by": by, "started_at": timezone.now(),
            "along": _known(locked, User(email=email), along),
        }  # fmt: skip
        offered, _ = Handover.objects.update_or_create(post=locked, defaults=given)
        offered.post = locked
        context = {**_words(offered), "link": mail_link(FOLLOW, offered, email), "until": offered.open_until}
        notify("people.handover_offered", to=[email], context=context, reply_to=by.email)
        log(instance=locked, action="people.offer", user=by)
    return offered


@transaction.atomic
def withdraw(post: Membership, *, by: User) -> None:
    """Take an invitation back that nobody has accepted yet."""
    locked = Membership.objects.select_for_update().get(pk=post.pk)
    if Handover.objects.filter(post=locked, done_at=None).delete()[0]:
        log(instance=locked, action="people.withdraw_offer", user=by)


# -- the answer -------------------------------------------------------------------------------------------------------
def ask_to_follow(offered: Handover, email: str) -> MailQuestion:
    """Return what the page behind the invitation says."""
    asked = what_to_accept(offered, email)
    account = f"Gibt es zu {email} noch kein Konto, legen wir eines an. Ein Passwort brauchen Sie nicht."
    return MailQuestion(asked.heading, (*asked.sentences, account), asked.button)


def what_to_accept(offered: Handover, email: str) -> MailQuestion:
    """Return what somebody accepts with a post; NotPossible when the invitation has ended."""
    post = _still_offered(offered, email)
    person, place = post.user.get_full_name() or post.user.email, post.place.name
    of_whom = f"Die Geschäftsstelle bittet Sie, die Stelle von {person} zu übernehmen" if offered.by_office else ""
    says = [
        f"{of_whom or f'{person} übergibt Ihnen diese Stelle'}: {post.function}, {place}.",
        "Mit der Stelle geht auf Sie über, was daran hängt, zum Beispiel offene Anfragen.",
    ]
    user = User.objects.filter(email=email).first()
    own = _present(post, user) if user else None
    if own and own.state == MembershipState.CONFIRMED:
        says.append(
            f"Ihre bisherige Stelle dort ({own.function}) endet damit heute. Bleibt es bei beidem, nennen Sie danach "
            "beides unter „Meine Städte“."
        )
    return MailQuestion(f"Stelle in {place} übernehmen", tuple(says), "Stelle übernehmen")


def _still_offered(offered: Handover, email: str) -> Membership:
    if not offered.is_for(email):
        raise NotPossible(MOVED if offered.to_email == email else USELESS)
    if email == offered.post.user.email:
        raise NotPossible(ONESELF)
    if offered.done_at or not offered.post.is_current:
        raise NotPossible(f"{GONE} Bitte fragen Sie die Geschäftsstelle.")
    if offered.open_until < timezone.localdate():
        raise NotPossible(f"Diese Einladung galt bis {offered.open_until:%d.%m.%Y}. Bitten Sie um eine neue.")
    return offered.post


def follow_from_mail(offered: Handover, email: str) -> str:
    """Follow into a post by the link of the invitation; return what has happened."""
    _still_offered(offered, email)
    post = follow(offered, email=email)
    return f"Die Stelle „{post.function}“ in {post.place.name} ist jetzt Ihre. Melden Sie sich mit {email} an."


@transaction.atomic
def follow(offered: Handover, *, email: str) -> Membership:
    """Follow into a post: the account is made if need be, and everything moves. Pressing twice is pressing once."""
    post = Membership.objects.select_for_update().get(pk=offered.post_id)
    present = Handover.objects.select_related("post", "started_by", "to_user").filter(pk=offered.pk).first()
    if present is None:  # withdrawn between two looks
        raise NotPossible(USELESS)
    user = User.objects.filter(email=email).first()
    if not (user and present.done_at and present.to_user_id == user.pk):
        _still_offered(present, email)
    user = user or User.objects.create_user(email)
    if not user.is_active:
        raise NotPossible("Dieses Konto ist gesperrt. Bitte wenden Sie sich an die Geschäftsstelle.")
    return _move(post, user, user, started_by=present.started_by, along=present.along)
