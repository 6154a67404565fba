"""One address in place of another everywhere: what is published, what is a draft, who is in the way."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Task, Workflow, WorkflowTask

from akademie.accounts.models import Role, User
from akademie.cms.actions import set_up_office
from akademie.cms.models import Menu, MenuLink, StandardPage
from akademie.cms.tests.factories import make_page
from akademie.core.actions import NotPossible
from akademie.core.tests.web import WebServer
from akademie.editing.models import Upkeep
from akademie.formats.tests.factories import FormatProfileFactory
from akademie.library.models import LibraryItem
from akademie.library.tests.factories import LibraryItemFactory
from akademie.practices.models import PracticeCase
from akademie.practices.tests.factories import PracticeCaseFactory
from akademie.topics.tests.factories import TopicFactory
from akademie.weblinks import actions, collecting, replacing
from akademie.weblinks.forms import NewAddressForm
from akademie.weblinks.models import WebLink
from tests.weblinks import places, rich, server  # noqa: F401

pytestmark = pytest.mark.django_db
OLD, NEW = "https://alt.example/a?x=1&y=2", "https://neu.example/b?z=1&w=2"
LIST = "/geschaeftsstelle/links/"


@pytest.fixture(autouse=True)
def office(db: None, kept: Any, server: WebServer) -> None:  # noqa: F811
    """The back office as it is set up, so that its people may publish; nobody else is asked."""
    kept("office", lambda: set_up_office(lambda _: None))


def link_to(address: str = OLD) -> WebLink:
    collecting.collect()
    return WebLink.objects.get(url=address)


def replace(by: User, new: str = NEW, old: str = OLD) -> replacing.Plan:
    link = link_to(old)
    return actions.replace_everywhere(link, new=new, stamp=replacing.plan(link, new, by).stamp, by=by)


def texts_of(page: StandardPage) -> str:
    return str(StandardPage.objects.get(pk=page.pk).body.raw_data)


def draft_of(thing: Any) -> Any:
    return type(thing).objects.get(pk=thing.pk).get_latest_revision_as_object()


def published_page(slug: str, *addresses: str, **more: Any) -> StandardPage:
    page = make_page(slug.title(), slug, body=rich(*addresses), **more)
    page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


# -- everything at once -----------------------------------------------------------------------------------------------
def test_it_stands_everywhere_afterwards(editor: User) -> None:
    page = published_page("seite", OLD, f"{OLD}&mehr")
    item = LibraryItemFactory(link=OLD, note=f"Siehe {OLD}.")
    case = PracticeCaseFactory(source=f"Amtsblatt, {OLD}, S. 2\nZeitung")
    profile = FormatProfileFactory(sources=[f"Leitfaden, {OLD}"])
    topic = TopicFactory(source=[{"title": "Quelle", "url": OLD}])
    entry = MenuLink.objects.create(menu=Menu.load(), title="Link", url=OLD)
    done = replace(editor)
    assert len(done.possible) == 6
    page.refresh_from_db()
    assert [str(block.value) for block in page.body] == [
        '<p><a href="https://neu.example/b?z=1&amp;w=2">hier</a></p>'
        '<p><a href="https://alt.example/a?x=1&amp;y=2&amp;mehr">hier</a></p>'
    ]
    assert 'href="https://neu.example/b?z=1&amp;w=2"' in page.body_html
    for thing in (item, case, profile, topic, entry):
        thing.refresh_from_db()
    assert (item.link, item.note) == (NEW, f"Siehe {NEW}.")
    assert (case.source, profile.sources) == (f"Amtsblatt, {NEW}, S. 2\nZeitung", [f"Leitfaden, {NEW}"])
    assert (topic.source, entry.url) == ([{"title": "Quelle", "url": NEW}], NEW)
    assert [url for url, *_ in sorted(places())] == [f"{OLD}&mehr", *[NEW] * 7]
    assert not WebLink.objects.filter(url=OLD).exists()


def test_it_stands_in_the_history_with_the_person(editor: User) -> None:
    page, item = published_page("seite", OLD), LibraryItemFactory(link=OLD)
    replace(editor)
    for thing in (page, item):
        thing.refresh_from_db()
        assert (thing.live, thing.has_unpublished_changes, thing.latest_revision.user) == (True, False, editor)
        assert thing.live_revision == thing.latest_revision
    entry = PageLogEntry.objects.filter(page=page.pk, action=replacing.REPLACED).get()
    assert (entry.user, entry.data, entry.revision) == (editor, {"old": OLD, "new": NEW}, page.latest_revision)


def test_an_address_is_no_check_of_the_text(editor: User) -> None:
    item = LibraryItemFactory(link=OLD)
    replace(editor)
    assert Upkeep.objects.get(object_pk=str(item.pk), kind="bibliothek").checked_on is None


# -- drafts -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("in_live", [True, False])
@pytest.mark.parametrize("in_draft", [True, False])
def test_a_draft_is_changed_and_stays_a_draft(editor: User, lead: User, in_live: bool, in_draft: bool) -> None:
    LibraryItemFactory(link=OLD)  # so that there is something to replace
    page = published_page("seite", OLD if in_live else "/praxis/")
    page.title, page.body = "Unfertig", rich(OLD if in_draft else "/praxis/")
    page.save_revision(user=lead)
    replace(editor)
    page = StandardPage.objects.get(pk=page.pk)
    draft = draft_of(page)
    assert (page.title, draft.title) == ("Seite", "Unfertig")
    assert (OLD in texts_of(page), OLD in str(draft.body.raw_data)) == (False, False)
    assert ("neu.example" in texts_of(page), "neu.example" in str(draft.body.raw_data)) == (in_live, in_draft)
    assert (page.live, page.has_unpublished_changes, page.draft_title) == (True, True, "Unfertig")
    assert page.latest_revision.user == (editor if in_draft else lead)


def test_what_was_never_published_stays_unpublished(editor: User) -> None:
    LibraryItemFactory(link=OLD)
    item = LibraryItemFactory(draft=True, title="Nur Entwurf", link="")
    item.link = OLD
    item.save_revision()
    page = make_page("Nur Entwurf", "nur-entwurf", live=False)
    page.body = rich(OLD)
    page.save_revision()
    plan = replace(editor)
    assert sorted((change.told.title, bool(change.live), bool(change.draft)) for change in plan.changes)[-2:] == [
        ("Nur Entwurf", False, True), ("Nur Entwurf", False, True),
    ]  # fmt: skip
    for thing in (LibraryItem.objects.get(pk=item.pk), StandardPage.objects.get(pk=page.pk)):
        assert (thing.live, thing.first_published_at) == (False, None)
    assert draft_of(item).link == NEW
    assert "neu.example" in str(draft_of(page).body.raw_data)


def test_a_date_of_publishing_stays(editor: User) -> None:
    page = published_page("seite", OLD)
    day = timezone.now() + timedelta(days=30)
    page.title, page.go_live_at = "Ab Weihnachten", day
    page.save_revision().publish()
    before = StandardPage.objects.get(pk=page.pk)
    assert (before.title, before.scheduled_revision is not None) == ("Seite", True)
    replace(editor)
    after = StandardPage.objects.get(pk=page.pk)
    assert (after.title, OLD in texts_of(after)) == ("Seite", False)
    scheduled = after.scheduled_revision
    assert (scheduled, scheduled.approved_go_live_at) == (after.latest_revision, day)
    assert (scheduled.as_object().title, OLD in str(scheduled.content)) == ("Ab Weihnachten", False)


def test_an_unfinished_draft_that_could_not_be_published_is_changed_too(editor: User) -> None:
    item = LibraryItemFactory(link=OLD)
    item.title, item.isbn = "", "falsch"
    item.save_revision(clean=False)
    replace(editor)
    assert (LibraryItem.objects.get(pk=item.pk).link, draft_of(item).link, draft_of(item).isbn) == (NEW, NEW, "falsch")


# -- what is in the way -----------------------------------------------------------------------------------------------
def left(by: User, new: str = NEW) -> dict[str, str]:
    plan = replacing.plan(link_to(), new, by)
    return {change.told.title: change.problem for change in plan.left_alone}


def test_what_waits_for_approval_is_left_alone(editor: User, lead: User) -> None:
    page, other = published_page("seite", OLD), LibraryItemFactory(link=OLD)
    workflow, task = Workflow.objects.create(name="Prüfung"), Task.objects.create(name="Lesen")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page.save_revision(user=lead)
    workflow.start(page, lead)
    assert left(editor) == {"Seite": "wartet gerade auf eine Freigabe"}
    replace(editor)
    page, other = StandardPage.objects.get(pk=page.pk), LibraryItem.objects.get(pk=other.pk)
    assert (OLD.replace("&", "&amp;") in texts_of(page), page.workflow_in_progress, other.link) == (True, True, NEW)


def test_what_somebody_has_locked_is_left_alone(editor: User, lead: User) -> None:
    page = published_page("seite", OLD)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=lead, locked_at=timezone.now())
    assert (left(editor), left(lead)) == ({"Seite": "ist gesperrt"}, {})
    with pytest.raises(NotPossible):
        replace(editor)
    assert OLD.replace("&", "&amp;") in texts_of(page)


def test_what_one_may_not_publish_is_left_alone(editor: User) -> None:
    published_page("seite", OLD)
    editor.groups.clear()
    assert left(editor) == {"Seite": "dürfen Sie nicht veröffentlichen"}


def test_what_does_not_fit_is_left_alone(editor: User) -> None:
    LibraryItemFactory(title="Zu lang", link=OLD)
    LibraryItemFactory(title="Passt", note=OLD)
    long = f"{NEW}{'x' * 500}"
    assert list(left(editor, long)) == ["Zu lang"]
    replace(editor, long)
    assert sorted(LibraryItem.objects.values_list("link", "note")) == [("", long), (OLD, "")]


def test_what_no_text_has_is_said(editor: User) -> None:
    item = LibraryItemFactory(doi="10.1234/x")
    plan = replacing.plan(link_to("https://doi.org/10.1234/x"), NEW, editor)
    assert (plan.changes, [use.object_pk for use in plan.elsewhere]) == ([], [str(item.pk)])
    with pytest.raises(NotPossible):
        replace(editor, old="https://doi.org/10.1234/x")


# -- two at once ------------------------------------------------------------------------------------------------------
def change_text(item: LibraryItem, page: StandardPage) -> None:
    item.note = f"Auch {OLD}"
    item.save()


def make_draft(item: LibraryItem, page: StandardPage) -> None:
    page.title = "Unfertig"
    page.save_revision()


def take_away(item: LibraryItem, page: StandardPage) -> None:
    page.unpublish()


def add_another(item: LibraryItem, page: StandardPage) -> None:
    LibraryItemFactory(link=OLD)
    collecting.collect()


@pytest.mark.parametrize("change", [change_text, make_draft, take_away, add_another])
def test_what_changed_since_the_preview_is_shown_again(editor: User, change: Any) -> None:
    item, page = LibraryItemFactory(link=OLD), published_page("seite", OLD)
    link = link_to()
    seen = replacing.plan(link, NEW, editor).stamp
    change(item, page)
    with pytest.raises(NotPossible, match="Inzwischen hat sich etwas geändert"):
        actions.replace_everywhere(link, new=NEW, stamp=seen, by=editor)
    assert LibraryItem.objects.get(pk=item.pk).link == OLD


def test_pressing_twice_is_said(editor: User) -> None:
    LibraryItemFactory(link=OLD)
    link = link_to()
    stamp = replacing.plan(link, NEW, editor).stamp
    actions.replace_everywhere(link, new=NEW, stamp=stamp, by=editor)
    with pytest.raises(NotPossible):
        actions.replace_everywhere(link, new=NEW, stamp=stamp, by=editor)


def test_if_one_cannot_be_written_none_is(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    item, case = LibraryItemFactory(link=OLD), PracticeCaseFactory(source=OLD)
    link = link_to()
    stamp = replacing.plan(link, NEW, editor).stamp

    def refuse(self: PracticeCase, **_: Any) -> None:
        raise ValidationError("nein")

    monkeypatch.setattr(PracticeCase, "save_revision", refuse)
    with pytest.raises(ValidationError):
        actions.replace_everywhere(link, new=NEW, stamp=stamp, by=editor)
    item.refresh_from_db()
    case.refresh_from_db()
    assert (item.link, case.source, WebLink.objects.get(pk=link.pk).url) == (OLD, OLD, OLD)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_one_replaces(server: WebServer) -> None:  # noqa: F811
    set_up_office(lambda _: None)
    people = [User.objects.create_user(f"{name}@akademie.example", role=Role.EDITOR) for name in ("anna", "berta")]
    item, page = LibraryItemFactory(link=OLD), published_page("seite", OLD)
    link = link_to()
    asked = [(f"https://neu.example/{person.pk}", person) for person in people]
    stamps = [replacing.plan(link, new, person).stamp for new, person in asked]

    def press(number: int) -> str:
        new, person = asked[number]
        try:
            actions.replace_everywhere(link, new=new, stamp=stamps[number], by=person)
        except NotPossible as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return new

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(press, range(2)))
    item.refresh_from_db()
    assert sorted(said) == sorted([item.link, actions.CHANGED])
    assert item.link in texts_of(page)
    assert StandardPage.objects.get(pk=page.pk).revisions.count() == 2


# -- the screens ------------------------------------------------------------------------------------------------------
def test_the_office_sees_each_place_before_and_after_and_presses_once(client: Client, editor: User) -> None:
    page, item = published_page("seite", OLD), LibraryItemFactory(title="Studie", link=OLD)
    page.title = "Unfertig"
    page.save_revision()
    link = link_to()
    client.force_login(editor)
    preview = client.get(f"{LIST}{link.pk}/ersetzen/", {"neu": NEW})
    html = preview.content.decode()
    rows = [re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", row)).strip() for row in html.split("<tr>")[2:]]
    shown = [(OLD if OLD in row.replace("&amp;", "&") else "", NEW if NEW in row.replace("&amp;", "&") else "")
             for row in rows]  # fmt: skip
    assert ([row.split(" ")[0] for row in rows], shown) == (["Seite", "Seite", "Studie"], [(OLD, NEW)] * 3)
    assert LibraryItem.objects.get(pk=item.pk).link == OLD, "a look changes nothing"
    stamp = re.search(r'name="stand" value="(\w+)"', html)
    assert stamp
    answer = client.post(f"{LIST}{link.pk}/ersetzen/", {"neu": NEW, "stand": stamp[1]}, follow=True)
    assert "Ersetzt: 2 Stellen." in answer.content.decode()
    assert LibraryItem.objects.get(pk=item.pk).link == NEW


def test_a_press_without_a_look_shows_the_places_first(client: Client, editor: User) -> None:
    item = LibraryItemFactory(link=OLD)
    link = link_to()
    client.force_login(editor)
    answer = client.post(f"{LIST}{link.pk}/ersetzen/", {"neu": NEW, "stand": "x"})
    assert "Bitte sehen Sie die Vorschau noch einmal an" in answer.content.decode()
    assert LibraryItem.objects.get(pk=item.pk).link == OLD


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("", "Bitte geben Sie die neue Adresse ein."),
        ("Unsinn", "Das ist keine Adresse."),
        ("javascript:alert(1)", "Das ist keine Adresse."),
        ("ftp://neu.example/", "Das ist keine Adresse."),
        ("/praxis/", "Das ist keine Adresse."),
        ("https://ich:geheim@neu.example/", "In der Adresse darf kein Benutzername stehen."),
        (f"  {OLD} ", "Das ist die alte Adresse."),
        (f"https://neu.example/{'x' * 2000}", "Diese Adresse ist zu lang."),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_kept(client: Client, editor: User, new: str, says: str) -> None:
    LibraryItemFactory(link=OLD)
    link = link_to()
    client.force_login(editor)
    answer = client.get(f"{LIST}{link.pk}/ersetzen/", {"neu": new})
    html = answer.content.decode().replace("&amp;", "&")
    assert (answer.status_code, says in html, f'value="{new}"' in html) == (400, True, bool(new))


def test_a_path_of_ours_may_become_another() -> None:
    form = NewAddressForm({"neu": "/formate/"}, link=WebLink(url="/alt/"))
    assert (form.is_valid(), form.cleaned_data) == (True, {"neu": "/formate/"})
    assert not NewAddressForm({"neu": "//b.example/"}, link=WebLink(url="/alt/")).is_valid()


def test_what_was_chosen_in_the_editor_is_not_replaced_from_here(client: Client, editor: User) -> None:
    target = make_page("Ziel", "ziel")
    body = [{"type": "links", "value": [{"text": "x", "url": "", "page": target.pk, "document": None}]}]
    make_page("Seite", "seite", body=body)
    link = link_to(f"seite:{target.pk}")
    client.force_login(editor)
    assert client.get(f"{LIST}{link.pk}/ersetzen/", {"neu": NEW}).status_code == 400
    assert "Überall ersetzen" not in client.get(f"{LIST}{link.pk}/").content.decode()
