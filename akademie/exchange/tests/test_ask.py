"""Asking the office: what is kept, what is mailed, what is refused."""

import html
import re

import pytest

from akademie.core.models import Tally
from akademie.exchange.models import MAX_CONCERN, HelpRequest, HelpRequestState
from akademie.exchange.tests.conftest import QUESTION, link_in
from akademie.exchange.tests.factories import HelpRequestFactory
from akademie.practices.tests.factories import PracticeCaseFactory, TownFactory
from akademie.towns.queries import OWN_TOWN_COOKIE

pytestmark = pytest.mark.django_db
FORM = "/austausch/frage/"


def text_of(response):
    return " ".join(html.unescape(response.content.decode()).split())


def test_a_question_is_kept_and_a_link_is_mailed(ask, mailoutbox):
    answer = ask(email="Paula@Stadt.example")
    assert (answer.status_code, answer["Location"]) == (302, "/austausch/frage/gesendet/")
    kept = HelpRequest.objects.get()
    assert (kept.question, kept.email, kept.state) == (QUESTION, "paula@stadt.example", HelpRequestState.UNCONFIRMED)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["paula@stadt.example"], "Bitte bestätigen Sie Ihre Frage")
    assert "Kaufhaus" not in mail.body, "nobody can send strangers texts through us"


def test_what_the_person_came_from_is_kept(client, ask):
    town, other = TownFactory(name="Prüm"), TownFactory(name="Kyritz")
    case = PracticeCaseFactory(title="Kaufhaus am Markt")
    address = f"{FORM}?anliegen=Leerstand%20im%20Kaufhaus&praxis={case.slug}&stadt={other.pk}"
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in ("anliegen", "praxis", "stadt")}
    assert form["question"].value() == "Leerstand im Kaufhaus"
    assert 'das Beispiel „<a href="/praxis/' in text_of(client.get(address))
    ask(**sent, town="Prüm")
    kept = HelpRequest.objects.get()
    assert (kept.town, kept.about_town, kept.practice) == (town, other, case)
    assert kept.concern == "Leerstand im Kaufhaus"


def test_the_own_town_is_filled_in(client):
    town = TownFactory(name="Prüm", district="Eifelkreis")
    client.cookies[OWN_TOWN_COOKIE] = town.pk
    assert client.get(FORM).context["form"]["town"].value() == "Prüm (Eifelkreis)"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"question": ""}, "Bitte schreiben Sie Ihre Frage in ein, zwei Sätzen auf."),
        ({"question": "   \n\u200b  "}, "Bitte schreiben Sie Ihre Frage in ein, zwei Sätzen auf."),
        ({"question": "Was nun?"}, "Bitte schreiben Sie etwas mehr, mindestens 20 Zeichen."),
        ({"question": "x" * 10_000}, "Bitte kürzen Sie Ihre Frage auf 2.000 Zeichen."),
        ({"email": ""}, "Bitte geben Sie Ihre E-Mail-Adresse ein. Dorthin kommt die Antwort."),
        ({"email": "paula"}, "Bitte prüfen Sie die Adresse. Sie sieht so aus: name@stadt.de"),
        ({"email": "a@b.de\r\nBcc: alle@stadt.example"}, "Bitte prüfen Sie die Adresse."),
        ({"email": "x" * 300 + "@stadt.example"}, "Bitte prüfen Sie die Adresse."),
        ({"town": "Gibtesnichthausen"}, "„Gibtesnichthausen“ steht nicht im Gemeindeverzeichnis."),
        ({"website": "https://spam.example"}, "Bitte lassen Sie dieses Feld leer."),
    ],
)
def test_bad_input_gets_a_clear_answer_and_is_kept(ask, mailoutbox, fields, says):
    answer = ask(**fields)
    assert answer.status_code == 200
    assert says in text_of(answer)
    assert answer.context["form"]["question"].value() == fields.get("question", QUESTION)
    assert (HelpRequest.objects.count(), len(mailoutbox)) == (0, 0)


def test_the_page_says_the_limit_as_the_error_does(client):
    assert "Höchstens 2.000 Zeichen" in text_of(client.get("/austausch/frage/"))


def test_a_question_of_2000_characters_with_line_ends_of_a_browser_fits(ask):
    assert ask(question="x" * 1989 + "\r\n" * 10 + "x").status_code == 302
    assert len(HelpRequest.objects.get().question) == 2000


def test_marks_that_nobody_sees_are_left_out(ask):
    ask(question="Wer hat \u202eschon\x00 einen Bahnhof umgebaut?")
    assert HelpRequest.objects.get().question == "Wer hat schon einen Bahnhof umgebaut?"


@pytest.mark.parametrize(
    "hidden",
    [
        {"praxis": "gibt-es-nicht", "stadt": "00000000"},
        {"praxis": "\x00", "stadt": "\x00"},
        {"praxis": "x" * 5000, "stadt": "٠١٢٣٤٥٦٧"},
        {"anliegen": "\x00\u202e"},
    ],
)
def test_nonsense_that_travels_unseen_is_passed_over(client, ask, hidden):
    assert client.get(FORM, hidden).status_code == 200
    assert ask(**hidden).status_code == 302
    kept = HelpRequest.objects.get()
    assert (kept.practice, kept.about_town, kept.concern) == (None, None, "")


def test_a_long_concern_is_cut(ask):
    ask(anliegen="wort " * 1000)
    assert 0 < len(HelpRequest.objects.get().concern) <= MAX_CONCERN


def test_a_draft_case_cannot_be_asked_about(client):
    case = PracticeCaseFactory(draft=True, title="Geheim")
    response = client.get(FORM, {"praxis": case.slug})
    assert response.context["form"].practice is None
    assert "Geheim" not in text_of(response)


def test_reading_the_form_changes_nothing(client, mailoutbox):
    client.get(FORM, {"question": QUESTION, "email": "paula@stadt.example"})
    assert (HelpRequest.objects.count(), len(mailoutbox)) == (0, 0)


def test_the_same_question_twice_is_one_request_and_one_mail(ask, mailoutbox):
    assert ask().status_code == 302
    assert ask(question=QUESTION.upper().replace("\n", "  ")).status_code == 302
    assert (HelpRequest.objects.count(), len(mailoutbox)) == (1, 1)


def test_asking_again_later_sends_a_new_link(ask, mailoutbox):
    ask()
    Tally.objects.all().delete()  # a minute later
    ask()
    assert HelpRequest.objects.count() == 1
    assert len({link_in(mail) for mail in mailoutbox}) >= 1
    assert len(mailoutbox) == 2


def test_the_same_question_after_the_answer_is_a_new_request(ask):
    HelpRequestFactory(answered=True, question=QUESTION)
    assert ask().status_code == 302
    assert HelpRequest.objects.count() == 2


def test_an_open_question_asked_again_stays_one_and_is_acknowledged_again(ask, mailoutbox):
    HelpRequestFactory(question=QUESTION)
    assert [ask().status_code for _ in range(2)] == [302, 302]
    assert HelpRequest.objects.count() == 1
    assert [mail.subject for mail in mailoutbox] == ["Ihre Frage ist angekommen"]


def test_five_waiting_questions_of_one_address_are_enough(ask, mailoutbox):
    HelpRequestFactory.create_batch(5, unconfirmed=True)
    answer = ask()
    assert (answer.status_code, answer["Retry-After"]) == (429, str(7 * 24 * 3600))
    assert "Zu dieser Adresse warten schon 5 Fragen auf die Bestätigung." in text_of(answer)
    assert len(mailoutbox) == 0


def test_at_that_limit_a_question_that_waits_still_gets_a_new_link(ask, mailoutbox):
    HelpRequestFactory.create_batch(4, unconfirmed=True)
    assert ask().status_code == 302
    Tally.objects.all().delete()  # a minute later
    assert ask().status_code == 302
    assert (HelpRequest.objects.count(), len(mailoutbox)) == (5, 2)


def test_one_sender_may_ask_ten_times_an_hour(ask, mailoutbox):
    for number in range(10):
        assert ask(email=f"p{number}@stadt.example").status_code == 302
    answer = ask(email="p11@stadt.example")
    assert (answer.status_code, 3590 < int(answer["Retry-After"]) <= 3600) == (429, True)
    assert "schon mehrere Fragen" in text_of(answer)
    assert answer.context["form"]["question"].value() == QUESTION
    assert len(mailoutbox) == 10


@pytest.mark.parametrize("address", ["/austausch/", "/austausch/frage/", "/austausch/frage/gesendet/"])
def test_pages_are_there_and_cannot_be_posted_to_otherwise(client, address):
    assert client.get(address).status_code == 200
    assert client.put(address).status_code == 405


def test_a_question_that_comes_too_fast_is_kept_and_goes_out_with_the_next_press(client, settings, time_machine):
    settings.FORM_SECONDS = 2
    time_machine.move_to("2027-01-04 12:00:00", tick=False)
    drawn = re.search(r'name="website-seit" value="([^"]+)"', client.get(FORM).content.decode())[1]
    given = {"question": "Wer hat schon einen Bahnhof umgebaut?", "email": "paula@stadt.example", "website-seit": drawn}
    refused = client.post(FORM, given).content.decode()
    assert "Das ging schneller, als Menschen schreiben." in refused
    assert given["question"] in refused
    assert HelpRequest.objects.count() == 0
    time_machine.shift(3)
    assert client.post(FORM, given).status_code == 302
    assert HelpRequest.objects.count() == 1
