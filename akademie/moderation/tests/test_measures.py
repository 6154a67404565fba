"""Hiding content and locking accounts: at once, with reasons, told to whom it hits, and taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.apps import apps
from django.db import connections
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Site

from akademie.accounts.models import Role, User
from akademie.core.actions import NotPossible, check_may_post
from akademie.core.contributions import StandIns, retention_rules, stand_ins
from akademie.moderation import actions, measures, queries
from akademie.moderation.models import KEPT_DAYS, ContentReport, HiddenContent, PostingLock
from akademie.moderation.tests.test_decide import GIVEN, LIST, make_page, make_report
from akademie.privacy.actions.retention import run_rule

pytestmark = pytest.mark.django_db
HOME = "/geschaeftsstelle/massnahmen/"
WHY = {
    "category": "insulting", "ground": "terms", "rule": "Punkt 4",
    "reasons": "Der Text setzt eine Person herab und nennt dafür keinen Beleg.",
}  # fmt: skip
BACK = "Der Beleg liegt jetzt vor, der Text ist geändert."


@pytest.fixture
def page(lead):
    """A page that the Leitung has published, with a draft that goes on."""
    made = make_page()
    made.save_revision(user=lead).publish(user=lead, skip_permission_checks=True)
    made.refresh_from_db()
    made.title = "Baustelle, weiter geschrieben"
    made.save_revision(user=lead)
    return made


@pytest.fixture
def send(client, editor, django_capture_on_commit_callbacks):
    """A function that sends a form as Redaktion."""
    client.force_login(editor)

    def post(path: str, **fields: str):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, fields)

    return post


def test_content_is_hidden_at_once_and_comes_back_as_it_was(send, client, page, lead, mailoutbox):
    answer = send(f"{HOME}ausblenden/", address="http://testserver/baustelle/", **WHY)
    assert (answer.status_code, answer["Location"]) == (302, HOME)
    client.logout()
    assert client.get("/baustelle/").status_code == 404
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([lead.email], "Ein Inhalt von Ihnen ist ausgeblendet")
    for words in (WHY["reasons"], "Nutzungsbedingungen, Punkt 4", "eigene Prüfung", "eine andere Person", "Rechtsweg"):
        assert words in mail.body
    hidden = HiddenContent.objects.get()
    client.force_login(User.objects.get(role=Role.EDITOR))
    assert f">{hidden.title}</a>" in client.get(HOME).text
    back = f"{HOME}ausgeblendet/{hidden.pk}/"
    assert list(send(back, why="Ja").context["form"].errors) == ["why"]
    for _ in range(2):
        assert send(back, why=BACK)["Location"] == HOME
    shown = client.get("/baustelle/")
    assert (shown.status_code, "weiter geschrieben" in shown.text) == (200, False)
    assert type(page).objects.get(pk=page.pk).get_latest_revision_as_object().title == "Baustelle, weiter geschrieben"
    assert (len(mailoutbox), mailoutbox[1].to, BACK in mailoutbox[1].body) == (2, [lead.email], True)
    assert "Nichts ist ausgeblendet." in client.get(HOME).text


def test_what_was_never_edited_comes_back_too(editor, client):
    page = make_page()
    target = queries.target_at("/baustelle/")
    hidden = measures.hide(target, address="/baustelle/", by=editor, **WHY)
    assert client.get("/baustelle/").status_code == 404
    assert measures.hide(target, address="/baustelle/", by=editor, **WHY) == hidden
    measures.show_again(hidden, by=editor, why=BACK)
    assert client.get(f"/{page.slug}/").status_code == 200
    assert [entry.action for entry in ModelLogEntry.objects.order_by("pk")] == ["moderation.hide", "moderation.show"]


def test_what_is_gone_for_good_does_not_come_back(editor):
    page = make_page()
    hidden = measures.hide(queries.target_at("/baustelle/"), address="/baustelle/", by=editor, **WHY)
    page.delete()
    with pytest.raises(NotPossible, match="gibt es nicht mehr"):
        measures.show_again(hidden, by=editor, why=BACK)


def test_a_decision_hides_and_tells_both(send, client, lead, mailoutbox):
    page = make_page()
    log(instance=page, action="wagtail.publish", user=lead)
    report = make_report(address="/baustelle/", kind="seiten", object_pk=str(page.pk), title="Baustelle")
    assert "Ausblenden: Der Inhalt verschwindet jetzt" in client.get(f"{LIST}{report.pk}/").text
    for _ in range(2):
        assert send(f"{LIST}{report.pk}/", **GIVEN | {"decision": "hidden"}).status_code == 302
    hidden = HiddenContent.objects.get()
    assert (hidden.report, hidden.title, hidden.reasons) == (report, "Baustelle", GIVEN["reasons"])
    assert {mail.to[0]: mail.subject for mail in mailoutbox} == {
        "paula@stadt.example": f"Über Ihre Meldung {report.number} ist entschieden",
        lead.email: "Ein Inhalt von Ihnen ist ausgeblendet",
    }
    assert "Der Inhalt ist ausgeblendet." in next(mail for mail in mailoutbox if "paula" in mail.to[0]).body
    assert "eine Meldung" in next(mail for mail in mailoutbox if mail.to == [lead.email]).body
    assert client.get("/baustelle/").status_code == 404


def test_what_cannot_be_hidden_is_not_offered(send, client):
    report = make_report(address="/staedte/12070296/")
    assert "Ausblenden:" not in client.get(f"{LIST}{report.pk}/").text
    assert list(send(f"{LIST}{report.pk}/", **GIVEN | {"decision": "hidden"}).context["form"].errors) == ["decision"]
    with pytest.raises(NotPossible, match="lässt sich nicht ausblenden"):
        actions.decide(report, by=User.objects.get(), **GIVEN | {"decision": "hidden"})
    report.refresh_from_db()
    assert (report.decided_at, HiddenContent.objects.count()) == (None, 0)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"address": ""}, ["address"]), ({"address": "https://fremd.example/"}, ["address"]),
        ({"address": "/staedte/"}, ["address"]), ({"reasons": "Kurz"}, ["reasons"]), ({"rule": ""}, ["rule"]),
        ({"category": "x", "ground": "x"}, ["category", "ground"]),
    ],
)  # fmt: skip
def test_hiding_needs_a_place_and_reasons(send, fields, wrong):
    make_page()
    answer = send(f"{HOME}ausblenden/", **{"address": "/baustelle/", **WHY, **fields})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, wrong)
    assert HiddenContent.objects.count() == 0


def test_a_page_that_must_stay_is_not_hidden():
    duty = apps.get_model("cms", "StandardPage")(title="Impressum", slug="impressum", duty="impressum")
    Site.objects.get(is_default_site=True).root_page.add_child(instance=duty)
    assert queries.target_at("/impressum/") is None


@pytest.mark.django_db(transaction=True)
def test_two_at_once_hide_once(editor, lead):
    make_page()
    target, start = queries.target_at("/baustelle/"), Barrier(2)

    def press(person: User) -> str:
        try:
            start.wait(timeout=10)
            return str(measures.hide(target, address="/baustelle/", by=person, **WHY).pk)
        except NotPossible:
            return "later"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, (editor, lead)))
    assert HiddenContent.objects.count() == 1


# -- locks ------------------------------------------------------------------------------------------------------------
def test_a_locked_account_posts_nothing_until_the_lock_is_over(send, client, participant, mailoutbox):
    until = timezone.localdate() + timedelta(days=7)
    answer = send(f"{HOME}sperren/", email=participant.email.upper(), until=str(until), **WHY)
    assert answer["Location"] == HOME
    (mail,) = mailoutbox
    assert mail.to == [participant.email]
    for words in (WHY["reasons"], f"bis einschließlich {until.day}. ", "Rechtsweg"):
        assert words in mail.body
    for user, email in ((participant, ""), (None, participant.email.upper())):
        with pytest.raises(NotPossible, match="für neue Beiträge gesperrt"):
            check_may_post(user, email)
    check_may_post(None, "andere@stadt.example")
    check_may_post()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        check_may_post(participant)
        assert list(queries.locks_now()) == []


def test_a_lock_is_lifted_and_the_person_hears_of_it(send, client, participant, editor, mailoutbox):
    lock = measures.lock(participant, by=editor, until=None, **WHY)
    assert "auf Dauer" in client.get(HOME).text
    for _ in range(2):
        assert send(f"{HOME}gesperrt/{lock.pk}/", why=BACK)["Location"] == HOME
    check_may_post(participant)
    assert [(mail.to, BACK in mail.body) for mail in mailoutbox if "nicht mehr" in mail.subject] == [
        ([participant.email], True)
    ]
    assert [entry.action for entry in ModelLogEntry.objects.order_by("pk")] == ["moderation.lock", "moderation.unlock"]


def test_a_new_lock_takes_the_place_of_the_older_one(participant, editor):
    first = measures.lock(participant, by=editor, until=timezone.localdate(), **WHY)
    assert measures.lock(participant, by=editor, until=timezone.localdate(), **WHY) == first
    second = measures.lock(participant, by=editor, until=None, **WHY)
    assert list(queries.locks_now()) == [second]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"email": "niemand@stadt.example"}, ["email"]), ({"email": ""}, ["email"]), ({"until": "gestern"}, ["until"]),
        ({"until": "2020-01-01"}, ["until"]), ({"until": "2999-01-01"}, ["until"]), ({"reasons": ""}, ["reasons"]),
        ({"email": "redaktion@akademie.example"}, ["__all__"]),
    ],
)  # fmt: skip
def test_locking_needs_an_account_a_day_and_reasons(send, participant, fields, wrong):
    answer = send(f"{HOME}sperren/", **{"email": participant.email, **WHY, **fields})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, wrong)
    assert PostingLock.objects.count() == 0


def test_locks_go_a_year_after_their_end(participant, editor):
    now = timezone.now()
    for ended, until in ((KEPT_DAYS + 1, None), (KEPT_DAYS - 1, None), (None, KEPT_DAYS + 2), (None, None)):
        PostingLock.objects.create(
            user=participant, ended_at=ended and now - timedelta(days=ended),
            until=until and (now - timedelta(days=until)).date(), **WHY,
        )  # fmt: skip
    assert run_rule(retention_rules.get("moderation.locks")) == 2
    assert PostingLock.objects.count() == 2


def test_nobody_else_sees_what_is_hidden_and_locked(client, participant, editor):
    lock = measures.lock(participant, by=editor, until=None, **WHY)
    for path in (HOME, f"{HOME}ausblenden/", f"{HOME}sperren/", f"{HOME}gesperrt/{lock.pk}/"):
        assert client.get(path).status_code == 302
        client.force_login(participant)
        assert (client.get(path).status_code, client.post(path, {}).status_code) in ((404, 404), (404, 405))
        client.logout()


def test_the_list_costs_the_same_however_long(client, editor, participant, queries):
    client.force_login(editor)
    measures.lock(participant, by=editor, until=None, **WHY)
    one = queries(lambda: client.get(HOME))
    for number in range(3):
        measures.lock(User.objects.create_user(f"p{number}@stadt.example"), by=editor, until=None, **WHY)
    assert queries(lambda: client.get(HOME)) == one


# -- who hears of it, how fast ----------------------------------------------------------------------------------------
def test_two_people_hear_of_a_report_and_for_who_is_away_the_one_who_stands_in(monkeypatch, lead, editor):
    third = User.objects.create_user("dritte@akademie.example", role=Role.EDITOR)
    assert queries.office_people() == [lead, editor]
    away: dict[int, int] = {editor.pk: third.pk}
    monkeypatch.setattr(stand_ins, "_items", {"tests": StandIns(key="tests", today=lambda: away)})
    assert queries.office_people() == [lead, third]
    away[lead.pk] = third.pk
    assert queries.office_people() == [third]
    away.clear()
    User.objects.exclude(pk=third.pk).update(is_active=False)
    assert (queries.office_people(), queries.is_one_person_only()) == ([third], True)


def test_one_person_alone_promises_no_other(send, mailoutbox):
    send(f"{LIST}{make_report().pk}/", **GIVEN)
    assert "dann sehen wir die Sache noch einmal an" in mailoutbox[0].body or "Rechtsweg" in mailoutbox[0].body
    assert "eine andere Person" not in mailoutbox[0].body


def test_the_mean_time_is_public_once_five_reports_are_decided(client, editor, django_assert_num_queries):
    now = timezone.now()

    def decided(hours: int, days_ago: int = 1) -> None:
        at = now - timedelta(days=days_ago)
        make_report(created_at=at - timedelta(hours=hours), decided_at=at, decision="kept", reasons="Es stimmt.")

    for hours in (2, 4, 6, 8):
        decided(hours)
    decided(500, days_ago=400)
    make_report()
    form = "/inhalt-melden/"
    assert (queries.mean_hours(), "im Mittel" in client.get(form).text) == (None, False)
    decided(10)
    with django_assert_num_queries(1):
        assert queries.mean_hours() == 6
    page = client.get(form).text
    assert ("im Mittel nach 6 Stunden" in page, "24 Stunden" in page, "72 Stunden" in page) == (True, True, True)


def test_each_report_says_since_when_it_waits_and_until_when(client, editor):
    client.force_login(editor)
    created = timezone.now() - timedelta(hours=5)
    urgent, other = make_report(category="illegal"), make_report(category="wrong")
    for report, hours in ((urgent, 24), (other, 72)):
        ContentReport.objects.filter(pk=report.pk).update(created_at=created)
        report.refresh_from_db()
        assert report.target == created + timedelta(hours=hours)
        assert "5 Stunden; Ziel:" in client.get(f"{LIST}{report.pk}/").text
