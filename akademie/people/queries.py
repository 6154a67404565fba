"""Questions about people: who may see what of whom, who belongs where, who decides, what a person is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils import timezone

from akademie.accounts.models import Role, User
from akademie.core.contributions import WAITING_SHOWN, Waiting
from akademie.core.stamps import Kept
from akademie.people.models import (
    MAX_TOPICS,
    MONTH,
    Audience,
    ContactRequest,
    ContactState,
    Direction,
    Handover,
    Membership,
    MembershipQuerySet,
    MembershipState,
    Organisation,
    Profile,
    ProfileTopic,
)
from akademie.towns.models import Town

STAMP = "menschen"
PARTS = ("name", "function", "helps", "seeks", "about", "phone")
TOLD = 2  # people of the office that hear of a joining, when nobody is in the town yet
MEMBERS_TOLD = 5
MOST_OF_TOWN = 50  # people that a town's page names; the directory has all


# -- who may see what -------------------------------------------------------------------------------------------------
def audience_of(user: Any) -> Audience:
    """Return the circle that a viewer belongs to. The office sees here what participants see, not more."""
    return Audience.PARTICIPANTS if user is not None and user.is_authenticated else Audience.PUBLIC


def shows(profile: Profile, part: str, user: Any) -> bool:
    """Whether a person shows a part of the profile to this viewer; nothing is shown further than the name."""
    needed = audience_of(user)
    return profile.show_name >= needed and getattr(profile, f"show_{part}") >= needed


def visible_to(user: Any) -> QuerySet[Profile]:
    """Return the profiles whose name this viewer may see."""
    return visible_to_audience(audience_of(user))


def visible_to_audience(audience: Audience) -> QuerySet[Profile]:
    """Return the profiles that show their name to a circle; whoever has not said a name is not shown."""
    return Profile.objects.filter(_named(), show_name__gte=audience, user__is_active=True)


def _named() -> Q:
    return Q(user__first_name__gt="") | Q(user__last_name__gt="")


@dataclass(frozen=True)
class Post:
    """A place and a function, as pages show them."""

    place: str
    url: str
    function: str
    state: str = ""  # the Land of a town
    kind: str = ""
    town: Town | None = None


@dataclass
class Card:
    """What a viewer may see of a person. What they may not see is not in it."""

    pk: int
    name: str
    url: str
    posts: list[Post] = field(default_factory=list)
    helps: list[ProfileTopic] = field(default_factory=list)
    seeks: list[ProfileTopic] = field(default_factory=list)

    @property
    def tab(self) -> str:
        """The places, for the tab of the index card."""
        return ", ".join(post.place for post in self.posts)

    @property
    def functions(self) -> str:
        """What the person does, in one line."""
        return ", ".join(dict.fromkeys(post.function for post in self.posts))

    @property
    def figures(self) -> list[tuple[str, str]]:
        """The two lists, for the foot of the index card."""
        lists = ((Direction.HELPS.label, self.helps), (Direction.SEEKS.label, self.seeks))
        return [(str(label), ", ".join(one.topic.name for one in found)) for label, found in lists if found]


def posts_of(memberships: Iterable[Membership]) -> list[Post]:
    """Return memberships as pages show them; they come with their town and organisation."""
    return [
        Post(
            place=one.place.name,
            url=one.town.get_absolute_url() if one.town else "",
            function=one.function,
            state=one.town.state if one.town else "",
            kind=one.kind,
            town=one.town,
        )
        for one in memberships
    ]


def cards(pks: Iterable[int], audience: Audience) -> list[Card]:
    """Return what a circle may see of these profiles, in the order given, with three queries however many they are."""
    pks = list(pks)
    profiles = {one.pk: one for one in visible_to_audience(audience).filter(pk__in=pks).select_related("user")}
    posts, topics = _posts(profiles.values(), audience), _topics(profiles.values(), audience)
    return [
        Card(
            pk=pk,
            name=profile.user.get_full_name(),
            url=profile.get_absolute_url(),
            posts=posts[profile.user_id],
            helps=topics[pk, Direction.HELPS],
            seeks=topics[pk, Direction.SEEKS],
        )
        for pk in pks
        if (profile := profiles.get(pk))
    ]


def _posts(profiles: Iterable[Profile], audience: Audience) -> dict[int, list[Post]]:
    shown = [one.user_id for one in profiles if one.show_function >= audience]
    rows = Membership.objects.current().filter(user__in=shown).select_related("town", "organisation").order_by("pk")
    found: dict[int, list[Post]] = defaultdict(list)
    for row in rows:
        found[row.user_id] += posts_of([row])
    return found


def _topics(profiles: Iterable[Profile], audience: Audience) -> dict[tuple[int, str], list[ProfileTopic]]:
    by_pk = {one.pk: one for one in profiles}
    rows = ProfileTopic.objects.filter(profile__in=by_pk).select_related("topic").order_by("position")
    found: dict[tuple[int, str], list[ProfileTopic]] = defaultdict(list)
    for row in rows:
        if getattr(by_pk[row.profile_id], f"show_{row.direction}") >= audience:
            found[row.profile_id, row.direction].append(row)
    return found


@dataclass(frozen=True)
class Shown:
    """A profile's page for one viewer."""

    card: Card
    about: str
    phone: str


def shown(profile: Profile, user: Any) -> Shown:
    """Return what a viewer, who may see the name, sees of a profile."""
    (card,) = cards([profile.pk], audience_of(user))
    about = profile.about if shows(profile, "about", user) else ""
    return Shown(card, about, profile.phone if shows(profile, "phone", user) else "")


def _town_members(audience: Audience) -> QuerySet[Membership]:
    """Return who belongs to a town and shows it to a circle: `visible_to_audience`, asked from the other end."""
    shown = {"user__profile__show_name__gte": audience, "user__profile__show_function__gte": audience}
    return Membership.objects.current().filter(_named(), **shown, town__isnull=False, user__is_active=True)


def _towns_with_people(audience: Audience) -> set[str]:
    return set(_town_members(audience).values_list("town_id", flat=True))


# Most towns show nobody: their profile, the page that is opened most, then asks the database for no people at all.
_peopled = {
    audience: Kept(STAMP, partial(_towns_with_people, audience))
    for audience in (Audience.PARTICIPANTS, Audience.PUBLIC)
}


def people_of_town(town: Any, user: Any) -> list[tuple[str, str, str]]:
    """Return who belongs to a town and shows it to this viewer: name, address of the profile, function there."""
    audience = audience_of(user)
    if town.pk not in _peopled[audience].get():
        return []
    rows = _town_members(audience).filter(town=town.pk).order_by("user__last_name", "user__first_name", "pk")
    values = rows.values_list("user__profile", "user__first_name", "user__last_name", "function")
    return [
        (f"{first} {last}".strip(), f"/menschen/{pk}/", function) for pk, first, last, function in values[:MOST_OF_TOWN]
    ]


def town_panel(request: HttpRequest, town: Any) -> dict[str, Any] | None:
    """Return what a town's page says about its people; nothing when it shows none to this viewer."""
    people = people_of_town(town, request.user)
    return {"people": people, "url": f"/menschen/?stadt={town.pk}"} if people else None


# -- memberships ------------------------------------------------------------------------------------------------------
def memberships_of(user: Any) -> MembershipQuerySet:
    """Return where a person belongs or has asked to, current ones first."""
    mine = Membership.objects.filter(user=user).select_related("town", "organisation", "decided_by")
    return mine.order_by(F("ends_on").desc(nulls_first=True), "state", "pk")


def posts_panel(request: HttpRequest, address: str) -> dict[str, Any] | None:
    """Return what the office can do about posts when mails to an address come back; None where it is about no post.

    These are the posts of whoever has it, and those to which its owner was invited.
    """
    posts = list(memberships_of(User.objects.filter(email=address).first()).current())
    offers = Handover.objects.waiting().filter(to_email__iexact=address).order_by("started_at", "pk")
    offered = list(offers.select_related("post__user", "post__town", "post__organisation"))
    return {"posts": posts, "offered": offered} if posts or offered else None


def colleagues(membership: Membership) -> QuerySet[User]:
    """Return who else is confirmed in the same town or organisation."""
    there = Membership.objects.of_place(membership).current().exclude(user=membership.user_id)
    return User.objects.filter(pk__in=there.values("user"), is_active=True).order_by("last_name", "first_name", "pk")


def deciders(membership: Membership) -> list[User]:
    """Return who is asked about a joining: some who are there; two of the office when nobody is."""
    return list(colleagues(membership)[:MEMBERS_TOLD]) or office_people()


def office_people() -> list[User]:
    """Return the people of the office that hear of something: the Leitung first."""
    people = User.objects.filter(role__in=(Role.LEAD, Role.EDITOR), is_active=True).order_by("pk")
    return sorted(people, key=lambda person: person.role != Role.LEAD)[:TOLD]


def joinings_for(user: Any) -> QuerySet[Membership]:
    """Return the joinings that a member of the same places may decide, oldest first."""
    mine = Membership.objects.filter(user=user).current()
    there = Q(town__in=mine.filter(town__isnull=False).values("town")) | Q(
        organisation__in=mine.filter(organisation__isnull=False).values("organisation")
    )
    return _waiting().filter(there).exclude(user=user)


def _waiting() -> QuerySet[Membership]:
    asked = Membership.objects.asked().filter(user__is_active=True)
    return asked.select_related("user", "town", "organisation").order_by("asked_at", "pk")


def all_joinings() -> QuerySet[Membership]:
    """Return all joinings that wait, oldest first."""
    return _waiting()


def office_list(stand: str, words: str) -> QuerySet[Membership]:
    """Return memberships as the office looks for them: `stand` is one of OFFICE_LISTS, `words` a name or place."""
    found = Membership.objects.filter(**OFFICE_LISTS[stand][1]).select_related("user", "town", "organisation")
    for word in words.split()[:5]:
        found = found.filter(
            Q(user__first_name__icontains=word)
            | Q(user__last_name__icontains=word)
            | Q(user__email__icontains=word)
            | Q(town__name__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    return found.order_by("asked_at" if stand == "angefragt" else "-decided_at", "pk")


OFFICE_LISTS: dict[str, tuple[str, dict[str, Any]]] = {
    "angefragt": ("Warten auf Bestätigung", {"state": MembershipState.ASKED}),
    "bestaetigt": ("Bestätigt", {"state": MembershipState.CONFIRMED, "ends_on": None}),
    "beendet": ("Beendet", {"ends_on__isnull": False}),
    "abgelehnt": ("Nicht bestätigt", {"state": MembershipState.DECLINED, "ends_on": None}),
}


def organisation_named(name: str) -> Organisation | None:
    """Return the organisation of this name, however it is capitalised."""
    return Organisation.objects.filter(name__iexact=name).first()


# -- what waits -------------------------------------------------------------------------------------------------------
def waiting_joinings(user: Any) -> list[Waiting]:
    """Return the joinings that wait for a member."""
    return _as_tasks(joinings_for(user))


def waiting_joinings_of_office(user: Any) -> list[Waiting]:
    """Return the joinings that wait for the office: all, since nobody has to answer in a town."""
    return _as_tasks(all_joinings())


def _as_tasks(joinings: QuerySet[Membership]) -> list[Waiting]:
    return [
        Waiting(
            text=f"{one.user} möchte zu {one.place.name} gehören: bestätigen?",
            url=f"/konto/zugehoerigkeit/{one.pk}/anfrage/",
            since=one.asked_at,
            until=one.answer_by,
        )
        for one in joinings[:WAITING_SHOWN]
    ]


def offers_to(user: Any) -> list[Handover]:
    """Return the invitations to follow somebody that wait for this person."""
    found = Handover.objects.waiting().inviting(user).order_by("started_at", "pk")
    return list(found.select_related("post__user", "post__town", "post__organisation")[:WAITING_SHOWN])


def waiting_offers(user: Any) -> list[Waiting]:
    """Return the invitations to follow somebody, as tasks."""
    return [
        Waiting(
            text=f"Stelle „{one.post.function}“ in {one.post.place.name} übernehmen",
            url=f"/konto/zugehoerigkeit/einladung/{one.pk}/",
            since=one.started_at,
            until=one.open_until,
        )
        for one in offers_to(user)
    ]


def is_or_was_address_of(user: User, email: str) -> bool:
    """Whether a person has an address or had it here before; who reads it by now, nobody here knows."""
    return user.email.casefold() == email.casefold() or user.former_addresses.filter(email__iexact=email).exists()


def addresses_of_successors() -> QuerySet:
    """Return the addresses from which an answer to an invitation is awaited, in small letters."""
    return Handover.objects.waiting().values_list(Lower("to_email"))


def offer_of(post: Membership) -> Handover | None:
    """Return the invitation to follow into a post that waits for an answer."""
    return Handover.objects.filter(post=post, done_at=None).first()


# -- contact ----------------------------------------------------------------------------------------------------------
def takes_requests(profile: Profile) -> bool:
    """Whether somebody wants to be written to at all."""
    return profile.requests_per_month > 0 and profile.user.is_active


def requests_left(profile: Profile) -> int:
    """Return how many messages a person still takes within the present month of 30 days."""
    return max(0, profile.requests_per_month - ContactRequest.objects.lately_sent_to(profile.user_id).count())


def addresses_of_writers() -> QuerySet:
    """Return the addresses without an account with which somebody has confirmed a message, in small letters."""
    return ContactRequest.objects.filter(sender=None, state=ContactState.SENT).values_list(Lower("sender_email"))


def free_again_on(profile: Profile) -> date:
    """Return the day from which a person takes messages again; today when there is room."""
    if requests_left(profile) or not profile.requests_per_month:
        return timezone.localdate()
    counted = ContactRequest.objects.lately_sent_to(profile.user_id).order_by("-sent_at")
    last = counted[profile.requests_per_month - 1].sent_at  # with its end the present number falls below the limit
    return timezone.localdate(last + MONTH if last else None)


# -- the profile of a person ------------------------------------------------------------------------------------------
def profile_of(user: Any) -> Profile:
    """Return a person's profile, a new unsaved one if there is none yet."""
    return Profile.objects.filter(user=user).first() or Profile(user=user)


def topics_of(profile: Profile, direction: str) -> list[tuple[str, str]]:
    """Return topic and sentence of one of the two lists, in order."""
    if profile.pk is None:
        return []
    rows = profile.topics.filter(direction=direction).order_by("position").values_list("topic__slug", "sentence")
    return list(rows[:MAX_TOPICS])


def my_places(user: Any) -> dict[str, Any] | None:
    """Return what the tile "Meine Städte" shows."""
    found = [one for one in memberships_of(user) if one.ends_on is None and one.state != MembershipState.DECLINED]
    profile = Profile.objects.filter(user=user).first()
    return {"memberships": found, "profile": profile}
