"""Every address of ours x every role gives the declared answer, and no GET changes anything."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from akademie.accounts import actions as accounts
from akademie.accounts.models import Role, User
from akademie.cms import actions as cms
from akademie.cms.tests.factories import make_news
from akademie.core.access import public
from akademie.core.models import MailState, OutgoingMail
from akademie.exchange import actions as exchange
from akademie.exchange.models import HelpRequest
from akademie.exchange.tests.factories import HelpRequestFactory
from akademie.formats.tests.factories import FormatProfileFactory
from akademie.library.tests.factories import LibraryItemFactory
from akademie.moderation.models import ContentReport
from akademie.operation.actions.errors import note_errors
from akademie.operation.error_log import Seen, Sum
from akademie.operation.models import Backup, BackupState, ErrorEntry, SignOfLife
from akademie.practices.tests.factories import PracticeCaseFactory, TownFactory

pytestmark = pytest.mark.django_db
ROLES = ["guest", Role.PARTICIPANT, Role.EDITOR, Role.LEAD]
SECRET = "Verschlusssache"  # stands in everything that nobody may see yet
DESK = "/geschaeftsstelle/cms/"
# For each part of an address: one value that is public, one that exists but is not, one that does not exist.
VALUES = {
    ("api:topic_feed", "slug"): ["leerstand", "quatsch"],
    ("api:records", "kind"): ["praxis", "bibliothek", "formate", "aktuelles", "quatsch"],
    ("api:record", "kind"): ["praxis", "bibliothek", "formate", "aktuelles"],
    ("api:record", "name"): ["offen", "geheim", "quatsch"],
    ("api:nothing", "rest"): ["quatsch", "a/b/c/"],
    ("api:download", "kind"): ["praxis", "bibliothek", "staedte", "quatsch"],
    ("api:download", "ending"): ["csv", "json", "geojson"],
    ("api:", "ending"): ["ttl", "jsonld"],
    ("api:", "number"): ["1"],
    ("topics:", "slug"): ["leerstand", "quatsch"],
    ("towns:", "ags"): ["12070296", "quatsch"],
    ("cms:news_item", "slug"): ["offen", "geheim", "quatsch"],
    ("library:", "slug"): ["offen", "geheim", "quatsch"],
    ("library:citation_file", "ending"): ["bib", "ris", "csl.json"],
    ("practices:", "slug"): ["offen", "geheim", "quatsch"],
    ("formats:", "slug"): ["offen", "geheim", "quatsch"],
    ("accounts:confirm", "token"): ["quatsch"],
    ("exchange:confirm", "token"): ["quatsch"],
    ("cms:set_up", "token"): ["quatsch"],
    ("exchange:move", "verb"): ["beantwortet", "quatsch"],
    ("operation:confirm_test_mail", "token"): ["quatsch"],
    ("operation:card", "slug"): ["frage-beantworten"],
    ("files:", "folder"): ["images"],
    ("files:", "name"): ["geheim.png"],
}
FOR_THE_LEITUNG = {"accounts.keep_recovery_codes", "cms.set_up", "operation.go_live"}
PUBLIC_ANSWERS = {200, 301, 302, 404, 405, 410}


def our_patterns(resolver: URLResolver | None = None, space: str = "", prefix: str = "") -> Iterator[tuple[Any, ...]]:
    """Yield name, route, names of the parts and view of every address of ours.

    Viewsets of the back office are left out: Wagtail checks each of them, and a test below asks.
    """
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from our_patterns(pattern, f"{pattern.namespace}:" if pattern.namespace else space, route)
        elif pattern.callback.__module__.startswith("akademie.") and not hasattr(pattern.callback, "view_class"):
            parts = [name for name in pattern.pattern.regex.groupindex if name not in (pattern.default_args or {})]
            yield f"{space}{pattern.name}", route, parts, pattern.callback


def viewset_addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Yield the addresses of our viewsets in the back office that need no key."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from viewset_addresses(pattern, route)
        elif getattr(getattr(pattern.callback, "view_class", None), "__module__", "").startswith("akademie."):
            yield from [f"/{route}"] if not pattern.pattern.regex.groupindex else []


def values(name: str, part: str, made: dict[str, list[str]]) -> list[str]:
    """Return what to put into a part of an address."""
    if f"{name}:{part}" in made:
        return made[f"{name}:{part}"]
    found = [given for (begin, key), given in VALUES.items() if key == part and name.startswith(begin)]
    assert found, f"say in VALUES what stands for {part} in the addresses of {name}"
    return found[0]


def addresses(made: dict[str, list[str]]) -> Iterator[tuple[str, Any]]:
    """Yield every address of ours with its view, its parts filled in."""
    for name, route, parts, view in our_patterns():
        if parts:
            filled = [re.sub(r"[\^$]|\\(?=\.)", "", route)]
            for part in parts:
                hole = re.compile(rf"<\w+:{part}>|\(\?P<{part}>(?:[^()]|\([^()]*\))*\)")
                filled = [hole.sub(value, path) for path in filled for value in values(name, part, made)]
        else:
            filled = ["" if route.startswith("^") else route]
        yield from ((f"/{path}", view) for path in filled)


@pytest.fixture
def made(settings: Any) -> dict[str, list[str]]:
    """One of everything that is public, and one that is not: it could leak. Returns keys by address and part."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # no backup is made here
    cms.load_pages(lambda _: None)
    cms.set_up_office(lambda _: None)
    town = TownFactory(ags="12070296", name="Perleberg")
    for slug, more in (("offen", {}), ("geheim", {"draft": True})):
        title = SECRET if more else "Für alle"
        LibraryItemFactory(slug=slug, title=title, about=["leerstand"], **more)
        PracticeCaseFactory(slug=slug, title=title, about=["leerstand"], towns=[town], **more)
        FormatProfileFactory(slug=slug, name=title, **more)
        make_news(title, slug, live=not more)
    asked = HelpRequestFactory(question=f"{SECRET}: wer kann uns helfen und kennt sich aus?")
    reported = ContentReport.objects.create(address="/", category="other", title=SECRET, text=f"{SECRET}!")
    for role in (Role.PARTICIPANT, Role.EDITOR, Role.LEAD):
        User.objects.create_user(f"{role}@stadt.example", role=role)
    mail = OutgoingMail.objects.create(address="paula@stadt.example", source=b"", state=MailState.FAILED)
    SignOfLife.objects.create(name="x", seen_at=timezone.now())
    note_errors({Seen("ValueError", "akademie/x.py:1", "/"): Sum(1, timezone.now())})
    backup = Backup.objects.create(state=BackupState.DONE, reason="nightly", name="x.zip", made_at=timezone.now())
    return {
        "operation:download_backup:pk": [str(backup.pk)],
        "exchange:move:pk": [str(asked.pk)],
        "moderation:report:pk": [str(reported.pk)],
        "moderation:forget_reporter:pk": [str(reported.pk)],
        "operation:send_again:pk": [str(mail.pk)],
        "operation:mark_error:pk": [str(ErrorEntry.objects.get().pk)],
    }


def browser(role: str) -> Client:
    """Return a browser of someone with this role."""
    client = Client()
    if role != "guest":
        client.force_login(User.objects.get(email=f"{role}@stadt.example"))
    return client


def is_asked_to_sign_in(response: Any) -> bool:
    return response.status_code == 302 and response["Location"].startswith("/anmelden/?next=")


@pytest.mark.parametrize("role", ROLES)
def test_every_address_gives_the_declared_answer(made: dict[str, list[str]], role: str) -> None:
    client, office = browser(role), role in (Role.EDITOR, Role.LEAD)
    wrong, seen = [], 0
    for path, view in addresses(made):
        response = client.get(path)
        seen += 1
        if view.access == "public":
            fine = response.status_code in PUBLIC_ANSWERS
            if "offen" in path:
                fine = response.status_code == 200
            elif "geheim" in path and not office:
                fine = response.status_code == 404
        elif response.status_code == 405:
            fine = True  # takes a form only
        elif role == "guest":
            fine = is_asked_to_sign_in(response)
        else:
            meant = office and (role == Role.LEAD or view.access not in FOR_THE_LEITUNG)
            fine = response.status_code == 200 if meant else response.status_code in (403, 404)
        if not fine:
            wrong.append(f"{path}: {response.status_code}")
        told = office and view.access != "public"  # what is for the office may speak of it
        if not told and not response.streaming and SECRET.encode() in response.content:
            wrong.append(f"{path} tells what is not public")
    assert wrong == []
    assert seen > 60


@pytest.mark.parametrize("role", ROLES)
def test_what_takes_forms_for_the_office_refuses_everyone_else(made: dict[str, list[str]], role: str) -> None:
    client = browser(role)
    forms = [path for path, view in addresses(made) if view.access not in ("public", "signed in")]
    assert forms != []
    for path in forms:
        response = client.post(path)
        if role == "guest":
            assert is_asked_to_sign_in(response), path
        elif role == Role.PARTICIPANT:
            assert response.status_code == 404, path
    states = set(HelpRequest.objects.values_list("state", flat=True))
    assert states == ({"open"} if role in ("guest", Role.PARTICIPANT) else {"answered"})


@pytest.mark.parametrize("role", ROLES)
def test_the_back_office_is_for_the_office(made: dict[str, list[str]], role: str) -> None:
    client = browser(role)
    answers = {
        path: client.get(path)
        for path in (
            DESK, f"{DESK}anfragen/", f"{DESK}snippets/library/libraryitem/", f"{DESK}snippets/practices/practicecase/",
            f"{DESK}snippets/formats/formatprofile/", f"{DESK}images/", f"{DESK}documents/", *viewset_addresses(),
        )
    }  # fmt: skip
    if role in (Role.EDITOR, Role.LEAD):
        refused = {path for path, answer in answers.items() if answer.status_code != 200}
        assert {path for path in refused if role == Role.LEAD or not path.startswith(f"{DESK}users/")} == set()
    else:
        for path, answer in answers.items():
            assert answer.status_code in (302, 403, 404), path
            assert SECRET.encode() not in answer.content, path
            if answer.status_code == 302:
                assert answer["Location"].startswith(("/anmelden/", f"{DESK}login/")), path


def contents() -> dict[str, str]:
    """Return a hash of each table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "core_tally":  # how often somebody has asked is no content
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


@pytest.fixture
def mailed_links(mailoutbox: list[Any]) -> list[str]:
    """Paths of links that wait in mail boxes: to sign in, and to confirm a question."""
    accounts.send_sign_in_link("neu@stadt.example")
    exchange.ask(question="Wer hat Erfahrung damit?", email="neu@stadt.example", sender="127.0.0.1")
    return [urlsplit(link).path for mail in mailoutbox for link in re.findall(r"https?://\S+/", mail.body)]


@pytest.mark.parametrize("role", ROLES)
def test_no_get_changes_anything(made: dict[str, list[str]], role: str, mailed_links: list[str]) -> None:
    client = browser(role)
    paths = [path for path, _ in addresses(made)]
    queries = ["?q=Leerstand", "?q=Leerstand&stadt=12070296&seite=2&thema=leerstand&art=praxis"]
    before = contents()
    assert [client.get(link).status_code for link in mailed_links] == [200, 200]
    for path in [*mailed_links, *paths, *(path + query for path in paths for query in queries)]:
        client.get(path)
        client.head(path)
    assert contents() == before


def test_a_view_that_declares_nothing_is_not_open() -> None:
    assert public(lambda request: None).access == "public"
    assert [name for name, _, _, view in our_patterns() if not hasattr(view, "access")] == []
