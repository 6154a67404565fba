"""Approval without an account: who is asked reads the exact version by a link, and answers once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from akademie.accounts.models import User
from akademie.cms.actions import load_pages, set_up_office
from akademie.cms.models import NewsPage, StandardPage
from akademie.cms.tests.factories import body, make_news, make_page
from akademie.cms.tests.test_back_office import page_form
from akademie.core.actions import NotPossible
from akademie.core.contributions import Subject, public_kinds
from akademie.editing import actions, approving, personal_data, queries, versions
from akademie.editing.models import Approval, ApprovalState
from akademie.formats.tests.factories import FormatProfileFactory
from akademie.library.tests.factories import LibraryItemFactory
from akademie.practices.tests.factories import PracticeCaseFactory, TownFactory

OFFICE = "/geschaeftsstelle/freigaben/"
BACK_OFFICE = "/geschaeftsstelle/cms/"
MAYOR = "berta.burg@perleberg.example"


@pytest.fixture(autouse=True)
def office(db: None, kept: Any) -> None:
    """The back office as it is set up, with its pages."""
    kept("office with pages", lambda: (load_pages(lambda _: None), set_up_office(lambda _: None)))


def draft(title: str = "Der Markt in Perleberg", text: str = "<p>Der Markt ist schön.</p>") -> StandardPage:
    return make_page(title, "markt", live=False, summary="Ein Text.", body=body(("paragraph", text)))


def kind_of(thing: Any) -> Any:
    return next(kind for kind in public_kinds if isinstance(thing, kind.model))


def ask(thing: Any, by: User, **more: Any) -> Approval:
    who = {"name": "Berta Burg", "function": "Bürgermeisterin", "email": MAYOR, **more}
    return approving.ask(kind_of(thing), thing, **who, by=by)


def place(thing: Any) -> str:
    return f"{OFFICE}zu/{kind_of(thing).key}/{thing.pk}/"


def mails_to(address: str) -> list[EmailMessage]:
    return [sent for sent in mail.outbox if sent.to == [address]]


def link(approval: Approval) -> str:
    return urlsplit(approving.link_of(approval)).path


def send(approval: Approval, **more: str) -> Any:
    values = {"name": "Berta Burg", "function": "Bürgermeisterin", "version": approval.fingerprint, **more}
    return Client().post(link(approval), values)


def approves(approval: Approval, **more: str) -> Any:
    return send(approval, antwort="freigeben", **more)


def opened(thing: Any) -> dict[str, str]:
    """What the form of the back office says about the version that it was opened with."""
    latest = type(thing).objects.get(pk=thing.pk).get_latest_revision()
    return {"loaded_revision_id": str(latest.pk), "loaded_revision_created_at": latest.created_at.isoformat()}


def write(page: Any, text: str, by: User) -> Revision:
    page.body = body(("paragraph", text))
    return page.save_revision(user=by)


# -- what makes two versions the same ---------------------------------------------------------------------------------
@pytest.mark.django_db
def test_saving_and_publishing_alone_make_no_other_version(editor: User) -> None:
    town = TownFactory()
    things = [
        draft(), make_news("Neu", "neu", live=False),
        PracticeCaseFactory(draft=True, towns=[town], about=["leerstand", "innenstadt"]),
        LibraryItemFactory(draft=True, about=["leerstand"]), FormatProfileFactory(draft=True),
    ]  # fmt: skip
    for thing in things:
        marks = set()
        for step in ("draft", "again", "published", "after"):
            revision = thing.get_latest_revision_as_object().save_revision(user=editor)
            if step == "published":
                revision.publish(user=editor)
            marks.add(versions.fingerprint(type(thing), versions.content_of(Revision.objects.get(pk=revision.pk))))
            thing = type(thing).objects.get(pk=thing.pk)
        assert len(marks) == 1, thing
        title = "name" if hasattr(thing, "name") else "title"
        setattr(thing, title, "Ganz anders")
        other = versions.content_of(thing.save_revision(user=editor))
        assert versions.fingerprint(type(thing), other) not in marks


@pytest.mark.django_db
def test_a_new_row_is_another_version_and_its_key_is_not(editor: User) -> None:
    case = PracticeCaseFactory(draft=True, towns=[TownFactory()])
    approval = ask(case, editor)
    shown = case.get_latest_revision_as_object()
    shown.practice_towns = [type(row)(town=row.town, sort_order=row.sort_order) for row in shown.practice_towns.all()]
    shown.save_revision(user=editor)  # the rows were drawn anew by the form, and say the same
    approval.refresh_from_db()
    assert approval.outdated_at is None
    shown.practice_towns.add(type(shown.practice_towns.all()[0])(town=TownFactory(), sort_order=1))
    shown.save_revision(user=editor)
    approval.refresh_from_db()
    assert approval.outdated_at is not None


# -- asking and answering ---------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_from_the_question_to_the_published_text(editor: User) -> None:
    page = draft()
    desk = Client()
    desk.force_login(editor)
    edit = f"{BACK_OFFICE}pages/{page.pk}/edit/"
    assert f'href="{place(page)}"' in desk.get(edit).content.decode()
    form = {"name": "Berta Burg", "function": "Bürgermeisterin", "email": MAYOR, "message": "Stimmt der Name?"}
    desk.post(place(page), {**form, "due_on": timezone.localdate() + timedelta(days=14)})
    approval = Approval.objects.get()
    (asked,) = mails_to(MAYOR)
    assert (asked.subject, asked.reply_to) == ("Bitte um Freigabe: Der Markt in Perleberg", [editor.email])
    assert "Stimmt der Name?" in str(asked.body)
    (address,) = re.findall(r"https?://\S+/freigabe/\S+", str(asked.body))

    reader = Client()
    for _ in range(2):  # programs that check mails open the link too
        answer = reader.get(urlsplit(address).path)
        assert "Der Markt ist schön." in answer.content.decode()
    assert reader.cookies == {}
    assert {name: answer[name] for name in ("X-Robots-Tag", "Referrer-Policy")} == {
        "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer",
    }  # fmt: skip
    assert "no-store" in answer["Cache-Control"]
    approval.refresh_from_db()
    assert approval.state == ApprovalState.OPEN

    sent = {"name": "Berta Burg", "function": "Bürgermeisterin", "version": approval.fingerprint}
    thanks = reader.post(urlsplit(address).path, {**sent, "antwort": "freigeben"}, follow=True).content.decode()
    assert ("Danke für Ihre Freigabe" in thanks, "Die Geschäftsstelle veröffentlicht den Text" in thanks) == (
        True,
        True,
    )
    approval.refresh_from_db()
    assert (approval.state, approval.answered_name, approval.answered_function) == (
        ApprovalState.APPROVED, "Berta Burg", "Bürgermeisterin",
    )  # fmt: skip
    assert [one.subject for one in mails_to(editor.email)] == ["Freigegeben: Der Markt in Perleberg"]
    assert [task.text for task in queries.waiting_approvals(editor)] == [
        "„Der Markt in Perleberg“ veröffentlichen: Berta Burg (Bürgermeisterin) hat freigegeben"
    ]
    beside = desk.get(edit).content.decode()
    assert "Berta Burg (Bürgermeisterin) hat die Fassung vom" in beside
    text = {"summary": "Ein Text.", "action-publish": "1", **opened(page)}
    desk.post(edit, page_form(page.title, "markt", "<p>Der Markt ist schön.</p>", **text))
    page.refresh_from_db()
    approval.refresh_from_db()
    assert (page.live, approval.outdated_at, approval.published_at is None) == (True, None, False)
    assert queries.waiting_approvals(editor) == []
    history = set(PageLogEntry.objects.filter(page=page).values_list("action", "user"))
    assert {("editing.approval_asked", editor.pk), ("editing.approved", None)} <= history


@pytest.mark.django_db
def test_the_mayor_wants_a_change_and_has_to_say_which(editor: User) -> None:
    approval = ask(draft(), editor)
    empty = send(approval, antwort="aendern", comment="  ", name="Berta B.")
    assert (empty.status_code, "was sich ändern soll" in empty.content.decode()) == (400, True)
    assert 'value="Berta B."' in empty.content.decode()
    nothing = send(approval)
    assert (nothing.status_code, "Bitte drücken Sie" in nothing.content.decode()) == (400, True)
    long = send(approval, antwort="aendern", comment="x" * 2001)
    assert (long.status_code, "auf 2.000 Zeichen" in long.content.decode()) == (400, True)
    assert Approval.objects.get().state == ApprovalState.OPEN
    done = Client().get(send(approval, antwort="aendern", comment="Der Markt heißt Großer Markt.")["Location"])
    assert ("Danke für Ihre Anmerkung" in done.content.decode(), done.status_code) == (True, 200)
    approval.refresh_from_db()
    assert (approval.state, approval.comment) == (ApprovalState.CHANGES, "Der Markt heißt Großer Markt.")
    assert [task.text for task in queries.waiting_approvals(editor)] == [
        "„Der Markt in Perleberg“ ändern: Das wünscht Berta Burg (Bürgermeisterin)"
    ]


@pytest.mark.django_db
def test_the_first_answer_counts(editor: User) -> None:
    approval = ask(draft(), editor)
    approves(approval)
    before = Approval.objects.get()
    assert "Danke für Ihre Freigabe" in approves(approval, name="Jemand anderes").content.decode()
    assert "Danke für Ihre Freigabe" in send(approval, antwort="aendern", comment="Doch nicht.").content.decode()
    after = Approval.objects.get()
    assert (after.state, after.answered_at, after.answered_name) == (before.state, before.answered_at, "Berta Burg")


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one(editor: User) -> None:
    approval = ask(draft(), editor)

    def press(answer: str) -> None:
        try:
            send(approval, antwort=answer, comment="Bitte kürzer.")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, ("freigeben", "aendern")))
    assert len(mails_to(editor.email)) == 1
    assert PageLogEntry.objects.filter(action__in=("editing.approved", "editing.change_wanted")).count() == 1


@pytest.mark.django_db(transaction=True)
def test_asking_twice_at_once_is_one_question(editor: User) -> None:
    page = draft()
    page.save_revision(user=editor)

    def press(_: int) -> None:
        try:
            ask(page, editor)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, range(2)))
    assert (Approval.objects.count(), len(mails_to(MAYOR))) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_change_at_once_leave_no_approval_of_the_new_text(editor: User) -> None:
    page = draft()
    approval = ask(page, editor)

    def answer() -> None:
        try:
            approves(approval)
        finally:
            connections.close_all()

    def change() -> None:
        try:
            write(StandardPage.objects.get(pk=page.pk), "<p>Ganz anders.</p>", editor)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda do: do(), (answer, change)))
    approval.refresh_from_db()
    assert (approval.outdated_at is None, Approval.objects.missing().count()) == (False, 1)


# -- another version --------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_text_that_is_changed_meanwhile_is_not_released_and_nothing_typed_is_lost(editor: User) -> None:
    page = draft()
    approval = ask(page, editor)
    write(page, "<p>Der Markt ist groß.</p>", editor)
    assert [task.text for task in queries.waiting_approvals(editor)] == [
        "„Der Markt in Perleberg“ hat sich geändert: Berta Burg (Bürgermeisterin) noch einmal fragen"
    ]
    refused = approves(approval, comment="Schöner Text.", name="Berta B.")
    html = refused.content.decode()
    assert (refused.status_code, "Der Text wird gerade geändert." in html) == (400, True)
    assert ("Schöner Text." in html, 'value="Berta B."' in html, 'value="freigeben"' in html) == (True, True, False)
    assert "Der Markt ist schön." in html, "the version that was asked about"

    approving.ask_again(approval, by=editor)
    old = approves(approval, comment="Schöner Text.")
    html = old.content.decode()
    assert (old.status_code, "Hier steht die neue Fassung." in html, "Schöner Text." in html) == (400, True, True)
    assert ("Der Markt ist groß." in html, "Der Markt ist schön." in html) == (True, False)
    assert Approval.objects.get().state == ApprovalState.OPEN
    assert [one.subject for one in mails_to(MAYOR)] == ["Bitte um Freigabe: Der Markt in Perleberg"] * 2
    new = Approval.objects.get()
    assert approves(new).status_code == 302
    assert Approval.objects.get().state == ApprovalState.APPROVED


@pytest.mark.django_db
def test_a_wish_about_the_older_version_is_taken(editor: User) -> None:
    page = draft()
    approval = ask(page, editor)
    write(page, "<p>Der Markt ist groß.</p>", editor)
    assert send(approval, antwort="aendern", comment="Es gibt zwei Märkte.").status_code == 302
    assert Approval.objects.get().comment == "Es gibt zwei Märkte."


@pytest.mark.django_db
def test_what_is_overwritten_while_typing_is_another_version_of_the_same_revision(editor: User) -> None:
    page = draft()
    approval = ask(page, editor)
    page = StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.body = body(("paragraph", "<p>Überschrieben.</p>"))
    page.save_revision(user=editor, overwrite_revision=page.get_latest_revision())
    approval.refresh_from_db()
    assert (approval.revision, approval.outdated_at is None) == (page.latest_revision_id, False)
    Revision.objects.all().delete()  # old ones may be removed
    assert "Der Markt ist schön." in Client().get(link(approval)).content.decode()


@pytest.mark.django_db
def test_a_change_after_the_approval_asks_again_and_taking_it_back_does_not(editor: User) -> None:
    page = draft()
    approval = ask(page, editor)
    approves(approval)
    write(page, "<p>Anders.</p>", editor)
    assert Approval.objects.missing().count() == 1
    write(page, "<p>Der Markt ist schön.</p>", editor)
    assert Approval.objects.missing().count() == 0
    with pytest.raises(NotPossible, match="schon eine Antwort"):
        approving.ask_again(Approval.objects.get(), by=editor)
    write(page, "<p>Anders.</p>", editor)
    again = approving.ask_again(Approval.objects.get(), by=editor)
    assert list(Approval.objects.order_by("pk").values_list("state", "closed_why")) == [
        ("approved", ""), ("open", ""),
    ]  # fmt: skip
    assert list(Approval.objects.standing()) == [again]
    assert (again.function, again.outdated_at) == ("Bürgermeisterin", None)
    assert "Danke für Ihre Freigabe" in Client().get(link(approval)).content.decode(), "what was said stays said"


# -- links that lead nowhere ------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_links_that_do_not_work_any_more_say_why(editor: User) -> None:
    page = draft()
    approval = ask(page, editor)

    def says(path: str) -> tuple[int, str]:
        answer = Client().get(path)
        return answer.status_code, re.findall(r'<p class="lead">(.*?)</p>', answer.content.decode())[0]

    assert says(link(approval)[:-3] + "/") == (410, approving.UNREADABLE)
    with time_machine.travel(timezone.now() + timedelta(days=14 + 61)):
        assert says(link(approval)) == (410, approving.EXPIRED)
    with time_machine.travel(timezone.now() + timedelta(days=14 + 59)):
        assert Client().get(link(approval)).status_code == 200
    approving.withdraw(approval, by=editor)
    assert says(link(approval)) == (410, approving.WITHDRAWN)
    assert approves(approval).status_code == 410
    with pytest.raises(NotPossible, match="zurückgezogen"):
        approving.remind(approval, by=editor)
    other = ask(page, editor)
    page.delete()
    assert says(link(other)) == (410, approving.WITHDRAWN)
    assert queries.waiting_approvals(editor) == []
    Approval.objects.all().delete()
    assert says(link(other)) == (410, approving.GONE)


@pytest.mark.django_db
def test_the_office_does_not_ask_itself(client: Client, editor: User, lead: User) -> None:
    client.force_login(editor)
    page = draft()
    form = {"name": "Lena", "email": lead.email, "due_on": timezone.localdate()}
    assert "gehört zur Geschäftsstelle" in client.post(place(page), form).content.decode()
    late = client.post(place(page), {**form, "email": MAYOR, "due_on": timezone.localdate() - timedelta(days=1)})
    assert (late.status_code, "schon vorbei" in late.content.decode()) == (400, True)
    assert client.get(f"{OFFICE}zu/seiten/999999/").status_code == 404
    assert client.get(f"{OFFICE}zu/quatsch/1/").status_code == 404
    assert client.get(f"{OFFICE}zu/seiten/x/").status_code == 404
    assert Approval.objects.count() == 0


# -- reminding and the desk -------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_who_is_late_is_reminded_and_has_another_week(client: Client, editor: User) -> None:
    client.force_login(editor)
    approval = ask(draft(), editor)
    assert queries.waiting_approvals(editor) == []
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        client.force_login(editor)
        (task,) = queries.waiting_approvals(editor)
        assert (task.text, task.until, task.owner) == (
            "Berta Burg (Bürgermeisterin) an die Freigabe von „Der Markt in Perleberg“ erinnern",
            approval.due_on, editor.pk,
        )  # fmt: skip
        for _ in range(2):
            client.post(f"{OFFICE}{approval.pk}/erinnern/")
        assert Approval.objects.get().due_on == timezone.localdate() + timedelta(days=7)
    assert [one.subject for one in mails_to(MAYOR)] == [
        "Bitte um Freigabe: Der Markt in Perleberg", "Erinnerung: Bitte um Freigabe: Der Markt in Perleberg",
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_answer_reaches_whoever_stands_in(editor: User, lead: User) -> None:
    approval = ask(draft(), editor)
    today = timezone.localdate()
    actions.name_substitute(person=editor, substitute=lead, from_day=today, until_day=today, by=lead)
    assert queries.present(approval.asked_by) == [lead]
    editor.is_active = False
    editor.save()
    assert queries.present(User.objects.get(pk=editor.pk)) == []
    approves(approval)
    assert [task.owner for task in queries.waiting_approvals(lead)] == [None]


@pytest.mark.django_db
def test_lists_take_as_many_queries_for_many(client: Client, editor: User, queries: Any) -> None:
    from akademie.editing.queries import waiting_approvals

    client.force_login(editor)
    page = draft()
    approves(ask(page, editor))
    write(page, "<p>Anders.</p>", editor)
    lists = [
        lambda: client.get(f"{OFFICE}?liste=alle"),
        lambda: client.get(place(page)),
        lambda: waiting_approvals(None),
    ]
    one = [queries(show) for show in lists]
    for number in range(3):
        ask(page, editor, email=f"stadt{number}@stadt.example", town=TownFactory())
    write(page, "<p>Noch einmal anders.</p>", editor)
    assert [queries(show) for show in lists] == one


# -- publishing -------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_publishing_waits_for_the_approval_and_the_leitung_decides(client: Client, editor: User, lead: User) -> None:
    page = draft()
    approves(ask(page, editor))
    edit = f"{BACK_OFFICE}pages/{page.pk}/edit/"
    form = page_form(page.title, "markt", "<p>Der Markt ist sehr schön.</p>", **{"action-publish": "1"}, **opened(page))
    client.force_login(editor)
    answer = client.post(edit, form)
    assert (answer.status_code, answer["Location"]) == (302, place(page))
    page.refresh_from_db()
    assert (page.live, "sehr schön" in str(page.get_latest_revision_as_object().body)) == (False, True)
    warned = client.get(place(page)).content.decode()
    assert "Für diese Fassung fehlt die Freigabe von Berta Burg (Bürgermeisterin)." in warned
    assert "Trotzdem veröffentlichen" not in warned
    assert "Seitdem hat sich der Text geändert." in client.get(edit).content.decode()
    anyway = f"{place(page)}veroeffentlichen/"
    assert client.post(anyway, {"why": "Eilig"}).status_code == 404
    client.force_login(lead)
    assert "Bitte schreiben Sie den Grund" in client.post(anyway, {}).content.decode()
    client.post(anyway, {"why": "Nur ein Tippfehler."})
    page.refresh_from_db()
    assert (page.live, Approval.objects.get().closed_why, Approval.objects.missing().count()) == (
        True, "Nur ein Tippfehler.", 0,
    )  # fmt: skip
    entry = PageLogEntry.objects.get(page=page, action="editing.published_without_approval")
    assert (entry.user, entry.data["why"]) == (lead, "Nur ein Tippfehler.")


@pytest.mark.django_db
def test_a_record_waits_too(client: Client, editor: User) -> None:
    item = LibraryItemFactory(draft=True, title="Handreichung")
    approval = ask(item, editor)
    client.force_login(editor)
    edit = f"{BACK_OFFICE}snippets/library/libraryitem/edit/{item.pk}/"
    page = client.get(edit)
    assert f'href="{place(item)}"' in page.content.decode()
    form = page.context["form"]
    values = {name: field.value() or "" for name, field in ((n, form[n]) for n in form.fields)}
    values |= {"action-publish": "1", "topics": [topic.pk for topic in item.topics.all()]}
    answer = client.post(edit, {**values, **opened(item)})
    assert (answer.status_code, answer["Location"]) == (302, place(item))
    item.refresh_from_db()
    assert item.live is False
    approves(approval)
    assert client.post(edit, {**values, **opened(item)})["Location"] != place(item)
    item.refresh_from_db()
    assert (item.live, ModelLogEntry.objects.filter(action="editing.approved").count()) == (True, 1)


@pytest.mark.django_db
def test_several_pages_at_once_wait_too(client: Client, lead: User, editor: User) -> None:
    page, other = draft(), make_page("Andere", "andere", live=False)
    ask(page, editor)
    client.force_login(lead)
    for one in (page, other):
        one.save_revision(user=editor)
    answer = client.post(f"{BACK_OFFICE}bulk/wagtailcore/page/publish/?id={page.pk}&id={other.pk}")
    assert (answer.status_code, answer["Location"]) == (302, place(page))
    assert StandardPage.objects.filter(pk__in=(page.pk, other.pk), live=True).count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_released_appears_on_its_day_and_is_checked_a_year_later(client: Client, editor: User) -> None:
    client.force_login(editor)
    with time_machine.travel("2026-11-22 12:00+01:00"):
        page = draft()
        page.go_live_at = timezone.now() + timedelta(days=3)
        page.save_revision(user=editor)
        approval = ask(page, editor)
        approves(approval)
        page.get_latest_revision().publish(user=editor)
        assert queries.waiting_approvals(editor) == [], "it is on its way"
        assert Client().get("/markt/").status_code == 404
    with time_machine.travel("2026-11-25 12:01+01:00"):
        call_command("publish_scheduled", verbosity=0)
        assert Client().get("/markt/").status_code == 200
        assert Approval.objects.missing().count() == 0
    upkeep = queries.Upkeep.objects.get(kind="seiten", object_pk=str(page.pk))
    assert upkeep.due_on == date(2027, 11, 25)


# -- people's data ----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_after_two_years_the_address_goes_and_the_record_of_a_public_text_stays(editor: User, lead: User) -> None:
    public, private = draft(), make_news("Nie erschienen", "nie", live=False)
    for thing in (public, private):
        approves(ask(thing, editor))
    ask(public, editor, email="spaet@stadt.example")
    approving.publish_anyway(kind_of(public), public, why="Eilig", by=lead)
    assert (queries.addresses_to_forget().count(), queries.approvals_to_forget().count()) == (0, 0)
    with time_machine.travel(timezone.now() + timedelta(days=731)):
        assert sorted(queries.addresses_to_forget().values_list("title", flat=True)) == [public.title, private.title]
        assert sorted(queries.approvals_to_forget().values_list("title", "email")) == [
            (public.title, "spaet@stadt.example"), (private.title, MAYOR),
        ]  # fmt: skip
    assert NewsPage.objects.filter(pk=private.pk).exists()


@pytest.mark.django_db
def test_who_answered_takes_their_data_along_and_is_forgotten(editor: User) -> None:
    page = draft()
    send(ask(page, editor), antwort="aendern", comment="Der Markt heißt anders.")
    ask(page, editor)
    subject = Subject(email=MAYOR)
    rows = [row for part in personal_data.export(subject) for row in part.rows]
    assert [(row["Name"], row["Ihre Anmerkung"]) for row in rows] == [
        ("Berta Burg", "Der Markt heißt anders."), ("Berta Burg", ""),
    ]  # fmt: skip
    assert [line.what for line in personal_data.preview(subject)] == [
        "1 Bitte um Freigabe, auf die Sie nicht geantwortet haben", "1 Antwort auf eine Bitte um Freigabe",
    ]  # fmt: skip
    for _ in range(2):
        personal_data.erase(subject)
    left = Approval.objects.get()
    assert (left.state, left.who, left.email, left.comment) == ("changes", "Name gelöscht", "", "")
