"""The two-step workflow: somebody else of the office releases, by a day, or whoever stands in."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import Task, TaskState, Workflow, WorkflowState

from akademie.accounts.models import Role, User
from akademie.cms.actions import load_pages, set_up_office
from akademie.cms.models import StandardPage
from akademie.cms.tests.factories import body, make_page
from akademie.core.contributions import public_kinds
from akademie.editing import actions, approving, queries, releasing
from akademie.editing.models import ReleaseByLead, Releasers
from akademie.library.tests.factories import LibraryItemFactory
from akademie.portal import personal
from akademie.practices.models import PracticeCase

BACK_OFFICE = "/geschaeftsstelle/cms/"
SUNDAY = "2026-11-22 12:00+01:00"


@pytest.fixture(autouse=True)
def office(db: None, kept: Any) -> None:
    """The back office as it is set up, with its pages and the workflow."""

    def load() -> None:
        load_pages(lambda _: None)
        set_up_office(lambda _: None)
        releasing.set_up(lambda _: None)

    kept("office with workflow", load)


@pytest.fixture
def colleague(db: None) -> User:
    """A second person of the Redaktion."""
    return User.objects.create_user("kai@akademie.example", first_name="Kai", role=Role.EDITOR)


def draft(slug: str = "markt") -> StandardPage:
    return make_page("Der Markt", slug, live=False, body=body(("paragraph", "<p>Schön.</p>")))


def hand_in(thing: Any, by: User) -> WorkflowState:
    thing.save_revision(user=by)
    workflow = thing.get_workflow()
    return workflow.start(thing, by)


def away(person: User, substitute: User) -> None:
    today = timezone.localdate()
    actions.name_substitute(person=person, substitute=substitute, from_day=today, until_day=today, by=substitute)


def subjects_to(person: User) -> list[str]:
    return [sent.subject for sent in mail.outbox if sent.to == [person.email]]


def offered(thing: Any, person: User) -> list[str]:
    fresh = type(thing).objects.get(pk=thing.pk)
    return sorted({name for name, _, _ in fresh.current_workflow_task.get_actions(fresh, person)})


def approve(thing: Any, person: User) -> int:
    client = Client()
    client.force_login(person)
    state = type(thing).objects.get(pk=thing.pk).current_workflow_task_state
    return client.post(
        f"{BACK_OFFICE}pages/workflow/action/{thing.pk}/approve/{state.pk}/", {"comment": ""}
    ).status_code


def shown_to(person: User) -> list[str]:
    return [line.task.text for line in personal.desk(person).mine if line.area == "Texte freigeben"]


TASK = "„Der Markt“ lesen und freigeben"


# -- how it is set up -------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_workflow_has_our_step_for_pages_and_records_however_often_it_is_set_up(editor: User, lead: User) -> None:
    for _ in range(2):
        releasing.set_up(lambda _: None)
        set_up_office(lambda _: None)
        (workflow,) = Workflow.objects.all()
        assert [type(task.specific) for task in workflow.tasks] == [ReleaseByLead]
        assert Task.objects.filter(active=True).count() == 1
    assert LibraryItemFactory(draft=True).get_workflow() == workflow
    assert PracticeCase().get_workflow() == workflow


# -- who may ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_leitung_releases_and_the_author_does_not(editor: User, lead: User, colleague: User) -> None:
    page = draft()
    hand_in(page, editor)
    assert [offered(page, one) for one in (editor, colleague, lead)] == [[], [], ["approve", "reject"]]
    assert subjects_to(lead) == ["Bitte lesen und freigeben: Der Markt"]
    assert (subjects_to(editor), subjects_to(colleague)) == ([], [])
    assert approve(page, editor) in (302, 403)
    assert approve(page, colleague) in (302, 403)
    assert StandardPage.objects.get(pk=page.pk).live is False
    assert approve(page, lead) == 302
    assert StandardPage.objects.get(pk=page.pk).live is True
    assert subjects_to(editor) == ["Freigegeben: Der Markt"]
    told = next(str(sent.body) for sent in mail.outbox if sent.to == [editor.email])
    assert told.startswith("Guten Tag,\n\nIhr Text „Der Markt“ ist freigegeben.")
    assert f"{BACK_OFFICE}pages/{page.pk}/edit/" in told


@pytest.mark.django_db
def test_what_comes_back_says_why_in_our_words(editor: User, lead: User) -> None:
    page = draft()
    state = hand_in(page, editor)
    state.current_task_state.specific.reject(user=lead, comment="Bitte kürzer.")
    (told,) = [sent for sent in mail.outbox if sent.to == [editor.email]]
    assert told.subject == "Bitte überarbeiten: Der Markt"
    assert "bitte überarbeiten Sie „Der Markt“. Darum bittet Lena." in str(told.body)
    assert "Bitte kürzer." in str(told.body)
    assert shown_to(lead) == []


@pytest.mark.django_db
def test_nobody_releases_their_own_as_long_as_somebody_else_is_there(lead: User, editor: User) -> None:
    page = draft()
    hand_in(page, lead)
    assert [offered(page, one) for one in (lead, editor)] == [[], ["approve", "reject"]]
    assert (shown_to(lead), shown_to(editor)) == ([TASK], [TASK]), "everybody's: the only Leitung has written it"
    assert subjects_to(editor) == ["Bitte lesen und freigeben: Der Markt"]
    client = Client()
    client.force_login(lead)
    assert "wartet darauf, dass jemand anderes" in approving.stands_against(StandardPage.objects.get(pk=page.pk), lead)
    assert approve(page, editor) == 302
    assert StandardPage.objects.get(pk=page.pk).live is True


@pytest.mark.django_db
def test_who_works_alone_releases_their_own(lead: User, participant: User) -> None:
    page = draft()
    hand_in(page, lead)
    assert offered(page, lead) == ["approve", "reject"]
    assert approve(page, lead) == 302
    assert StandardPage.objects.get(pk=page.pk).live is True


@pytest.mark.django_db
def test_whoever_stands_in_sees_it_and_does_it(editor: User, lead: User, colleague: User) -> None:
    page = draft()
    away(lead, colleague)
    hand_in(page, editor)
    assert offered(page, colleague) == ["approve", "reject"]
    assert (shown_to(colleague), shown_to(lead), shown_to(editor)) == ([TASK], [TASK], [])
    assert "Bitte lesen und freigeben: Der Markt" in subjects_to(colleague)
    assert subjects_to(lead) == []
    client = Client()
    client.force_login(colleague)
    assert client.get(f"{BACK_OFFICE}pages/{page.pk}/edit/").status_code == 200
    assert "Der Markt" in client.get(BACK_OFFICE).content.decode()
    assert approve(page, colleague) == 302
    assert StandardPage.objects.get(pk=page.pk).live is True


@pytest.mark.django_db
def test_a_substitute_who_has_written_it_leaves_it_to_who_is_there(editor: User, lead: User, colleague: User) -> None:
    away(lead, editor)
    releasers = Releasers()
    assert releasers.of(editor.pk) == {lead.pk, colleague.pk}
    assert (releasers.owner(editor.pk), releasers.asked(editor.pk)) == (None, {colleague.pk})
    assert (releasers.of(colleague.pk), releasers.owner(colleague.pk)) == ({lead.pk, editor.pk}, lead.pk)
    assert releasers.of(None) == {lead.pk, editor.pk}


# -- by when ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_five_workdays_then_the_desk_says_late(editor: User, lead: User) -> None:
    with time_machine.travel(SUNDAY):
        hand_in(draft(), editor)
        (task,) = queries.waiting_releases(lead)
        assert (str(task.until), task.owner) == ("2026-11-27", lead.pk)
    for day, is_late in (("2026-11-27 18:00+01:00", False), ("2026-11-28 09:00+01:00", True)):
        with time_machine.travel(day):
            (line,) = [line for line in personal.desk(lead).mine if line.area == "Texte freigeben"]
            assert line.is_late is is_late


@pytest.mark.django_db
def test_three_texts_cost_as_many_queries_as_one(editor: User, lead: User, queries: Any) -> None:
    from akademie.editing.queries import waiting_releases

    def reviewable() -> list[Any]:
        return list(ReleaseByLead.objects.get().get_task_states_user_can_moderate(lead))

    hand_in(draft(), editor)
    one = [queries(lambda: waiting_releases(lead)), queries(reviewable)]
    hand_in(draft("zwei"), editor)
    hand_in(LibraryItemFactory(draft=True), editor)
    assert (len(waiting_releases(lead)), len(reviewable())) == (3, 3)
    assert [queries(lambda: waiting_releases(lead)), queries(reviewable)] == one


# -- together with approval from outside ------------------------------------------------------------------------------
@pytest.mark.django_db
def test_what_somebody_outside_has_not_approved_is_not_released(editor: User, lead: User) -> None:
    page = draft()
    hand_in(page, editor)
    kind = next(kind for kind in public_kinds if kind.key == "seiten")
    asked = approving.ask(kind, page, name="Berta Burg", email="burg@stadt.example", by=editor)
    assert offered(page, lead) == ["reject"]
    assert approve(page, lead) in (302, 403)
    assert StandardPage.objects.get(pk=page.pk).live is False
    approving.answer(asked, approves=True, version=asked.fingerprint, name="Berta Burg")
    assert approve(page, lead) == 302
    assert StandardPage.objects.get(pk=page.pk).live is True
    assert TaskState.objects.get().finished_by == lead
    assert timezone.now() - TaskState.objects.get().finished_at < timedelta(minutes=5)
