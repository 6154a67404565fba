"""Every address x method x person gives what `permission_table.py` declares, and no GET changes anything."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from importlib import import_module
from typing import Any, NamedTuple

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from akademie.accessibility.models import BarrierReport, KnownBarrier
from akademie.accounts import actions as accounts
from akademie.accounts.actions import account as own_account
from akademie.accounts.models import AddressChange, Role, User
from akademie.cms import actions as cms
from akademie.cms.models import CATCH_ALL
from akademie.cms.tests.factories import make_news
from akademie.core.access import public
from akademie.core.contributions import RetentionRule, health_checks, people_data, public_kinds, retention_rules
from akademie.core.models import MailState, OutgoingMail
from akademie.easy.tests.factories import make_video
from akademie.editing import approving
from akademie.editing.models import Absence, Upkeep
from akademie.editing.reminders import ARCHIVE, MUST_CHANGE, STILL_RIGHT
from akademie.events.models import Event, EventTask
from akademie.events.tests.factories import EventFactory, EventTypeFactory
from akademie.exchange import actions as exchange
from akademie.exchange.tests.factories import HelpRequestFactory
from akademie.files.models import AcademyDocument
from akademie.files.tests.pictures import make_image
from akademie.formats.models import FormatProfile, FormatProposal, FormatRun, HandIn
from akademie.formats.tests.factories import FormatProfileFactory
from akademie.library.tests.factories import LibraryItemFactory
from akademie.moderation.models import ContentReport, HiddenContent, PostingLock
from akademie.notifications.mail_links import mail_link
from akademie.notifications.models import SilentAddress
from akademie.notifications.types import mail_actions, notification_types
from akademie.notifications.unsubscribing import unsubscribe_address
from akademie.operation.actions import mail as test_mail
from akademie.operation.actions.errors import note_errors
from akademie.operation.checks.mail import mail_mark
from akademie.operation.error_log import Seen, Sum
from akademie.operation.models import Backup, BackupState, ErrorEntry, SignOfLife
from akademie.people.actions import contact, handing_over
from akademie.people.models import Audience, ContactRequest, Handover, Membership, Profile
from akademie.people.tests.factories import MembershipFactory, ProfileFactory
from akademie.portal.models import CalendarAddress
from akademie.practices.tests.factories import PracticeCaseFactory, TownFactory
from akademie.privacy.actions import orders
from akademie.privacy.models import DataOrder, LegalHold, OrderState
from akademie.questionnaires import actions as questionnaires
from akademie.surveys.models import Survey
from akademie.surveys.tests.factories import make_survey
from akademie.terms.tests.factories import TermFactory
from akademie.weblinks.models import ArchivedCopy, State, WebLink, WebLinkUse, digest_of
from tests.house import Address, addresses, contents
from tests.kept import Kept
from tests.permission_table import TABLE

pytestmark = pytest.mark.django_db
SECRET = "Verschlusssache"  # stands in everything that not everybody may see
PEOPLE = {
    "everyone": {"guest", "stranger", "party", "editor", "lead"},
    "account": {"stranger", "party", "editor", "lead"},
    "party": {"party"},
    "office": {"editor", "lead"},
    "lead": {"lead"},
    "nobody": set(),
    "key": set(),  # signing in does not help
}
TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)
REFUSED = {401, 403, 404, 410}
Values = dict[str, str | int]


class Line(NamedTuple):
    """A line of the table."""

    name: str
    get: str
    post: str
    seen: str  # by *Ansehen als*
    declared: str

    def may(self, method: str) -> set[str] | None:
        """Return who may use a method; None when it is none of this address."""
        levels = {"GET": self.get, "HEAD": self.get, "POST": self.post}.get(method, "-")
        return None if levels == "-" else {one for level in levels.split("+") for one in PEOPLE[level]}


LINES = [Line(*row.split(None, 4)) for row in TABLE.splitlines()[1:] if row]
BY_NAME = {line.name: line for line in LINES if not line.name.startswith("/")}
PACKAGES = sorted((line for line in LINES if line.name.startswith("/")), key=lambda line: -len(line.name))


def ours() -> list[Address]:
    return [one for one in addresses() if one.is_ours]


def test_every_address_has_its_line_and_declares_what_the_line_says() -> None:
    declared = {one.name: getattr(one.view, "access", None) for one in ours()}
    assert declared == {line.name: line.declared for line in BY_NAME.values()}
    assert len(LINES) == len({line.name for line in LINES})
    assert public(lambda request: None).access == "public"


def of_packages() -> Iterator[tuple[Address, Line | None]]:
    """Yield every address that is not ours with its line."""
    for one in addresses():
        if not one.is_ours:
            yield one, next((line for line in PACKAGES if one.filled.startswith(line.name)), None)


def test_every_address_of_a_package_lies_below_a_line_of_it() -> None:
    assert [
        one.filled
        for one, line in of_packages()
        if line is None or not one.view.__module__.startswith((line.declared, "akademie.", "django."))
    ] == []


# -- the world --------------------------------------------------------------------------------------------------------
@pytest.fixture
def world(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, kept: Kept) -> dict[str, list[Values]]:
    """One of everything: public, private of one person (the party), kept by the office.

    Returns what leads to something, by name of the address; an address without parts leads somewhere anyway.
    """
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # nothing runs beside the test
    settings.DATA_DIR = tmp_path
    offered = RetentionRule(
        key="archived", title="x", period="x", reason="x", due=ContentReport.objects.none, archive=True
    )
    monkeypatch.setitem(retention_rules._items, offered.key, offered)
    monkeypatch.setattr(health_checks, "_items", {})  # they look from threads of their own, which this data locks out
    kept("pages", lambda: cms.load_pages(lambda _: None))
    kept("office", lambda: cms.set_up_office(lambda _: None))
    for name, role in (("stranger", Role.PARTICIPANT), ("editor", Role.EDITOR), ("lead", Role.LEAD)):
        User.objects.create_user(f"{name}@stadt.example", role=role)
    party = User.objects.create_user("party@stadt.example", first_name="Paula", last_name="Beck")
    return public_things() | things_of(party) | things_of_the_office() | {"notifications:mail_link": links_of(party)}


def public_things() -> dict[str, list[Values]]:
    town = TownFactory(ags="12070296", name="Perleberg")
    for slug, more in (("offen", {}), ("geheim", {"draft": True})):
        title = SECRET if more else "Für alle"
        LibraryItemFactory(slug=slug, title=title, about=["leerstand"], **more)
        PracticeCaseFactory(slug=slug, title=title, about=["leerstand"], towns=[town], **more)
        FormatProfileFactory(slug=slug, name=title, **more)
        TermFactory(slug=slug, title=title, **more)
        # The office may see a draft at its address; that others may not is held in events' own tests.
        EventFactory(slug="entwurf" if more else slug, title=title, **more)
        make_news(title, slug, live=not more)
    shown = ProfileFactory(public=True)
    default_storage.save("images/offen.png", ContentFile(b"png"))
    video = make_video()
    kinds = ("praxis", "bibliothek", "formate", "aktuelles", "fachwoerter", "veranstaltungen")
    opened: list[Values] = [{"slug": "offen"}]
    survey: list[Values] = [{"slug": make_survey().slug}]
    return {
        "api:records": [{"kind": kind} for kind in kinds],
        "api:record": [{"kind": kind, "name": "offen"} for kind in kinds],
        "api:nothing": [{"rest": "a/b/c/"}],
        "api:catalogue": [{"ending": "ttl"}, {"ending": "jsonld"}],
        "api:vocabulary": [{"ending": "ttl"}, {"ending": "jsonld"}],
        "api:download": [
            {"kind": kind, "ending": ending} for kind in (*kinds[:2], "staedte") for ending in ("csv", "json", "xlsx")
        ],
        "api:topic_feed": [{"slug": "leerstand"}],
        "api:sitemap_file": [{"number": 1}],
        "portal:help_card": [{"slug": "anmelden"}],
        "portal:help_picture": [{"slug": "anmelden"}],
        "topics:topic": [{"slug": "leerstand"}],
        "portal:words": [{"slug": "leerstand"}],
        "towns:profile": [{"ags": town.pk}],
        "towns:remember": [{"ags": town.pk}],
        "cms:news_item": opened,
        "events:detail": opened,
        "events:detail_calendar": opened,
        "events:format_results": opened,
        "library:item": opened,
        "terms:term": opened,
        "library:citation_file": [{"slug": "offen", "ending": ending} for ending in ("bib", "ris", "csl.json")],
        "practices:case": opened,
        "formats:profile": opened,
        "formats:steckbrief": opened,
        "formats:run_reports": opened,
        "formats:enter_run": opened,
        "formats:steckbrief_docx": opened,
        "formats:script": opened,
        "formats:script_offline": opened,
        **{f"core:{name}": [{"kind": "formate", "slug": "offen"}] for name in ("embed", "embedded", "embedded_copy")},
        "formats:start": opened,
        "formats:make_variant": opened,
        "formats:propose": opened,
        "formats:checklist": opened,
        "formats:templates": opened,
        "formats:template_txt": [{"slug": "offen", "kind": "einladung"}],
        "formats:template_docx": [{"slug": "offen", "kind": "einladung"}],
        **{f"surveys:{name}": survey for name in ("answer", "thanks", "poster")},
        "easy:film": [{"name": str(video.film.name).rpartition("/")[2]}],
        "easy:captions": [{"pk": video.pk}],
        "files:picture": [{"folder": "images", "name": "offen.png"}],
        **{f"people:{name}": [{"pk": shown.pk}] for name in ("profile", "write", "written")},
    }


def things_of(party: User) -> dict[str, list[Values]]:
    """Everything that a person may have, by the traces of all areas and what is opened by an address of its own."""
    for area in dict.fromkeys(area.key.partition(".")[0] for area in people_data if area.models):
        import_module(f"akademie.{area}.tests.personal").leave_traces(party, SECRET)
    Profile.objects.filter(user=party).update(show_name=Audience.NOBODY)
    post = Membership.objects.current().get(user=party)
    joining = MembershipFactory(town=post.town, asked=True, function=SECRET)
    own_account.ask_for_address(party, "paula@stadt.example")
    change = AddressChange.objects.get(user=party)
    token = signing.dumps({"pk": party.pk, "word": change.word}, salt=own_account.SALT)
    by_address = {"token": last_part(orders.address_link("gast@stadt.example"))}
    stoppable = next(kind for kind in notification_types if kind.may_stop)
    Authenticator.objects.get_or_create(user=party, type="totp", defaults={"data": {"secret": "x"}})
    unconfirmed = HelpRequestFactory(unconfirmed=True, question=f"{SECRET}: wer kann uns helfen?")
    run: list[Values] = [{"pk": FormatRun.objects.get(made_by=party).pk}]
    variant: list[Values] = [{"slug": FormatProfile.objects.get(maker=party, live=False).slug}]
    variant_places = ("variant", "hand_in_variant", "delete_variant", "give_back_variant_field")
    decided: list[Values] = [{"pk": FormatProposal.objects.get(made_by=party).pk}]
    handed_in: list[Values] = [{"pk": HandIn.objects.get().pk}]
    survey: Values = {"slug": Survey.objects.get(owner=party).slug}
    Event.objects.filter(owner=party).update(format=FormatProfileFactory())
    task = EventTask.objects.filter(event__owner=party).first()
    assert task
    event: Values = {"slug": task.event.slug}
    hosts = (
        "prepare",
        "release",
        "change",
        "agenda",
        "script",
        "tasks",
        "tasks_calendar",
        "recap",
        "afterwards",
        "cancel",
    )
    return {
        "accounts:confirm": [{"token": accounts.sign_in_token("neu@stadt.example")}],
        "accounts:confirm_address": [{"token": token}],
        "exchange:confirm": [{"token": last_part(exchange.confirm_address(unconfirmed))}],
        **{f"events:{name}": [event] for name in (*hosts, "afterwards")},
        **{f"events:{name}": [{**event, "pk": task.pk}] for name in ("task", "task_done")},
        "events:text": [{**event, "kind": "einladung"}],
        **{f"formats:{name}": run for name in ("run", "enter_minutes", "write_report")},
        **{f"formats:{name}": variant for name in variant_places},
        **{f"formats:{name}": decided for name in ("proposal", "take_proposal", "leave_proposal")},
        **{f"formats:{name}": handed_in for name in ("variant_to_decide", "publish_variant", "give_back_variant")},
        **{f"formats:{name}": run for name in ("report", "return_report", "correct_minutes")},
        "notifications:unsubscribe": [{"token": last_part(unsubscribe_address(stoppable, party))}],
        "people:decide": [{"pk": joining.pk}],
        **{f"people:{name}": [{"pk": post.pk}] for name in ("change", "end", "hand_over", "withdraw_offer")},
        "people:follow": [{"pk": Handover.objects.get(to_email=party.email).pk}],
        "portal:my_calendar": [{"word": CalendarAddress.objects.get_or_create(user=party)[0].word}],
        **{f"surveys:{name}": [survey] for name in ("results", "close", "publish")},
        "surveys:download": [{**survey, "ending": ending} for ending in ("csv", "xlsx", "codebuch")],
        "privacy:download": [{"word": archive(party.email, party).word}],
        "privacy:archive": [{"token": signing.dumps(archive("gast@stadt.example").word, salt=orders.ARCHIVE_SALT)}],
        **{f"privacy:{name}": [by_address] for name in ("by_address", "order_by_address", "erase_address")},
    }


def last_part(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def archive(email: str, user: User | None = None) -> DataOrder:
    DataOrder.objects.filter(email=email).delete()
    ready = {"state": OrderState.READY, "ready_at": timezone.now()}
    order = DataOrder.objects.create(email=email, user=user, **ready)
    order.path.parent.mkdir(exist_ok=True)
    order.path.write_bytes(SECRET.encode())
    return order


def links_of(party: User) -> list[Values]:
    """One link of a mail for everything that mails ask for."""
    joining = Membership.objects.asked().exclude(user=party).get()
    offer = Handover.objects.filter(post__user=party).get()
    message = ContactRequest.objects.filter(recipient=party).get()
    unconfirmed = ContactRequest.objects.create(
        recipient=Profile.objects.exclude(user=party).get().user,
        sender_name=SECRET,
        sender_email="gast@stadt.example",
        text=SECRET,
        digest="x",
    )
    lead = User.objects.get(email="lead@stadt.example")
    about = {
        "people.confirm_joining": (joining, party),
        "people.decline_joining": (joining, party),
        handing_over.FOLLOW: (offer, offer.to_email),
        **{key: (published(key.replace(".", "-")), lead) for key in (STILL_RIGHT, MUST_CHANGE, ARCHIVE)},
        contact.CONFIRM: (unconfirmed, "gast@stadt.example"),
        contact.REPORT: (message, party),
        contact.NO_MORE: (message, party),
    }
    assert set(about) == {action.key for action in mail_actions}, "say here what the new link is about"
    return [{"token": last_part(mail_link(key, *of))} for key, of in about.items()]


def published(slug: str) -> Upkeep:
    item = LibraryItemFactory(slug=slug)
    return Upkeep.objects.get(kind="bibliothek", object_pk=str(item.pk))


def approval_links(office: User) -> dict[str, list[Values]]:
    kind = next(kind for kind in public_kinds if kind.key == "bibliothek")
    item = LibraryItemFactory(slug="zur-freigabe", title=SECRET, draft=True)
    asked = approving.ask(kind, item, name=SECRET, email="burg@stadt.example", by=office)
    one: list[Values] = [{"pk": asked.pk}]
    text: list[Values] = [{"kind": kind.key, "object_pk": str(item.pk)}]
    return {
        "editing:approve": [{"token": last_part(approving.link_of(asked))}],
        **{f"editing:{name}": text for name in ("approvals_of", "publish_anyway")},
        **{f"editing:{name}": one for name in ("approval_version", "remind", "ask_again", "withdraw_approval")},
    }


def link_that_is_broken() -> dict[str, int]:
    values = {"media_type": "text/html", "size": 1, "licence": "CC0", "source": "x", "fetched_at": timezone.now()}
    link = WebLink.objects.create(url=f"/{SECRET}/", digest=digest_of("/weg/"), state=State.BROKEN)
    use = WebLinkUse.objects.create(link=link, kind="weg", object_pk="1", field="x", title=SECRET)
    copy = ArchivedCopy.objects.create(link=link, file=ContentFile(b"x", "x.html"), **values)
    keys = dict.fromkeys(("link", "check_now", "confirm", "replace_everywhere"), link.pk)
    return {**keys, "edit_place": use.pk, "archived_copy": copy.pk}


def questionnaire_in_all_states() -> dict[str, list[Values]]:
    questions = [{"kind": "short", "label": SECRET}]
    draft = questionnaires.create_questionnaire(title=SECRET, questions=questions).versions.get()
    published = questionnaires.create_questionnaire(title=SECRET, questions=questions).versions.get()
    questionnaires.freeze(published)
    one, question = draft.questionnaire_id, draft.questions.get().pk
    own: dict[str, Values] = {
        **{f"{verb}_questionnaire": {"pk": one} for verb in ("copy", "delete")},
        **{name: {"pk": one} for name in ("questionnaire", "describe", "choose_kind")},
        "new_question": {"pk": one, "kind": "short"},
        "begin_draft": {"pk": published.questionnaire_id},
        **{name: {"pk": draft.pk} for name in ("preview", "paper", "publish", "discard_draft")},
        **{name: {"pk": published.pk} for name in ("codebook", "withdraw")},
        **{f"{verb}_question": {"pk": question} for verb in ("change", "move", "copy", "delete")},
        "withdraw_question": {"pk": published.questions.get().pk},
    }
    return {f"questionnaires:{name}": [values] for name, values in own.items()}


def things_of_the_office() -> dict[str, list[Values]]:
    asked = HelpRequestFactory(question=f"{SECRET}: wer kann uns helfen und kennt sich aus?")
    reported = ContentReport.objects.create(address="/", category="other", title=SECRET, text=f"{SECRET}!")
    mail = OutgoingMail.objects.create(address="paula@stadt.example", source=b"", state=MailState.FAILED)
    now = timezone.now()
    SignOfLife.objects.create(name="x", seen_at=now)
    note_errors({Seen("ValueError", "akademie/x.py:1", "/"): Sum(1, now)})
    backup = Backup.objects.create(state=BackupState.DONE, reason="nightly", name="x.zip", made_at=now)
    silent = SilentAddress.objects.create(email="weg@stadt.example", said="550", last_at=now, marked_at=now)
    office = User.objects.create_user("weg@akademie.example", role=Role.EDITOR)
    absence = Absence.objects.create(
        person=office, substitute=User.objects.get(email="lead@stadt.example"), until_day=TODAY
    )
    looked_after = Upkeep.objects.create(kind="weg", object_pk="1", title=SECRET, url="/", due_on=TODAY)
    upkeep: list[Values] = [{"pk": looked_after.pk}]
    report: list[Values] = [{"pk": reported.pk}]
    why = {"category": "other", "ground": "care", "reasons": SECRET}
    hidden = HiddenContent.objects.create(kind="praxis", object_pk="1", title=SECRET, address="/", **why)
    locked = PostingLock.objects.create(user=User.objects.get(email="stranger@stadt.example"), until=YESTERDAY, **why)
    barrier: list[Values] = [{"pk": BarrierReport.objects.create(text=SECRET, page="/").pk}]
    entered = KnownBarrier.objects.create(what="Die Karte", reason="outside", explanation="x")  # stands in public
    handed_in, sort = EventFactory(submitted=True, title=SECRET), EventTypeFactory(slug="stammtisch")
    known: list[Values] = [{"what": "barriere", "pk": entered.pk}]
    return {
        **{f"accessibility:{name}": barrier for name in ("barrier", "see_to", "note_fixed", "forget_reporter")},
        "accessibility:new_entry": [{"what": "pruefung"}, {"what": "barriere"}],
        "accessibility:change_entry": known,
        "accessibility:take_out": known,
        "cms:set_up": [{"token": "vorbei"}],
        **approval_links(office),
        "editing:end_absence": [{"pk": absence.pk}],
        **{f"editing:{name}": upkeep for name in ("one_upkeep", "look_after", "still_right", "must_change", "archive")},
        **questionnaire_in_all_states(),
        **{f"weblinks:{name}": [{"pk": key}] for name, key in link_that_is_broken().items()},
        **{f"events:{name}": [{"slug": handed_in.slug}] for name in ("office_event", "publish", "give_back")},
        **{f"events:{name}": [{"pk": sort.pk}] for name in ("type", "arrange_type")},
        "files:shrink": [{"pk": make_image(title=SECRET).pk}],
        "files:mark_accessible": [{"pk": AcademyDocument.objects.create(title=SECRET, licence="eigenes Werk").pk}],
        "exchange:move": [{"pk": asked.pk, "verb": "beantwortet"}],
        "moderation:report": report,
        "moderation:forget_reporter": report,
        "moderation:show_again": [{"pk": hidden.pk}],
        "moderation:unlock": [{"pk": locked.pk}],
        "notifications:silent_address": [{"pk": silent.pk}],
        "notifications:decide_address": [{"pk": silent.pk, "verb": "gilt-wieder"}],
        "operation:confirm_test_mail": [{"token": signing.dumps(mail_mark(), salt=test_mail.SALT)}],
        "operation:download_backup": [{"pk": backup.pk}],
        "operation:send_again": [{"pk": mail.pk}],
        "operation:mark_error": [{"pk": ErrorEntry.objects.get().pk}],
        "portal:handbook_card": [{"slug": "frage-beantworten"}],
        "portal:handbook_picture": [{"slug": "frage-beantworten"}],
        "privacy:rule": [{"key": "people.declined"}],
        "privacy:note_offer": [{"key": "archived"}],
        "privacy:lift": [{"pk": LegalHold.objects.get().pk}],
        "privacy:hold": [{"kind": "moderation.contentreport", "key": str(reported.pk)}],
        "privacy:erase_person": [{"pk": User.objects.get(email="stranger@stadt.example").pk}],
    }


# What `reverse` does not make: a page that nobody has written, a picture that only an address with a question has.
WITHOUT_VALUES = {
    CATCH_ALL: ("/quatsch/", False),
    "portal:code": ("/wegweiser/code.svg?q=Leerstand", True),
    "core:oembed": (f"/oembed/?url={settings.SITE_URL}/formate/offen/", True),
}


def browser(role: str) -> Client:
    client = Client()
    if role != "guest":
        client.force_login(User.objects.get(email=f"{role}@stadt.example"))
    return client


def paths(line: Line, world: dict[str, list[Values]]) -> Iterator[tuple[str, bool, bool]]:
    """Yield paths of an address, whether each leads to something, and whether it holds a secret word."""
    if line.name in WITHOUT_VALUES:
        yield *WITHOUT_VALUES[line.name], False
        return
    for values in world.get(line.name, [{}]):
        yield reverse(line.name, kwargs=values), True, bool({"token", "word"} & set(values))
    if "nobody" in (line.get, line.post):
        return
    for part, value in world.get(line.name, [{}])[0].items():
        for wrong in (987654,) if isinstance(value, int) else ("quatsch", "geheim"):
            with suppress(NoReverseMatch):
                yield reverse(line.name, kwargs={**world[line.name][0], part: wrong}), False, False


def kind_of(response: Any) -> str:
    """Return how somebody was received."""
    if response.status_code == 302 and response["Location"].startswith(
        ("/anmelden/?next=", "/geschaeftsstelle/cms/login")
    ):
        return "sign in"
    if response.status_code == 405:
        return "no such method"
    return "refused" if response.status_code in REFUSED else "in"


def meant(line: Line, method: str, role: str, *, leads: bool = True) -> set[str]:
    """Return how somebody has to be received: to whom nothing belongs, it may look as if there were nothing."""
    may = line.may(method)
    outside = {"sign in", "refused"} if role == "guest" else {"refused"}
    if line.post == "key" and method in ("POST", "PUT"):
        return {"refused", "no such method"}
    if may is None:
        uses_it = role in (line.may("GET") or set()) | (line.may("POST") or set())
        return {"no such method"} if uses_it and leads else {"no such method", *outside}
    if not leads:
        return outside
    if role in may:
        return {"in"}
    if not may:
        return {"refused", "sign in"}
    reads_only = line.declared == "public" and (method, line.post) != ("POST", "account")
    return {"refused"} if role != "guest" or reads_only else {"sign in"}


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


ROLES = ["lead", "guest", "stranger", "party", "editor"]  # PostgreSQL is asked by who sees most
QUERY = "?q=Leerstand&stadt=12070296&seite=2&thema=leerstand&art=praxis&stand=bestaetigt&person=a&von=2026-01-01"


@pytest.mark.parametrize("role", ROLES)
def test_reading_is_as_declared_tells_no_secret_and_changes_nothing(world: dict[str, list[Values]], role: str) -> None:
    client, before, wrong = browser(role), contents(), []
    for line in BY_NAME.values():
        for path, leads, has_word in paths(line, world):
            may_know = role in ("party", "editor", "lead") and line.declared != "public"
            by_lead = role != "lead" and "lead" in (line.may("GET") or ())  # HEAD for all who may see it, or for nobody
            asked = [] if by_lead and meant(line, "HEAD", role, leads=leads) == {"in"} else [("HEAD", path)]
            for method, address in (*asked, ("GET", path), *([("GET", path + QUERY)] if leads else [])):
                response = client.generic(method, address)
                if kind_of(response) not in meant(line, method, role, leads=leads):
                    wrong.append(f"{line.name}: {method} {address}: {response.status_code}")
                if SECRET.encode() in body(response) and not (has_word or may_know):
                    wrong.append(f"{line.name}: {address} tells what is not for {role}")
    assert wrong == [], "\n".join(wrong)
    after = contents()
    assert [table for table, digest in before.items() if after[table] != digest] == []


@pytest.mark.parametrize("role", ROLES)
def test_writing_is_as_declared_and_what_is_refused_changes_nothing(world: dict[str, list[Values]], role: str) -> None:
    client, before, wrong, forms = browser(role), contents(), [], []
    for line in BY_NAME.values():
        for number, (path, leads, _) in enumerate(paths(line, world)):
            for method in ("POST",) if number else ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
                expected = meant(line, method, role, leads=leads)
                if expected == {"in"}:
                    forms.append((line, path))
                    continue
                response = client.generic(method, path)
                body(response)
                preflight = method == "OPTIONS" and line.name.startswith("api:") and response.status_code == 204
                if kind_of(response) not in expected and not preflight:
                    wrong.append(f"{line.name}: {method} {path}: {response.status_code}")
    after = contents()
    assert [table for table, digest in before.items() if after[table] != digest] == []
    for line, path in forms:
        kept = copy.deepcopy(client.cookies)
        with transaction.atomic():
            response = client.post(path)
            body(response)
            transaction.set_rollback(True)
        client.cookies = kept
        if kind_of(response) != "in":
            wrong.append(f"{line.name}: POST {path}: {response.status_code}")
    assert wrong == [], "\n".join(wrong)


def test_who_looks_as_somebody_else_sees_what_is_declared_and_nothing_more(world: dict[str, list[Values]]) -> None:
    client, wrong = browser("lead"), []
    client.post("/geschaeftsstelle/ansehen-als/", {"email": "party@stadt.example"})
    for line in BY_NAME.values():
        for path, _, _ in paths(line, world) if line.get != "-" else ():
            response = client.get(path)
            body(response)
            if (response.status_code == 403) != (line.seen == "no"):
                wrong.append(f"{line.name}: {path}: {response.status_code}")
    assert wrong == [], "\n".join(wrong)
    assert {line.seen for line in BY_NAME.values() if line.get == "-"} == {"-"}


@pytest.mark.parametrize("role", ["guest", "stranger"])
def test_packages_let_in_whom_they_should(world: dict[str, list[Values]], role: str) -> None:
    client, wrong = browser(role), []
    for one, line in of_packages():
        response = client.get(one.filled)
        if line is None or (kind_of(response) == "in" and role not in (line.may("GET") or ())):
            wrong.append(f"{one.filled}: {response.status_code}")
        if SECRET.encode() in body(response):
            wrong.append(f"{one.filled} tells what is not for {role}")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("role", ["editor", "lead"])
def test_the_back_office_is_open_to_the_office(world: dict[str, list[Values]], role: str) -> None:
    client = browser(role)
    wrong = [
        one.filled
        for one, _ in of_packages()
        if getattr(getattr(one.view, "view_class", None), "__module__", "").startswith("akademie.")
        and not one.pattern.pattern.regex.groupindex
        and client.get(one.filled).status_code != 200
    ]
    assert wrong == [] if role == "lead" else [path for path in wrong if "/users/" not in path] == []
