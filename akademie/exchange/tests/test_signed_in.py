"""Asking with an account: no link to confirm, one's questions in Mein Bereich, who asks with a shared account."""

import html

import pytest

from akademie.exchange.models import HelpRequest, HelpRequestState
from akademie.exchange.tests.conftest import QUESTION, link_in
from akademie.exchange.tests.factories import HelpRequestFactory
from akademie.notifications.queries import kinds_for
from akademie.people.tests.factories import MembershipFactory, PersonFactory, ProfileFactory
from akademie.practices.tests.factories import TownFactory
from akademie.towns.forms import said

pytestmark = pytest.mark.django_db
FORM, MINE = "/austausch/frage/", "/austausch/meine-fragen/"


def text_of(response):
    return " ".join(html.unescape(response.content.decode()).split())


@pytest.fixture
def anna(client):
    """A person of one town, signed in."""
    user = MembershipFactory(user__email="anna@stadt.example", user__last_name="Beck", town__name="Prüm").user
    client.force_login(user)
    return user


def test_the_form_knows_address_and_the_only_town(client, anna):
    MembershipFactory(user=anna, ended=True)
    town = anna.memberships.get(ends_on=None).town
    form = client.get(FORM).context["form"]
    assert (form["email"].value(), form["town"].value()) == ("anna@stadt.example", said(town))
    assert "name" not in form.fields


def test_of_several_towns_one_is_to_be_chosen(client, anna):
    towns = [anna.memberships.get().town, MembershipFactory(user=anna, town__name="Zossen").town]
    page = client.get(FORM)
    assert page.context["form"]["town"].value() == ""
    named = " oder ".join(map(said, towns))
    assert f"Für welche Stadt fragen Sie: {named}?" in text_of(page)
    assert page.content.decode().count("<option ") == 2


def test_a_question_from_the_own_address_arrives_at_once(client, anna, mailoutbox, lead):
    answer = client.post(FORM, {"question": QUESTION, "email": "Anna@stadt.example"}, follow=True)
    assert answer.redirect_chain == [(MINE, 302)]
    assert "Ihre Frage ist angekommen. Die Geschäftsstelle antwortet bis " in text_of(answer)
    kept = HelpRequest.objects.get()
    assert (kept.user, kept.state) == (anna, HelpRequestState.OPEN)
    assert [mail.subject for mail in mailoutbox] == ["Neue Anfrage", "Ihre Frage ist angekommen"]
    assert "Von: Anna Beck, anna@stadt.example" in mailoutbox[0].body
    client.post(FORM, {"question": QUESTION, "email": "anna@stadt.example"})
    assert (HelpRequest.objects.count(), len(mailoutbox)) == (1, 2)


def test_what_was_asked_as_a_guest_arrives_when_it_is_asked_again(client, ask, mailoutbox):
    ask(email="anna@stadt.example")
    client.force_login(PersonFactory(email="anna@stadt.example"))
    ask(email="anna@stadt.example")
    assert HelpRequest.objects.get().state == HelpRequestState.OPEN
    assert [mail.subject for mail in mailoutbox] == ["Bitte bestätigen Sie Ihre Frage", "Ihre Frage ist angekommen"]


def test_another_address_has_to_be_confirmed(client, anna, mailoutbox):
    answer = client.post(FORM, {"question": QUESTION, "email": "otto@stadt.example"})
    assert answer["Location"] == "/austausch/frage/gesendet/"
    kept = HelpRequest.objects.get()
    assert (kept.state, kept.user) == (HelpRequestState.UNCONFIRMED, None)
    assert [mail.to for mail in mailoutbox] == [["otto@stadt.example"]]


def test_confirming_gives_a_question_to_the_account_of_the_address(press, link):
    paula = PersonFactory(email="paula@stadt.example")
    press(link)
    assert HelpRequest.objects.get().user == paula


def test_my_questions_say_what_was_asked_when_and_whether_it_is_answered(client, anna):
    HelpRequestFactory(user=anna, email="alt@stadt.example", question="Wer hat einen Bahnhof umgebaut?")
    HelpRequestFactory(email=anna.email, question="Wie fangen wir mit dem Leerstand an?", answered=True)
    HelpRequestFactory(email=anna.email, question="Das hat vielleicht jemand anderes geschrieben.", unconfirmed=True)
    HelpRequestFactory(question="Das hat Paula gefragt, niemand sonst.")
    for address in ("/mein-bereich/", MINE):
        text = text_of(client.get(address))
        assert ("Bahnhof umgebaut?" in text, "Leerstand an?" in text) == (True, True)
        assert (text.count("Antwort bis "), text.count("beantwortet am "), text.count(">wartet")) == (1, 1, 1)
        assert ("jemand anderes" in text, "Paula" in text) == (False, False)


def test_whoever_has_not_asked_has_no_tile_and_an_empty_page(client, anna):
    assert "Meine Fragen" not in text_of(client.get("/mein-bereich/"))
    assert "Noch keine Frage" in text_of(client.get(MINE))
    client.logout()
    assert client.get(MINE)["Location"] == f"/anmelden/?next={MINE}"


def test_thirty_questions_cost_the_queries_of_one(client, anna, queries):
    HelpRequestFactory(email=anna.email)
    one = queries(lambda: client.get("/mein-bereich/")), queries(lambda: client.get(MINE))
    HelpRequestFactory.create_batch(30, email=anna.email)
    assert (queries(lambda: client.get("/mein-bereich/")), queries(lambda: client.get(MINE))) == one
    assert client.get("/mein-bereich/").content.decode().count("gefragt am") == 3
    assert client.get(f"{MINE}?seite=2").content.decode().count("gefragt am") == 11


# -- a shared mailbox -------------------------------------------------------------------------------------------------
@pytest.fixture
def town_hall(client):
    """An account that several people share, signed in; nobody has said yet who acts."""
    user = ProfileFactory(is_shared=True, user__email="info@stadt.example").user
    client.force_login(user)
    return user


def test_whoever_asks_with_a_shared_account_says_who_they_are(client, town_hall, mailoutbox, lead):
    given = {"question": QUESTION, "email": town_hall.email, "town": TownFactory(name="Prüm").name}
    refused = client.post(FORM, given)
    assert "Bitte sagen Sie, wer Sie sind." in text_of(refused)
    assert refused.context["form"]["question"].value() == QUESTION
    assert client.post(FORM, {**given, "name": "Jutta Jung"})["Location"] == MINE
    assert HelpRequest.objects.get().asker == "Jutta Jung"
    assert "Von: Jutta Jung, info@stadt.example" in mailoutbox[0].body
    assert client.get(FORM).context["form"]["name"].value() == "Jutta Jung"
    assert "Jutta Jung, gefragt am" in text_of(client.get(MINE))


def test_whoever_confirms_for_a_shared_mailbox_says_who_they_are(client, town_hall, ask, press, mailoutbox, lead):
    client.logout()
    ask(email=town_hall.email)
    link = link_in(mailoutbox[0])
    assert 'autocomplete="name"' in client.get(link).content.decode()
    assert "Bitte sagen Sie, wer Sie sind." in text_of(press(link))
    assert (HelpRequest.objects.get().state, len(mailoutbox)) == (HelpRequestState.UNCONFIRMED, 1)
    for name in ("Jutta Jung", "Karl Kurz"):  # pressed again, the first stays
        assert "Ihre Frage ist angekommen" in text_of(client.post(link, {"name": name}))
    assert HelpRequest.objects.get().asker == "Jutta Jung"
    assert "Von: Jutta Jung, info@stadt.example" in mailoutbox[1].body


def test_asked_again_with_the_shared_account_it_has_a_name(client, town_hall, ask):
    client.logout()
    ask(email=town_hall.email)
    client.force_login(town_hall)
    ask(email=town_hall.email, name="Jutta Jung")
    assert (HelpRequest.objects.get().state, HelpRequest.objects.get().asker) == (HelpRequestState.OPEN, "Jutta Jung")


def test_what_only_the_office_gets_is_not_offered_to_others(anna, editor):
    office = {"exchange.request_in", "moderation.report_in", "people.contact_reported"}
    assert office & {kind.key for kind in kinds_for(anna)} == set()
    assert office <= {kind.key for kind in kinds_for(editor)}
