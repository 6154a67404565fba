"""For everything with visibility, the rule that guards one and the query that lists many say the same.

A model is found by a `visible_to` query, by being a public kind, or by a view that asks a rule about one of it
(`requires(permission, model)`); one that ALIKE does not know fails.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from akademie.accessibility.models import BarrierReport
from akademie.accounts.models import Role, User
from akademie.cms import actions as cms
from akademie.cms.models import NewsPage, StandardPage
from akademie.cms.tests.factories import make_news, make_page
from akademie.core.contributions import public_kinds
from akademie.core.models import MailState, OutgoingMail
from akademie.editing.models import Absence, Approval, ApprovalState, Upkeep
from akademie.events.models import Event, EventType
from akademie.events.office_queries import LISTS as event_lists
from akademie.events.tests.factories import EventFactory, EventTypeFactory
from akademie.exchange.models import HelpRequest
from akademie.exchange.tests.factories import HelpRequestFactory
from akademie.files.models import AcademyDocument, AcademyImage
from akademie.formats.models import FormatProfile, FormatProposal, FormatRun, HandIn
from akademie.formats.tests.factories import FormatProfileFactory, FormatRunFactory
from akademie.library.models import LibraryItem
from akademie.library.tests.factories import LibraryItemFactory
from akademie.moderation.models import ContentReport, HiddenContent, PostingLock
from akademie.notifications.models import SilentAddress
from akademie.operation.models import Backup, BackupState, ErrorEntry, ErrorState
from akademie.people import directory
from akademie.people import queries as people
from akademie.people.models import Audience, Handover, Membership, MembershipState, Profile
from akademie.people.tests.factories import MembershipFactory, PersonFactory, ProfileFactory
from akademie.practices.models import PracticeCase
from akademie.practices.tests.factories import PracticeCaseFactory, TownFactory
from akademie.privacy.models import DataOrder, LegalHold, OrderState
from akademie.questionnaires.actions import create_questionnaire as build_questionnaire
from akademie.questionnaires.actions import freeze
from akademie.questionnaires.models import Question, Questionnaire, Version
from akademie.surveys import actions as survey_actions
from akademie.surveys import queries as survey_queries
from akademie.surveys.models import Survey
from akademie.surveys.tests.factories import make_survey, ratings
from akademie.terms.models import Term
from akademie.terms.tests.factories import TermFactory
from akademie.topics.models import Topic
from akademie.topics.tests.factories import TopicFactory
from akademie.towns.models import Town
from akademie.weblinks.models import State, WebLink, WebLinkUse, digest_of
from tests.house import addresses
from tests.kept import Kept

pytestmark = pytest.mark.django_db
ROLES = ["guest", "stranger", "party", "editor", "lead"]
NOW = timezone.now()
TODAY = timezone.localdate()


@dataclass(frozen=True)
class Viewer:
    """Somebody with a browser."""

    user: Any
    client: Client

    def reads(self, address: str) -> bool:
        """Whether this person gets the page."""
        return self.client.get(address).status_code == 200

    def finds(self, *lists: str) -> str:
        """Return what these lists show; nothing where they are not for this person."""
        answers = [self.client.get(address) for address in lists]
        return "".join(answer.content.decode() for answer in answers if answer.status_code == 200)


@dataclass(frozen=True)
class Alike:
    """How one thing is guarded and how many are listed."""

    make: Callable[[User], dict[str, Model]]  # takes the party; one in each state, by a name for the report
    rule: Callable[[Viewer, Any], bool]
    listed: Callable[[Viewer, Iterable[Any]], set[Any]]  # keys of those that are listed


# -- public things ----------------------------------------------------------------------------------------------------
def public(make: Callable[[User], dict[str, Model]]) -> Alike:
    """A public kind: who gets its page, finds it; its page is where its entry says."""

    def kind_of(thing: Model) -> Any:
        return next(kind for kind in public_kinds if isinstance(thing, kind.model))

    def rule(viewer: Viewer, thing: Any) -> bool:
        given = thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else thing.get_url()
        return viewer.reads(given)

    def listed(viewer: Viewer, things: Iterable[Model]) -> set[Any]:
        return {
            pk
            for thing in things
            for pk, entry in kind_of(thing).entries(kind_of(thing).visible_to(viewer.user).filter(pk=thing.pk))
            if viewer.reads(entry.url)
        }

    return Alike(make, rule, listed)


def records(factory: Any) -> Callable[[User], dict[str, Model]]:
    """Return what makes a record in each state."""
    return lambda _: {
        "published": factory(),
        "draft": factory(draft=True),
        "withdrawn": factory(live=False),
        "changed, not yet published": factory(has_unpublished_changes=True),
    }


def pages(make: Callable[..., Any]) -> Callable[[User], dict[str, Model]]:
    """Return what makes a page in each state."""

    def made(_: User) -> dict[str, Model]:
        withdrawn = make("Zurückgezogen", "zurueckgezogen")
        withdrawn.unpublish()
        return {
            "published": make("Offen", "offen"), "draft": make("Entwurf", "entwurf", live=False), "withdrawn": withdrawn
        }  # fmt: skip

    return made


def towns(_: User) -> dict[str, Model]:
    """One that was merged away keeps its page for those who have the address; it is listed nowhere."""
    return {"in the register": TownFactory(), "merged away": TownFactory(left_register=True)}


def topics(_: User) -> dict[str, Model]:
    main = TopicFactory(slug="leerstand")
    return {"topic": main, "subtopic": TopicFactory(slug="kaufhaus", parent=main)}


# -- people -----------------------------------------------------------------------------------------------------------
def profiles(party: User) -> dict[str, Model]:
    found: dict[str, Model] = {
        f"shown to {audience.label}": ProfileFactory(show_name=audience) for audience in Audience
    }
    found["blocked"] = ProfileFactory(public=True, user=PersonFactory(is_active=False))
    found["without a name"] = ProfileFactory(public=True, user=PersonFactory(first_name="", last_name=""))
    found["with a first name only"] = ProfileFactory(public=True, user=PersonFactory(last_name=""))
    found["own"] = ProfileFactory(user=party, show_name=Audience.NOBODY)
    return found


def sees_profile(viewer: Viewer, profile: Any) -> bool:
    allowed = viewer.user.has_perm("people.see_profile", profile)
    assert viewer.reads(profile.get_absolute_url()) == allowed
    assert viewer.reads(f"{profile.get_absolute_url()}kontakt/") == allowed
    return bool(allowed)


def finds_profiles(viewer: Viewer, _: Iterable[Any]) -> set[Any]:
    found = set(people.visible_to(viewer.user).values_list("pk", flat=True))
    assert {card.pk for card in directory.select(QueryDict(), viewer.user).cards} == found
    return found


def memberships(party: User) -> dict[str, Model]:
    own = MembershipFactory(user=party)
    declined: Any = {"state": MembershipState.DECLINED, "decided_at": NOW}
    return {
        "own": own,
        "own that has ended": MembershipFactory(user=party, ended=True),
        "own that waits": MembershipFactory(user=party, asked=True),
        "a colleague's": MembershipFactory(town=own.town),
        "wish to be a colleague": MembershipFactory(town=own.town, asked=True),
        "declined colleague": MembershipFactory(town=own.town, **declined),
        "wish of somebody blocked": MembershipFactory(town=own.town, asked=True, user__is_active=False),
        "wish for an organisation": MembershipFactory(of_organisation=True, asked=True),
        "wish for another town": MembershipFactory(asked=True),
    }


def may_decide(viewer: Viewer, one: Any) -> bool:
    return viewer.user.has_perm("people.decide_joining", one) and one.state == MembershipState.ASKED


def joinings(viewer: Viewer, _: Iterable[Any]) -> set[Any]:
    if not viewer.user.is_authenticated:
        return set()
    waiting = people.all_joinings() if viewer.user.is_office else people.joinings_for(viewer.user)
    return set(waiting.values_list("pk", flat=True))


def invitations(party: User) -> dict[str, Model]:
    def offered(**more: Any) -> Model:
        return Handover.objects.create(**{"post": MembershipFactory(), "to_email": party.email, **more})

    return {
        "waits": offered(),
        "too old": offered(started_at=NOW - timedelta(days=31)),
        "accepted": offered(done_at=NOW, to_user=party),
        "of a post that has ended": offered(post=MembershipFactory(ended=True)),
        "somebody else's": offered(to_email="nachfolge@stadt.example"),
    }


def may_accept(viewer: Viewer, one: Any) -> bool:
    return "Die Einladung gilt bis" in viewer.finds(f"/konto/zugehoerigkeit/einladung/{one.pk}/")


# -- what the office keeps --------------------------------------------------------------------------------------------
def office(
    make: Callable[[User], dict[str, Model]],
    rule: Callable[[Viewer, Any], bool],
    address: str,
    *lists: str,
) -> Alike:
    """Things on lists of the office; `address` is what a list leads to, with the key of the thing."""

    def listed(viewer: Viewer, things: Iterable[Any]) -> set[Any]:
        shown = viewer.finds(*lists)
        return {thing.pk for thing in things if address.format(thing.pk) in shown}

    return Alike(make, rule, listed)


def may(permission: str, **state: Any) -> Callable[[Viewer, Any], bool]:
    """Return a rule: the permission, for things that are in this state."""
    return lambda viewer, thing: (
        viewer.user.has_perm(permission, thing)
        and all(getattr(thing, name) in allowed for name, allowed in state.items())
    )


def requests(party: User) -> dict[str, Model]:
    return {
        "not confirmed": HelpRequestFactory(unconfirmed=True),
        "open": HelpRequestFactory(email=party.email),
        "answered": HelpRequestFactory(answered=True),
    }


def reports(party: User) -> dict[str, Model]:
    report = {"address": "/", "category": "other", "text": "Das stimmt nicht."}
    return {
        "open": ContentReport.objects.create(**report, digest="a", email=party.email),
        "decided": ContentReport.objects.create(
            **report, digest="b", decided_at=NOW, decision="kept", reasons="Es stimmt."
        ),
    }


def barriers(party: User) -> dict[str, Model]:
    answered = {"answer": "Das ist behoben.", "answered_at": NOW}
    return {
        "open": BarrierReport.objects.create(text="Die Karte geht nicht.", email=party.email),
        "answered": BarrierReport.objects.create(text="Die Karte geht nicht.", **answered),
        "mended": BarrierReport.objects.create(text="Die Karte geht nicht.", fixed_on=TODAY, **answered),
    }


def runs(party: User) -> dict[str, Model]:
    return {
        "without a report": FormatRunFactory(made_by=party),
        "waits": FormatRunFactory(made_by=party, report=True),
        "of nobody, released": FormatRunFactory(released=True),
        "given back": FormatRunFactory(made_by=party, report=True, returned_because="Bitte ohne Namen."),
    }


def proposals(party: User) -> dict[str, Model]:
    given = {
        "profile": FormatProfileFactory(),
        "field": "tips",
        "after": "Kürzer.",
        "why": "Zu lang.",
        "made_by": party,
    }
    return {
        "open": FormatProposal.objects.create(**given),
        "left": FormatProposal.objects.create(**given, state="left", decided_at=NOW, answer="Das gilt nicht überall."),
    }


def questionnaires_of_both_states() -> dict[str, Questionnaire]:
    asked = [{"kind": "short", "label": "Woher kommen Sie?"}]
    draft = build_questionnaire(title="Entwurf", questions=asked)
    published = build_questionnaire(title="Gilt", questions=asked)
    freeze(published.versions.get())
    return {"draft": draft, "published": published}


def on_its_page(address: str) -> Callable[[Viewer, Iterable[Any]], set[Any]]:
    """Return which versions or questions the pages of their questionnaires lead to."""

    def listed(viewer: Viewer, things: Iterable[Any]) -> set[Any]:
        versions = {thing: getattr(thing, "version", thing) for thing in things}
        pages = {thing: viewer.finds(f"{FORMS}{one.questionnaire_id}/") for thing, one in versions.items()}
        return {thing.pk for thing, shown in pages.items() if address.format(thing.pk) in shown}

    return listed


def hand_ins(party: User) -> dict[str, Model]:
    origin = FormatProfileFactory()
    drafts = [FormatProfileFactory(draft=True, maker=party, origin=origin) for _ in range(2)]
    return {
        "waits": HandIn.objects.create(profile=drafts[0]),
        "given back": HandIn.objects.create(profile=drafts[1], answered_at=NOW, answer="Es fehlt etwas."),
    }


def keeps_run(viewer: Viewer, run: FormatRun) -> bool:
    return bool(viewer.user.has_perm("formats.release_reports") or viewer.user.has_perm("formats.keep_run", run))


def finds_runs(viewer: Viewer, things: Iterable[FormatRun]) -> set[Any]:
    """The office finds them on its desk, whoever entered one in Mein Bereich."""
    desk = f"{DESK}/formate/berichte/"
    shown = viewer.finds(
        *(f"{desk}?liste={one}" for one in ("offen", "veroeffentlicht", "zurueck", "ohne")), "/mein-bereich/"
    )
    return {one.pk for one in things if f"{desk}{one.pk}/" in shown or one.get_absolute_url() in shown}


WHY_HIDDEN = {"category": "other", "ground": "care", "reasons": "Dort steht ein Name zu viel."}


def hidden(party: User) -> dict[str, Model]:
    given = {"kind": "praxis", "title": "Beispiel", "address": "/"}
    return {
        "hidden": HiddenContent.objects.create(object_pk="1", **given, **WHY_HIDDEN),
        "shown again": HiddenContent.objects.create(object_pk="2", ended_at=NOW, **given, **WHY_HIDDEN),
    }


def locks(party: User) -> dict[str, Model]:
    return {
        "locked": PostingLock.objects.create(user=party, **WHY_HIDDEN),
        "lifted": PostingLock.objects.create(user=party, ended_at=NOW, **WHY_HIDDEN),
    }


def holds(_: User) -> dict[str, Model]:
    made = {"label": "Vorgang", "reason": "Prüfung der Förderung", "content_type_id": 1}
    return {
        "set": LegalHold.objects.create(**made, object_pk="1"),
        "ended": LegalHold.objects.create(**made, object_pk="2", ended_at=NOW),
    }


def backups(_: User) -> dict[str, Model]:
    made = {"reason": "nightly", "made_at": NOW}
    there = Backup.objects.create(state=BackupState.DONE, name="da.zip", **made)
    there.path.parent.mkdir(parents=True, exist_ok=True)
    there.path.write_bytes(b"zip")
    return {
        "done": there,
        "failed": Backup.objects.create(state=BackupState.FAILED, name="nicht.zip", **made),
        "under way": Backup.objects.create(state=BackupState.OPEN, reason="nightly", made_at=NOW),
    }


def mails(_: User) -> dict[str, Model]:
    return {
        str(state.label): OutgoingMail.objects.create(address="paula@stadt.example", source=b"", state=state)
        for state in MailState
    }


def errors(_: User) -> dict[str, Model]:
    return {
        str(state.label): ErrorEntry.objects.create(
            fingerprint=state, what="ValueError", line="x.py:1", state=state, first_seen_at=NOW, last_seen_at=NOW
        )
        for state in ErrorState
    }


def silent(party: User) -> dict[str, Model]:
    made = {"said": "550", "last_at": NOW}
    return {
        "to decide": SilentAddress.objects.create(email=party.email, marked_at=NOW, **made),
        "blocked": SilentAddress.objects.create(email="b@stadt.example", marked_at=NOW, blocked_at=NOW, **made),
    }


def accounts(party: User) -> dict[str, Model]:
    return {"active": party, "blocked": PersonFactory(is_active=False)}


def orders(party: User) -> dict[str, Model]:
    """Archives of one's data."""
    ready = {"state": OrderState.READY, "ready_at": NOW}
    made: dict[str, Any] = {
        "own": DataOrder.objects.create(user=party, email=party.email, **ready),
        "own, too old": DataOrder.objects.create(
            user=party, email=party.email, state=OrderState.READY, ready_at=NOW - timedelta(days=8)
        ),
        "somebody's without an account": DataOrder.objects.create(email="gast@stadt.example", **ready),
        "somebody else's": DataOrder.objects.create(user=(other := PersonFactory()), email=other.email, **ready),
    }
    for order in made.values():
        order.path.parent.mkdir(parents=True, exist_ok=True)
        order.path.write_bytes(b"zip")
    return made


def links(party: User) -> dict[str, Model]:
    return {
        state.value: WebLink.objects.create(url=f"/{state.value}/", digest=digest_of(state.value), state=state)
        for state in State
    }


def places_of_links(party: User) -> dict[str, Model]:
    made = {"kind": "weg", "object_pk": "1", "field": "x", "title": "x"}
    return {state: WebLinkUse.objects.create(link=link, **made) for state, link in links(party).items()}


def upkeep(party: User) -> dict[str, Model]:
    made = {"kind": "weg", "url": "/", "due_on": TODAY}
    return {
        "published": Upkeep.objects.create(object_pk="1", title="Da", owner=party, **made),
        "of nobody": Upkeep.objects.create(object_pk="2", title="Ohne", **made),
        "archived": Upkeep.objects.create(object_pk="3", title="Weg", is_shown=False, **made),
    }


def approvals(party: User) -> dict[str, Model]:
    made = {"kind": "weg", "revision": 1, "version_at": NOW, "content": {}, "due_on": TODAY, "name": "Berta Burg"}
    answered = {"state": ApprovalState.APPROVED, "answered_at": NOW}
    return {
        "open": Approval.objects.create(object_pk="1", email=party.email, **made),
        "answered": Approval.objects.create(object_pk="2", email=party.email, **made, **answered),
        "withdrawn": Approval.objects.create(object_pk="3", **made, state=ApprovalState.WITHDRAWN, closed_at=NOW),
    }


def absences(party: User) -> dict[str, Model]:
    other = PersonFactory()

    def away(days: int) -> Absence:
        until = TODAY + timedelta(days=days)
        return Absence.objects.create(person=party, substitute=other, from_day=until, until_day=until)

    return {"now": away(0), "later": away(3), "over": away(-3)}


def pictures(party: User) -> dict[str, Model]:
    made = {"file": "original_images/x.jpg", "width": 30, "height": 20, "credit": "Rita Rahn", "licence": "CC BY 4.0"}
    return {
        "large": AcademyImage.objects.create(title="Groß", file_size=3_000_000, uploaded_by_user=party, **made),
        "small": AcademyImage.objects.create(title="Klein", file_size=3_000, **made),
    }


def documents(party: User) -> dict[str, Model]:
    made = {"file": "documents/x.pdf", "licence": "eigenes Werk"}
    return {
        "not checked": AcademyDocument.objects.create(title="Neu", uploaded_by_user=party, **made),
        "checked": AcademyDocument.objects.create(title="Geprüft", accessible=True, **made),
    }


def fetched(viewer: Viewer, order: Any) -> bool:
    answer = viewer.client.get(f"/konto/meine-daten/{order.word}.zip")
    return answer.status_code == 200 and b"".join(answer.streaming_content) == b"zip"


def offered(viewer: Viewer, things: Iterable[Any]) -> set[Any]:
    shown = viewer.finds("/konto/meine-daten/")
    return {order.pk for order in things if order.word in shown}


def surveys(party: User) -> dict[str, Model]:
    enough = ratings(1, 2, 3, 4, 5)
    return {
        "open": make_survey(enough),
        "closed": make_survey(enough, closed=True),
        "closed by hand": survey_actions.close(make_survey(enough), by=None),
        "just closing": make_survey(enough, closes_at=timezone.now()),
        "with too few answers": make_survey(enough[:4], closed=True),
        "kept back": make_survey(enough, closed=True, is_public=False),
        "own, open": make_survey(by=party),
        "own, kept back": make_survey(enough, closed=True, is_public=False, by=party),
    }


# -- events -----------------------------------------------------------------------------------------------------------
def events(party: User) -> dict[str, Model]:
    return {
        "published": EventFactory(),
        "called off": EventFactory(cancelled=True),
        "over": EventFactory(over=True),
        "draft": EventFactory(draft=True),
        "handed in": EventFactory(submitted=True),
        "waits for its day": EventFactory(publish_at=NOW + timedelta(days=1)),
        "hidden": EventFactory(is_hidden=True),
        "own draft": EventFactory(draft=True, owner=party),
        "own, hidden": EventFactory(is_hidden=True, owner=party),
    }


def sees_event(viewer: Viewer, event: Any) -> bool:
    allowed = viewer.user.has_perm("events.see_event", event)
    assert viewer.reads(event.get_absolute_url()) == viewer.reads(f"/veranstaltungen/{event.slug}.ics") == allowed
    return bool(allowed)


def finds_events(viewer: Viewer, things: Iterable[Any]) -> set[Any]:
    of_office = (f"{DESK}/veranstaltungen/?liste={which}" for which in event_lists)
    shown = viewer.finds("/veranstaltungen/?zeit=alle", "/mein-bereich/", *of_office)
    return {event.pk for event in things if f"/veranstaltungen/{event.slug}/" in shown}


OPERATION, DESK = "/geschaeftsstelle/betrieb", "/geschaeftsstelle"
FORMS = f"{DESK}/frageboegen/"
ALIKE: dict[type[Model], Alike] = {
    LibraryItem: public(records(LibraryItemFactory)),
    Term: public(records(TermFactory)),
    PracticeCase: public(records(PracticeCaseFactory)),
    FormatProfile: public(records(FormatProfileFactory)),
    NewsPage: public(pages(make_news)),
    StandardPage: public(pages(make_page)),
    Topic: public(topics),
    Town: replace(
        public(towns), rule=lambda viewer, town: viewer.reads(town.get_absolute_url()) and not town.left_register
    ),
    Profile: Alike(profiles, sees_profile, finds_profiles),
    Membership: Alike(memberships, may_decide, joinings),
    Handover: office(
        invitations, may_accept, "/konto/zugehoerigkeit/einladung/{}/", "/konto/zugehoerigkeit/", "/mein-bereich/"
    ),
    HelpRequest: office(
        requests, lambda viewer, one: viewer.reads(f"{DESK}/cms/anfragen/inspect/{one.pk}/"),
        f"{DESK}/cms/anfragen/inspect/{{}}/", f"{DESK}/cms/anfragen/",
    ),
    ContentReport: office(
        reports, may("moderation.decide"), f"{DESK}/meldungen/{{}}/", f"{DESK}/meldungen/",
        f"{DESK}/meldungen/?stand=entschieden",
    ),
    BarrierReport: office(
        barriers, may("accessibility.answer"), f"{DESK}/barrieren/{{}}/", f"{DESK}/barrieren/",
        f"{DESK}/barrieren/?liste=beheben", f"{DESK}/barrieren/?liste=behoben",
    ),
    EventType: office(
        lambda _: {"offered": EventTypeFactory(slug="stammtisch"), "not": EventTypeFactory(slug="x", is_offered=False)},
        may("events.keep_types"), "/veranstaltungen/arten/{}/", f"{DESK}/veranstaltungen/arten/",
    ),
    Event: Alike(events, sees_event, finds_events),
    FormatRun: Alike(runs, keeps_run, finds_runs),
    FormatProposal: office(
        proposals, may("formats.decide"), f"{DESK}/formate/vorschlaege/{{}}/", f"{DESK}/formate/vorschlaege/",
        f"{DESK}/formate/vorschlaege/?liste=entschieden",
    ),
    HandIn: office(
        hand_ins, may("formats.decide"), f"{DESK}/formate/varianten/{{}}/", f"{DESK}/formate/varianten/",
        f"{DESK}/formate/varianten/?liste=entschieden",
    ),
    Questionnaire: office(
        lambda _: dict(questionnaires_of_both_states()), may("questionnaires.build"), f"{FORMS}{{}}/", FORMS
    ),
    Version: Alike(
        lambda _: {state: one.versions.get() for state, one in questionnaires_of_both_states().items()},
        may("questionnaires.build"), on_its_page(f"{FORMS}fassung/{{}}/"),
    ),
    Question: Alike(
        lambda _: {state: one.versions.get().questions.get() for state, one in questionnaires_of_both_states().items()},
        may("questionnaires.build"), on_its_page(f"{FORMS}frage/{{}}/"),
    ),
    HiddenContent: office(
        hidden, may("moderation.decide", ended_at=[None]), f"{DESK}/massnahmen/ausgeblendet/{{}}/",
        f"{DESK}/massnahmen/",
    ),
    PostingLock: office(
        locks, may("moderation.decide", ended_at=[None]), f"{DESK}/massnahmen/gesperrt/{{}}/", f"{DESK}/massnahmen/"
    ),
    Upkeep: office(
        upkeep, may("editing.look_after", is_shown=[True]),
        f"{DESK}/aktualitaet/{{}}/", f"{DESK}/aktualitaet/?liste=alle",
    ),
    Approval: office(
        approvals, may("editing.ask_for_approval"), "/freigaben/{}/fassung/", f"{DESK}/freigaben/?liste=alle",
    ),
    Absence: office(
        absences, lambda viewer, one: viewer.user.has_perm("editing.name_substitutes") and one.until_day >= TODAY,
        "/vertretung/{}/beenden/", f"{DESK}/vertretung/",
    ),
    WebLink: office(links, may("weblinks.keep"), f"{DESK}/links/{{}}/", f"{DESK}/links/?liste=alle"),
    WebLinkUse: office(
        places_of_links, may("weblinks.keep"), f"{DESK}/links/stelle/{{}}/", f"{DESK}/links/?liste=alle"
    ),
    AcademyImage: office(
        pictures, may("files.keep_media", file_size=[3_000_000]), "/bild/{}/verkleinern/", f"{DESK}/medien/?liste=gross"
    ),
    AcademyDocument: office(
        documents, may("files.keep_media", accessible=[False]), "/dokument/{}/geprueft/",
        f"{DESK}/medien/?liste=barrieren",
    ),
    LegalHold: office(
        holds, may("privacy.decide", ended_at=[None]), "/aufbewahrt/{}/beenden/", f"{DESK}/datenschutz/aufbewahrt/"
    ),
    Backup: office(
        backups, may("operation.download_backup", state=[BackupState.DONE]), "/sicherungen/{}/datei/",
        f"{OPERATION}/sicherungen/",
    ),
    OutgoingMail: office(
        mails, may("operation.see", state=[MailState.FAILED]), "/mails/{}/senden/", f"{OPERATION}/mails/"
    ),
    ErrorEntry: office(errors, may("operation.see"), "/fehler/{}/", f"{OPERATION}/fehler/"),
    SilentAddress: office(
        silent, may("notifications.keep_addresses"), "/unzustellbar/{}/", f"{DESK}/unzustellbar/",
        f"{DESK}/unzustellbar/?stand=gesperrt",
    ),
    User: office(accounts, may("privacy.decide"), "/cms/users/edit/{}/", f"{DESK}/cms/users/"),
    DataOrder: Alike(orders, fetched, offered),
    Survey: Alike(
        surveys, lambda viewer, one: viewer.reads(one.results_url),
        lambda viewer, _: set(survey_queries.visible_to(viewer.user).values_list("pk", flat=True)),
    ),
}  # fmt: skip


# -- the tests --------------------------------------------------------------------------------------------------------
def models_with_queries() -> set[type[Model]]:
    modules = [module for name, module in sys.modules.items() if name.startswith("akademie.") and ".queries" in name]
    queries = {module.visible_to for module in modules if hasattr(module, "visible_to")}
    queries |= {kind.visible_to for kind in public_kinds}
    return {query(AnonymousUser()).model for query in queries}


def models_with_rules() -> set[type[Model]]:
    found = set()
    for one in addresses():
        view = one.view if one.is_ours else None
        while view is not None:
            if model := inspect.getclosurevars(view).nonlocals.get("model"):
                found.add(model)
            view = getattr(view, "__wrapped__", None)
    return found


def test_everything_with_visibility_is_known_here() -> None:
    found = models_with_queries() | models_with_rules()
    assert len(found) > 15
    assert sorted(model._meta.label for model in found - set(ALIKE)) == []


@pytest.fixture
def viewers(settings: Any, tmp_path: Any, kept: Kept) -> dict[str, Viewer]:
    """Everybody who looks."""
    settings.DATA_DIR, settings.BACKUP_DIR = tmp_path, tmp_path / "backups"
    kept("pages", lambda: cms.load_pages(lambda _: None))
    kept("office", lambda: cms.set_up_office(lambda _: None))
    found = {"guest": Viewer(AnonymousUser(), Client())}
    for name in ROLES[1:]:
        role = name if name in Role.values else Role.PARTICIPANT
        user = User.objects.create_user(f"{name}@stadt.example", first_name=name, role=role)
        found[name] = Viewer(user, Client())
        found[name].client.force_login(user)
    return found


@pytest.mark.each_case
@pytest.mark.parametrize("model", ALIKE, ids=lambda model: model.__name__)
def test_rule_and_query_say_the_same(viewers: dict[str, Viewer], model: type[Model]) -> None:
    alike = ALIKE[model]
    states = alike.make(viewers["party"].user)
    answers = {}
    for name, viewer in viewers.items():
        listed = alike.listed(viewer, states.values())
        for state, thing in states.items():
            allowed = alike.rule(viewer, thing)
            answers[name, state] = allowed
            assert (thing.pk in listed) == allowed, f"{name}: {state}: rule says {allowed}"
    assert set(answers.values()) == ({True} if model is Topic else {True, False}), "each answer occurs"


@pytest.mark.parametrize("part", people.PARTS)
def test_a_restricted_part_of_a_profile_is_shown_to_whom_the_rule_says(viewers: dict[str, Viewer], part: str) -> None:
    shown = {"name": "Anna", "function": "Bauamt", "helps": "Ein Satz zu helps", "seeks": "Ein Satz zu seeks",
             "about": "Marktplatz", "phone": "03876 781-0"}  # fmt: skip
    for audience in Audience:
        profile = ProfileFactory(public=True, show_phone=Audience.PUBLIC, helps=["helps"], seeks=["seeks"])
        MembershipFactory(user=profile.user)
        Profile.objects.filter(pk=profile.pk).update(**{f"show_{part}": audience})
        profile.refresh_from_db()
        for name, viewer in viewers.items():
            allowed = people.shows(profile, part, viewer.user)
            page = viewer.finds(profile.get_absolute_url())
            assert (shown[part] in page) == allowed, f"{name}: {part} for {audience.label}"
        assert {people.shows(profile, part, viewer.user) for viewer in viewers.values()} == {
            Audience.NOBODY: {False}, Audience.PARTICIPANTS: {True, False}, Audience.PUBLIC: {True},
        }[audience]  # fmt: skip
        profile.user.delete()
