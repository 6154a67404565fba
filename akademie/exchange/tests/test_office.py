"""What the office sees and does with requests, and what time does."""

import html
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from akademie.cms import actions as cms
from akademie.core.actions import NotPossible
from akademie.core.contributions import retention_rules
from akademie.exchange import actions
from akademie.exchange.models import MOVES, HelpRequest, HelpRequestState
from akademie.exchange.queries import waiting_requests
from akademie.exchange.tests.factories import HelpRequestFactory
from akademie.people.tests.factories import PersonFactory
from akademie.practices.tests.factories import PracticeCaseFactory, TownFactory
from akademie.privacy.actions.retention import hold, run_rule
from akademie.privacy.queries import log

pytestmark = pytest.mark.django_db
LIST = "/geschaeftsstelle/cms/anfragen/"
State = HelpRequestState


@pytest.fixture(autouse=True)
def back_office(db, kept):
    kept("pages", lambda: cms.load_pages(lambda _: None))
    kept("office", lambda: cms.set_up_office(lambda _: None))


def move(client, found, verb):
    return client.post(f"/geschaeftsstelle/austausch/anfragen/{found.pk}/{verb}/")


def text_of(response):
    return " ".join(html.unescape(response.content.decode()).split())


def test_the_list_shows_confirmed_requests_with_town_and_state(client, editor):
    HelpRequestFactory(question="Wer hat einen Bahnhof umgebaut?", town=TownFactory(name="Prüm"))
    HelpRequestFactory(unconfirmed=True, question="Das darf noch niemand lesen.")
    client.force_login(editor)
    text = text_of(client.get(LIST))
    assert "Wer hat einen Bahnhof umgebaut?" in text
    assert "Prüm" in text
    assert "Das darf noch niemand lesen" not in text


def test_the_office_writes_to_the_address_that_the_account_has_now(client, editor):
    asked = HelpRequestFactory(email="alt@stadt.example", user=PersonFactory(email="neu@stadt.example"))
    client.force_login(editor)
    page = client.get(f"{LIST}inspect/{asked.pk}/").content.decode()
    assert '<a href="mailto:neu@stadt.example">neu@stadt.example</a>' in page
    for words in ("alt@stadt", "neu@stadt"):
        assert asked.excerpt() in text_of(client.get(LIST, {"q": words}))


def test_the_list_can_be_narrowed_by_state(client, editor):
    HelpRequestFactory(question="Eine offene Frage steht hier.")
    HelpRequestFactory(answered=True, question="Eine beantwortete Frage steht hier.")
    client.force_login(editor)
    text = text_of(client.get(LIST, {"state": "answered"}))
    assert ("Eine offene Frage" in text, "Eine beantwortete Frage" in text) == (False, True)


def test_the_list_needs_the_same_queries_for_three_requests(client, editor, queries):
    client.force_login(editor)
    HelpRequestFactory(town=TownFactory())
    one = queries(lambda: client.get(LIST))
    HelpRequestFactory(town=TownFactory())
    HelpRequestFactory(town=TownFactory())
    assert queries(lambda: client.get(LIST)) == one


def test_a_request_is_shown_whole_and_escaped(client, editor):
    town, case = TownFactory(name="Prüm"), PracticeCaseFactory(title="Kaufhaus am Markt")
    question = "Erste Zeile\n<b>Zweite</b> Zeile"
    found = HelpRequestFactory(question=question, town=town, practice=case, about_town=town, concern="Leerstand")
    client.force_login(editor)
    page = client.get(f"{LIST}inspect/{found.pk}/").content.decode()
    assert "<p>Erste Zeile<br>&lt;b&gt;Zweite&lt;/b&gt; Zeile</p>" in page
    assert [word in page for word in ("Prüm", "Kaufhaus am Markt", "Leerstand", found.email)] == [True] * 4
    assert "Als beantwortet vermerken" in page


def test_an_unconfirmed_request_is_not_shown_whole(client, editor):
    found = HelpRequestFactory(unconfirmed=True)
    client.force_login(editor)
    assert client.get(f"{LIST}inspect/{found.pk}/").status_code == 404


def test_nobody_writes_into_a_request(client, lead):
    found = HelpRequestFactory()
    client.force_login(lead)
    for address in (f"{LIST}new/", f"{LIST}edit/{found.pk}/"):
        assert client.post(address, {"question": "Ganz anders als vorher"}).status_code == 302
    assert [one.question for one in HelpRequest.objects.all()] == [found.question]


def test_marking_as_answered_is_on_record(client, editor):
    found = HelpRequestFactory()
    client.force_login(editor)
    response = move(client, found, "beantwortet")
    found.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, f"{LIST}inspect/{found.pk}/")
    assert (found.state, found.done_at is not None) == (State.ANSWERED, True)
    assert [(one.action, one.user, one.label) for one in ModelLogEntry.objects.filter(object_id=found.pk)] == [
        ("exchange.answered", editor, str(found))
    ]
    assert str(found).startswith(f"Anfrage {found.pk} vom ")


def test_answering_twice_is_one_answer(client, editor):
    found = HelpRequestFactory()
    client.force_login(editor)
    move(client, found, "beantwortet")
    first = HelpRequest.objects.get().done_at
    move(client, found, "beantwortet")
    assert HelpRequest.objects.get().done_at == first
    assert ModelLogEntry.objects.filter(action="exchange.answered").count() == 1


def test_reopening_clears_the_date(client, editor):
    found = HelpRequestFactory(answered=True)
    client.force_login(editor)
    move(client, found, "oeffnen")
    found.refresh_from_db()
    assert (found.state, found.done_at) == (State.OPEN, None)


def test_reopening_beside_the_same_open_question_is_refused(client, editor):
    found = HelpRequestFactory(answered=True, question="Dieselbe Frage, zweimal gestellt?")
    HelpRequestFactory(question=found.question)
    with pytest.raises(NotPossible, match="Dieselbe Frage ist schon wieder offen"):
        actions.reopen(found, by=editor)
    assert not ModelLogEntry.objects.filter(action="exchange.open").exists()


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(
    ("verb", "to"),
    [("mark_answered", State.ANSWERED), ("close", State.CLOSED), ("reopen", State.OPEN)],
)
def test_only_the_moves_of_the_table_happen(editor, state, verb, to):
    confirmed_at = None if state == State.UNCONFIRMED else timezone.now()
    found = HelpRequestFactory(state=state, confirmed_at=confirmed_at)
    if state == to or to in MOVES[state]:
        assert getattr(actions, verb)(found, by=editor).state == to
    else:
        with pytest.raises(NotPossible):
            getattr(actions, verb)(found, by=editor)


def test_others_see_and_move_nothing(client, participant):
    found = HelpRequestFactory()
    assert move(client, found, "beantwortet")["Location"].startswith("/anmelden/")
    client.force_login(participant)
    assert move(client, found, "beantwortet").status_code == 404
    assert client.get(LIST).status_code in (302, 403, 404)
    assert HelpRequest.objects.get().state == State.OPEN


def test_opening_the_address_of_a_move_changes_nothing(client, editor):
    found = HelpRequestFactory()
    client.force_login(editor)
    assert client.get(f"/geschaeftsstelle/austausch/anfragen/{found.pk}/beantwortet/").status_code == 405
    assert move(client, found, "unsinn").status_code == 404
    assert HelpRequest.objects.get().state == State.OPEN


def test_unconfirmed_requests_go_after_seven_days():
    old, young = timezone.now() - timedelta(days=7, minutes=1), timezone.now() - timedelta(days=6, hours=23)
    HelpRequestFactory(unconfirmed=True, created_at=old)
    HelpRequestFactory(created_at=old, email="offen@stadt.example")
    HelpRequestFactory(unconfirmed=True, created_at=young, email="jung@stadt.example")
    run_rule(retention_rules.get("exchange.unconfirmed"))
    assert sorted(HelpRequest.objects.values_list("email", flat=True)) == ["jung@stadt.example", "offen@stadt.example"]


def test_answered_requests_go_after_a_year():
    HelpRequestFactory(answered=True, done_at=timezone.now() - timedelta(days=366))
    HelpRequestFactory(answered=True, done_at=timezone.now() - timedelta(days=364), email="spaeter@stadt.example")
    HelpRequestFactory(email="offen@stadt.example", confirmed_at=timezone.now() - timedelta(days=900))
    run_rule(retention_rules.get("exchange.done"))
    assert sorted(HelpRequest.objects.values_list("email", flat=True)) == [
        "offen@stadt.example",
        "spaeter@stadt.example",
    ]


def test_open_requests_wait_on_the_desk_the_oldest_first(django_assert_num_queries):
    perleberg = TownFactory(ags="12070296", name="Perleberg")
    for days, town, state in (
        (1, None, "open"),
        (3, perleberg, "open"),
        (9, None, "answered"),
        (8, None, "unconfirmed"),
    ):
        at = timezone.now() - timedelta(days=days)
        HelpRequestFactory(
            question=f"Wer hat vor {days} Tagen etwas gegen Leerstand getan?", town=town, state=state,
            confirmed_at=None if state == "unconfirmed" else at,
        )  # fmt: skip
    with django_assert_num_queries(1):
        tasks = waiting_requests(None)
    assert [task.text for task in tasks] == [
        "Frage aus Perleberg beantworten: „Wer hat vor 3 Tagen etwas gegen Leerstand getan?“",
        "Frage beantworten: „Wer hat vor 1 Tagen etwas gegen Leerstand getan?“",
    ]
    assert all(task.until > task.since.date() for task in tasks)


def test_a_request_that_must_be_kept_is_not_deleted(client, lead):
    found = HelpRequestFactory()
    hold(found, reason="Rechnungshof prüft bis 2028", by=lead)
    client.force_login(lead)
    answer = client.post(f"{LIST}delete/{found.pk}/", follow=True)
    assert "wird aufbewahrt: Rechnungshof prüft bis 2028" in html.unescape(answer.content.decode())
    assert HelpRequest.objects.filter(pk=found.pk).exists()


def test_the_log_says_whose_question_was_answered(client, editor):
    found = HelpRequestFactory(town=TownFactory(ags="12070296", name="Perleberg"))
    client.force_login(editor)
    move(client, found, "beantwortet")
    (line, *_) = log.Listing(log.Asked())[0:1]
    assert line.what == f"Rita hat die Anfrage {found.pk} aus Perleberg (von {found.email}) beantwortet."


def test_the_lead_keeps_a_question_back_from_its_page(client, editor, lead):
    found = HelpRequestFactory()
    path = f"{LIST}inspect/{found.pk}/"
    link = f"/geschaeftsstelle/datenschutz/aufbewahren/exchange.helprequest/{found.pk}/"
    client.force_login(editor)
    assert link not in client.get(path).text
    client.force_login(lead)
    assert link in client.get(path).text
    client.post(link, {"reason": "Streit mit der Förderstelle"})
    page = client.get(path).text
    assert ("Streit mit der Förderstelle" in page, link in page) == (True, False)
