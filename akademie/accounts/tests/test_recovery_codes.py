"""Codes on paper: ten of them, each signs in once, whoever tries at the same moment."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from akademie.accounts import actions, queries
from akademie.accounts.actions import recovery
from akademie.accounts.models import RecoveryCode, Role, User
from akademie.core.actions import NotPossible

PAGE, SIGN_IN = "/konto/notfallcodes/", "/anmelden/notfallcode/"


def codes_on(page) -> list[str]:
    return re.findall(r"<li><code>([A-Z2-9-]+)</code></li>", page.content.decode())


def signed_in_as(client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.django_db
def test_ten_codes_are_shown_once_and_kept_as_hashes(client, lead):
    client.force_login(lead)
    assert "Sie haben im Moment keine Codes." in client.get(PAGE).content.decode()
    assert RecoveryCode.objects.count() == 0
    answer = client.post(PAGE)
    codes = codes_on(answer)
    assert len(set(codes)) == 10
    assert [code for code in codes if not re.fullmatch(r"([A-HJ-NP-Z2-9]{4}-){3}[A-HJ-NP-Z2-9]{4}", code)] == []
    assert "no-store" in answer["Cache-Control"]
    kept = repr(list(RecoveryCode.objects.values_list()))
    assert [code for code in codes if code in kept or code.replace("-", "") in kept] == []
    page = client.get(PAGE)
    assert codes_on(page) == []
    assert "noch 10 unbenutzte Codes" in page.content.decode()


@pytest.mark.django_db
def test_a_code_signs_in_once_and_the_person_hears_of_it(client, lead, mailoutbox, django_capture_on_commit_callbacks):
    code = actions.make_recovery_codes(lead)[3]
    typed = {"email": "Leitung@Akademie.example", "code": f" {code.lower().replace('-', ' ')} "}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(SIGN_IN, typed)
    assert (answer.status_code, answer["Location"], signed_in_as(client)) == (302, "/mein-bereich/", str(lead.pk))
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([lead.email], "Anmeldung mit einem Notfallcode")]
    assert queries.unused_codes(lead) == 9
    client.logout()
    again = client.post(SIGN_IN, typed)
    assert (again.status_code, signed_in_as(client)) == (200, None)
    assert recovery.WRONG_CODE in again.content.decode()
    assert typed["email"] in again.content.decode()


@pytest.mark.django_db
def test_new_codes_make_the_old_ones_worthless(lead):
    old = actions.make_recovery_codes(lead)
    new = actions.make_recovery_codes(lead)
    with pytest.raises(NotPossible):
        actions.use_recovery_code(lead.email, old[0], sender="192.0.2.1")
    assert actions.use_recovery_code(lead.email, new[0], sender="192.0.2.1") == lead


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["fremd@stadt.example", "andere@akademie.example", "gesperrt@akademie.example"])
def test_a_code_is_good_for_its_own_active_person_only(client, lead, email):
    User.objects.create_user("andere@akademie.example", role=Role.LEAD)
    blocked = User.objects.create_user("gesperrt@akademie.example", role=Role.LEAD, is_active=False)
    code = actions.make_recovery_codes(blocked if email == blocked.email else lead)[0]
    answer = client.post(SIGN_IN, {"email": email, "code": code})
    assert recovery.WRONG_CODE in answer.content.decode()
    assert signed_in_as(client) is None
    assert RecoveryCode.objects.filter(used_at=None).count() == 10


@pytest.mark.django_db
def test_after_ten_tries_a_sender_waits_and_others_do_not(client, lead):
    code = actions.make_recovery_codes(lead)[0]
    for _ in range(10):
        assert client.post(SIGN_IN, {"email": lead.email, "code": "AAAA"}).status_code == 200
    refused = client.post(SIGN_IN, {"email": lead.email, "code": code})
    assert (refused.status_code, signed_in_as(client)) == (429, None)
    assert int(refused["Retry-After"]) > 800
    client.post(SIGN_IN, {"email": lead.email, "code": code}, REMOTE_ADDR="192.0.2.7")
    assert signed_in_as(client) == str(lead.pk)


@pytest.mark.django_db
def test_codes_are_for_the_leitung(client, editor, participant):
    for person in (editor, participant):
        client.force_login(person)
        assert (client.get(PAGE).status_code, client.post(PAGE).status_code) == (404, 404)
    assert RecoveryCode.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_two_at_once_with_one_code_one_gets_in(lead):
    code = actions.make_recovery_codes(lead)[0]
    start = Barrier(2)

    def use(number: int) -> str:
        try:
            start.wait(timeout=10)
            return actions.use_recovery_code(lead.email, code, sender=f"192.0.2.{number}").email
        except NotPossible as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(use, range(2))) == sorted([recovery.WRONG_CODE, lead.email])
    assert queries.unused_codes(lead) == 9


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_two_first_leads_at_once_one_wins():
    start = Barrier(2)

    def begin(number: int) -> str:
        try:
            start.wait(timeout=10)
            return actions.make_first_lead(f"{number}@stadt.example", first_name="Anna", last_name="Amt").role
        except NotPossible as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(begin, range(2))) == [
            "Diese Akademie hat schon eine Leitung. Bitte melden Sie sich an.", "lead",
        ]  # fmt: skip
    assert User.objects.filter(role=Role.LEAD).count() == 1


@pytest.mark.django_db
def test_demo_people_do_not_count_as_leitung(settings):
    settings.DEMO = False
    actions.load_demo_people(lambda _: None)
    assert queries.waits_for_its_lead()
    with pytest.raises(NotPossible):
        actions.make_first_lead("leitung@akademie.example", first_name="Lena", last_name="Leitner")
    word = queries.first_lead_word()
    made = actions.make_first_lead("anna@stadt.example", first_name="Anna", last_name="Amt")
    assert (made.role, str(made), queries.waits_for_its_lead()) == (Role.LEAD, "Anna Amt", False)
    assert queries.first_lead_word() != word
