"""Every link to a person is answered for: it is in the archive of one's data, and it goes or is said to stay.

A new model with a link to a person, or with a mail address, belongs to the `PeopleData` of its area, and its area's
`tests/personal.py` makes one. What is no personal data stands in EXEMPT with the reason.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import connection
from django.db.models import EmailField, Field, Model
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from akademie.accounts.actions import account
from akademie.accounts.forms import AccountEditForm
from akademie.accounts.models import AddressChange, Role, User
from akademie.cms.actions import load_pages
from akademie.core.contributions import Fate, people_data, processing, retention_rules
from akademie.core.models import OutgoingMail
from akademie.exchange.models import HelpRequest
from akademie.exchange.tests.factories import HelpRequestFactory
from akademie.moderation.models import ContentReport
from akademie.people.models import ContactRequest
from akademie.people.tests.factories import ProfileFactory
from akademie.privacy.actions import erasure
from akademie.privacy.archive import write_archive
from akademie.privacy.queries import subjects
from akademie.privacy.queries.retention import record_of_processing
from akademie.questionnaires.models import AnswerSet

TOKEN = "zwuelfinghaus"
NAMES = {"email", "mail", "address", "phone", "telephone", "first_name", "last_name"}  # of columns that speak of people
EXEMPT = {
    "cms.AcademySettings": "The operator's own address and phone number, public in the imprint.",
    "wagtailcore.ReferenceIndex": "Which object uses which; made from the objects, goes with them.",
    "wagtailcore.Task": "A step of a workflow: its type, nobody's data.",
    "wagtailcore.GroupApprovalTask": "A step of a workflow: its type, nobody's data.",
    "editing.ReleaseByLead": "A step of a workflow: its type, nobody's data.",
    "wagtailcore.WorkflowContentType": "Which workflow a kind of snippet has.",
    "wagtailsearch.IndexEntry": "Wagtail's index of pages and files in the back office; made from them.",
    "taggit.TaggedItem": "Tags of pictures and documents.",
    "auth.Permission": "What a role may do.",
    "privacy.ArchiveOffer": "Says of a record that the archive was asked; goes with the record.",
    "questionnaires.Answer": "Goes with its AnswerSet; whose it is, only the area knows that links to that one.",
    "account.EmailConfirmation": "Not used: addresses are confirmed by links of ours.",
}


def is_link(field: Any) -> bool:
    """Whether a field leads to a person: by a key, by a mail address, to anything at all, or to somebody's answers."""
    if field.is_relation:
        own_side = not field.auto_created or field.concrete
        return bool(own_side and field.related_model in (get_user_model(), ContentType, AnswerSet))
    return isinstance(field, EmailField) or (isinstance(field, Field) and field.name in NAMES)


def linked_models() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if any(is_link(field) for field in model._meta.get_fields()):
            yield model


def answered() -> set[type[Model]]:
    return {model for area in people_data for model in area.models}


def test_every_link_to_a_person_is_answered_for() -> None:
    known = answered()
    # What a page inherits from Page is answered for with Page.
    open_ends = [
        model._meta.label
        for model in linked_models()
        if model not in known and model._meta.label not in EXEMPT and not (issubclass(model, Page) and Page in known)
    ]
    assert open_ends == [], "belongs to the PeopleData of its area, or into EXEMPT with the reason"


def test_no_exemption_is_out_of_date() -> None:
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert sorted(set(EXEMPT) - labels - {"account.EmailConfirmation"}) == []
    assert [model._meta.label for model in answered() if model._meta.label in EXEMPT] == []


def rows() -> Iterator[tuple[str, str]]:
    """Yield every row of every table with all its columns as text, in small letters."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                values = [bytes(value).decode("latin-1") if isinstance(value, memoryview) else value for value in row]
                yield table, repr(values).casefold()


def tables_that_speak_of(token: str) -> list[str]:
    return sorted({table for table, row in rows() if token in row})


@pytest.fixture
def person(settings: Any, tmp_path: Path, db: None) -> User:
    """Somebody of the office with data in every area."""
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND = "akademie.core.outbox.OutboxBackend"
    User.objects.create_user("leitung@kleinstadt.example", role=Role.LEAD)
    return User.objects.create_user(
        f"{TOKEN}@stadt.example", first_name="Paula", last_name=TOKEN.capitalize(), role=Role.EDITOR
    )


def traces(person: User) -> list[str]:
    """Have every area make data of the person; return what the archive must show."""
    areas = dict.fromkeys(area.key.partition(".")[0] for area in people_data if area.models)
    return [
        text for area in areas for text in import_module(f"akademie.{area}.tests.personal").leave_traces(person, TOKEN)
    ]


def test_a_person_takes_everything_along_and_is_forgotten(person: User, tmp_path: Path) -> None:
    expected = traces(person)
    subject = subjects.subject_of(person)
    write_archive(tmp_path / "all.zip", subject)
    pages = pages_of(tmp_path / "all.zip")
    assert [text for text in expected if text not in pages] == []
    before = tables_that_speak_of(TOKEN)
    assert len(before) > 5

    said = [line for part in subjects.outlook(subject) for line in part.lines]
    assert [line.what for line in said if line.fate != Fate.GOES and not line.why] == [], "what stays says why"
    client = Client()
    client.force_login(person)
    assert client.get("/konto/loeschen/").status_code == 200
    assert tables_that_speak_of(TOKEN) == sorted({*before, *tables_that_speak_of(TOKEN)} & {*before, "django_session"})
    assert client.post("/konto/loeschen/", {"sure": "on"}).status_code == 302

    assert "Ihre Adresse an einer letzten Mail" in [line.what for line in said if line.fate == Fate.STAYS]
    last = OutgoingMail.objects.get(address=person.email)
    assert last.subject == "Ihre Daten sind gelöscht"
    last.delete()
    assert tables_that_speak_of(TOKEN) == []
    for area in people_data:  # an erasure may be repeated
        area.erase(subjects.Subject(email=person.email))


@pytest.mark.parametrize("way", ["by link", "by the office", "in the back office"])
def test_a_change_of_address_detaches_nobody_from_their_data(person: User, tmp_path: Path, way: str) -> None:
    """What was done with the old address, before the account and with it, is found with the new one, and goes."""
    old = person.email
    expected = [text for text in traces(person) if f"{TOKEN}-neu@" not in text]  # the wish for an address ends
    leave_guest_traces(old)
    change_address(person, f"anders@{TOKEN}.example", way)
    person.refresh_from_db()
    assert (person.email, person.former_addresses.filter(email=old).count()) == (f"anders@{TOKEN}.example", 1)
    write_archive(tmp_path / "all.zip", subjects.subject_of(person))
    pages = pages_of(tmp_path / "all.zip")
    assert [text for text in [*expected, *GUEST_SAYS] if text.replace(old, person.email) not in pages] == []
    assert erasure.erase_account(person, by=person)
    OutgoingMail.objects.get(address=person.email).delete()
    assert tables_that_speak_of(TOKEN) == []


def test_who_has_the_address_next_gets_nothing_of_the_one_before(person: User, tmp_path: Path) -> None:
    """The mailbox of a post goes from hand to hand."""
    mailbox = person.email
    leave_guest_traces(mailbox)
    change_address(person, "privat@stadt.example", "by link")
    person.refresh_from_db()
    heir = User.objects.create_user(mailbox)
    for area in people_data:
        if area.claim:
            area.claim(heir)
    HelpRequestFactory(email=mailbox, question="Frage der Nachfolge", created_at=timezone.now())
    for who, has in ((heir, ["Frage der Nachfolge"]), (person, GUEST_SAYS)):
        write_archive(tmp_path / "one.zip", subjects.subject_of(who))
        pages = pages_of(tmp_path / "one.zip")
        assert [text for text in ["Frage der Nachfolge", *GUEST_SAYS] if text in pages] == has
    erasure.erase_account(heir, by=heir)
    assert HelpRequest.objects.filter(user=person).count() == 1


GUEST_SAYS = ["Frage als Gast", "Meldung als Gast: Das ist falsch.", "Nachricht als Gast"]


def leave_guest_traces(email: str) -> None:
    """Ask, report and write to somebody, without an account."""
    HelpRequestFactory(email=email, question=GUEST_SAYS[0])
    ContentReport.objects.create(address="/", category="wrong", email=email, text=GUEST_SAYS[1])
    recipient = ProfileFactory().user
    ContactRequest.objects.create(recipient=recipient, sender_name="Gast", sender_email=email, text=GUEST_SAYS[2])


def change_address(person: User, email: str, way: str) -> None:
    if way == "by link":
        account.ask_for_address(person, email)
        wish = AddressChange.objects.get(user=person)
        account.change_address(person, signing.dumps({"pk": person.pk, "word": wish.word}, salt=account.SALT))
    elif way == "by the office":
        account.correct_address(person, email, by=User.objects.get(role=Role.LEAD))
    else:
        given = {"email": email, "first_name": person.first_name, "last_name": person.last_name, "role": person.role}
        form = AccountEditForm({**given, "is_active": "on"}, instance=User.objects.get(pk=person.pk))
        assert form.is_valid()
        form.save()


def pages_of(archive: Path) -> str:
    with ZipFile(archive) as package:
        return "\n".join(package.read(name).decode() for name in package.namelist() if name.endswith(".html"))


def test_somebody_without_an_account_takes_everything_along_and_is_forgotten(person: User, tmp_path: Path) -> None:
    """The same address, but never an account: what areas keep by address alone."""
    email = f"gast-{TOKEN}@stadt.example"
    guest = User(email=email, first_name="Gast", last_name=TOKEN.capitalize())
    HelpRequestFactory(email=email, question=f"Frage von {guest}")
    ContentReport.objects.create(
        address="/", category="wrong", name=str(guest), email=email, text=f"Von {guest}: Falsch."
    )
    write_archive(tmp_path / "all.zip", subjects.Subject(email=email))
    pages = pages_of(tmp_path / "all.zip")
    assert [text for text in (f"Frage von {guest}", f"Von {guest}: Falsch.") if text not in pages] == []
    person.delete()
    erasure.erase_address(email)
    OutgoingMail.objects.get(address=email).delete()
    assert tables_that_speak_of(TOKEN) == []


# -- the record of processing ----------------------------------------------------------------------------------------
def test_every_processing_says_how_long() -> None:
    assert [one.key for one in processing if not one.retention and not one.kept] == []
    for one in processing:
        assert all((one.title, one.purpose, one.basis, one.people, one.data, one.recipients)), one.key


@pytest.mark.parametrize(
    ("key", "switch"), [("accounts.provider", "OIDC_ISSUER"), ("notifications.returned", "BOUNCE_IMAP_HOST")]
)
def test_what_is_switched_off_is_neither_in_the_record_nor_in_the_notice(
    settings: Any, client: Client, db: None, key: str, switch: str
) -> None:
    load_pages(lambda _: None)
    declared = processing.get(key)
    assert declared
    everything = {one.key for one in processing}
    for value, shown in (("", False), ("https://anmeldung.stadt.example", True)):
        setattr(settings, switch, value)
        in_record = {one.key for one, _rules in record_of_processing()}
        assert everything - in_record >= (set() if shown else {key})
        assert (key in in_record, f"<summary>{declared.title}</summary>" in client.get("/datenschutz/").text) == (
            shown, shown,
        )  # fmt: skip


def test_every_rule_belongs_to_a_processing() -> None:
    named = {key for one in processing for key in one.retention}
    assert [rule.key for rule in retention_rules if rule.key not in named] == []


def test_every_area_with_people_says_what_for() -> None:
    areas = {area.key.partition(".")[0] for area in people_data if area.models}
    assert sorted(areas - {one.key.partition(".")[0] for one in processing} - {"files"}) == []
