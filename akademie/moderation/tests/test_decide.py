"""Deciding about a report: reasons go out, the maker of the content is told, two people at once decide once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.apps import apps
from django.db import connections
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Site

from akademie.accounts.actions.account import move_to
from akademie.accounts.models import Role, User
from akademie.core.actions import NotPossible
from akademie.moderation import actions
from akademie.moderation.models import ContentReport
from akademie.moderation.queries import waiting_reports
from akademie.towns.tests.factories import TownFactory

LIST = "/geschaeftsstelle/meldungen/"
TEXT = "Das Bild zeigt ein Kind, dessen Eltern nicht gefragt wurden."
GIVEN = {
    "decision": "removed", "ground": "law", "rule": "§ 22 KunstUrhG",
    "reasons": "Eine Einwilligung der Eltern liegt nicht vor. Das Bild ist deshalb nicht mehr zu sehen.",
}  # fmt: skip


def make_report(**fields: object) -> ContentReport:
    given = {"address": "/staedte/12070296/", "category": "personal", "text": TEXT, "email": "paula@stadt.example"}
    return ContentReport.objects.create(digest=str(ContentReport.objects.count()), **given | fields)


@pytest.fixture
def decide(client, editor, django_capture_on_commit_callbacks):
    """A function that decides about a report as Redaktion."""
    client.force_login(editor)

    def post(report: ContentReport, **fields: str):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"{LIST}{report.pk}/", GIVEN | fields)

    return post


@pytest.mark.django_db
def test_reasons_reach_the_reporter_and_the_maker_of_the_content(decide, mailoutbox, editor, lead):
    town = TownFactory(ags="12070296", name="Perleberg")
    maker, gone = (User.objects.create_user(f"{name}@akademie.example", role=Role.EDITOR) for name in ("mia", "weg"))
    for person in (maker, maker, gone):
        log(instance=town, action="wagtail.edit", user=person)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    report = make_report(kind="staedte", object_pk=town.pk, title=town.name, name="Paula Pohl")
    assert decide(report).status_code == 302
    report.refresh_from_db()
    assert (report.decision, report.decided_by, report.ground) == ("removed", editor, "law")
    mails = {mail.to[0]: mail for mail in mailoutbox}
    assert set(mails) == {"paula@stadt.example", maker.email}
    for mail in mails.values():
        assert GIVEN["reasons"] in mail.body
        assert "Gesetz, § 22 KunstUrhG" in mail.body
        assert "Rechtsweg" in mail.body
    day = date_format(timezone.localtime(report.created_at), "j. F Y")
    assert f"Sie haben am {day} diese Seite gemeldet:" in mails["paula@stadt.example"].body
    assert mails[maker.email].subject == "Ein Inhalt von Ihnen ist entfernt"
    for secret in ("Paula", "paula@", TEXT):
        assert secret not in mails[maker.email].subject + mails[maker.email].body
    entry = ModelLogEntry.objects.get(action="moderation.decide")
    assert (entry.user, entry.label) == (editor, str(report))


def make_page():
    page = apps.get_model("cms", "StandardPage")(title="Baustelle", slug="baustelle")
    return Site.objects.get(is_default_site=True).root_page.add_child(instance=page)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "make"), [("staedte", TownFactory), ("seiten", make_page)])
def test_the_maker_hears_of_it_when_the_content_is_gone_and_who_took_it_away_does_not(
    decide, mailoutbox, editor, lead, kind, make
):
    thing = make()
    log(instance=thing, action="wagtail.publish", user=lead)
    report = make_report(kind=kind, object_pk=thing.pk, title=str(thing), email="")
    log(instance=thing, action="wagtail.delete", user=editor)
    thing.delete()
    page = decide(report, reasons="").content.decode()
    assert "gehen die Gründe auch an Lena." in page
    decide(report)
    assert [mail.to for mail in mailoutbox] == [[lead.email]]


@pytest.mark.django_db
def test_when_nobody_knows_the_maker_the_office_is_told(client, editor):
    client.force_login(editor)
    page = client.get(f"{LIST}{make_report().pk}/").content.decode()
    assert "Wer den Inhalt gemacht hat, ist hier nicht bekannt." in page


@pytest.mark.django_db
def test_who_has_reported_can_be_forgotten(client, editor, decide, mailoutbox):
    report, other = make_report(name="Paula Pohl"), make_report(name="Otto", email="otto@stadt.example")
    path = f"{LIST}{report.pk}/absender-loeschen/"
    client.force_login(editor)
    assert client.get(path).status_code == 405
    for _ in range(2):
        assert client.post(path)["Location"] == f"{LIST}{report.pk}/"
    kept = ContentReport.objects.get(pk=report.pk)
    assert (kept.name, kept.email, kept.text, kept.digest == report.digest) == ("", "", TEXT, False)
    assert ModelLogEntry.objects.filter(action="moderation.forget_reporter").count() == 1
    assert "Name und Adresse löschen" not in client.get(f"{LIST}{report.pk}/").content.decode()
    decide(report)
    assert mailoutbox == []
    other.refresh_from_db()
    assert other.name == "Otto"


@pytest.mark.django_db
@pytest.mark.parametrize("decision", ["kept", "changed"])
def test_only_who_reported_is_told_when_nothing_was_taken_away(decide, mailoutbox, lead, decision):
    town = TownFactory(ags="12070296")
    log(instance=town, action="wagtail.edit", user=lead)
    decide(make_report(kind="staedte", object_pk=town.pk), decision=decision, ground="care", rule="")
    assert [mail.to for mail in mailoutbox] == [["paula@stadt.example"]]


@pytest.mark.django_db
def test_the_decision_reaches_who_has_another_address_by_now(client, decide, mailoutbox, participant):
    report = make_report(email=participant.email)
    move_to(participant, "neu@stadt.example")
    assert ">neu@stadt.example</a>" in client.get(f"{LIST}{report.pk}/").text
    assert decide(report, decision="kept").status_code == 302
    assert [mail.to for mail in mailoutbox] == [["neu@stadt.example"]]
    actions.forget_reporter(report, by=User.objects.get(role=Role.EDITOR))
    report.refresh_from_db()
    assert (report.user, report.email, report.reply_address) == (None, "", "")


@pytest.mark.django_db
def test_without_an_address_nobody_is_written_to(decide, mailoutbox):
    report = make_report(email="", category="children")
    decide(report)
    report.refresh_from_db()
    assert (report.decision, mailoutbox) == ("removed", [])


@pytest.mark.django_db
def test_a_decision_without_reasons_is_none(decide):
    report = make_report()
    for fields, field in (({"reasons": "Kurz"}, "reasons"), ({"rule": ""}, "rule"), ({"decision": "x"}, "decision")):
        answer = decide(report, **fields)
        assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    report.refresh_from_db()
    assert report.decided_at is None
    assert decide(report, decision="kept", rule="").status_code == 302


@pytest.mark.django_db
def test_deciding_twice_is_safe_and_the_second_person_is_told(decide, mailoutbox, client, lead):
    report = make_report()
    decide(report)
    assert decide(report).status_code == 302
    assert len(mailoutbox) == 1
    client.force_login(lead)
    page = decide(report, decision="kept").content.decode()
    assert "Über diese Meldung hat Rita schon entschieden: entfernt." in page
    assert GIVEN["reasons"] in page
    report.refresh_from_db()
    assert report.decision == "removed"


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_decide_once():
    people = [User.objects.create_user(f"{name}@akademie.example", role=Role.EDITOR) for name in ("a", "b")]
    report, start = make_report(email=""), Barrier(2)

    def press(person: User) -> str:
        try:
            start.wait(timeout=10)
            return actions.decide(report, by=person, **GIVEN).decided_by.email
        except NotPossible:
            return "later"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        heard = list(pool.map(press, people))
    assert sorted(heard) == sorted(["later", ContentReport.objects.get().decided_by.email])


@pytest.mark.django_db
def test_the_list_shows_the_oldest_first_and_what_is_overdue(client, editor):
    client.force_login(editor)
    assert "Hier ist keine Meldung" in client.get(LIST).content.decode()
    old, new = make_report(title="Alt"), make_report(title="Neu")
    ContentReport.objects.filter(pk=old.pk).update(created_at="2026-01-05T10:00:00Z")
    page = client.get(LIST).content.decode()
    assert page.index("<td>Alt</td>") < page.index("<td>Neu</td>")
    assert page.count("überfällig") == 1
    actions.decide(new, by=editor, **GIVEN)
    assert "entfernt, " in client.get(f"{LIST}?stand=entschieden&seite=9").content.decode()
    assert "<td>Neu</td>" not in client.get(LIST).content.decode()


@pytest.mark.django_db
def test_many_reports_cost_as_many_queries_as_one(client, editor, queries):
    client.force_login(editor)
    make_report()
    one = queries(lambda: client.get(LIST))
    for _ in range(3):
        make_report()
    assert queries(lambda: client.get(LIST)) == one


@pytest.mark.django_db
def test_nobody_else_sees_reports(client, participant):
    report = make_report()
    for path in (LIST, f"{LIST}{report.pk}/"):
        assert client.get(path).status_code == 302
    client.force_login(participant)
    for path in (LIST, f"{LIST}{report.pk}/"):
        assert client.get(path).status_code == 404
        assert client.post(path, GIVEN).status_code in (404, 405)


@pytest.mark.django_db
def test_undecided_reports_wait_on_the_desk_the_oldest_first(editor, django_assert_num_queries):
    old, new, done = make_report(title="Alt"), make_report(title="Neu"), make_report(title="Fertig")
    ContentReport.objects.filter(pk=old.pk).update(created_at="2026-01-05T10:00:00Z")
    actions.decide(done, by=editor, **GIVEN)
    with django_assert_num_queries(1):
        tasks = waiting_reports(editor)
    assert [task.text for task in tasks] == [f"Meldung {one.number} entscheiden: {one.title}" for one in (old, new)]
    assert tasks[0].until.isoformat() > "2026-01-05"


@pytest.mark.django_db
def test_the_lead_keeps_a_report_back_from_its_page(client, editor, lead):
    report = make_report()
    path, link = (
        f"{LIST}{report.pk}/",
        f"/geschaeftsstelle/datenschutz/aufbewahren/moderation.contentreport/{report.pk}/",
    )
    client.force_login(editor)
    assert link not in client.get(path).text
    client.force_login(lead)
    assert link in client.get(path).text
    client.post(link, {"reason": "Der Verlag klagt vielleicht"})
    page = client.get(path).text
    assert ("Der Verlag klagt vielleicht" in page, link in page) == (True, False)
