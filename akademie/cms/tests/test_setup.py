"""The guided first run: one address, one person, once; and the duties that cms brings."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from wagtail.models import Page

from akademie.accounts import actions as accounts
from akademie.accounts import queries as people
from akademie.accounts.models import Role, User
from akademie.cms import actions, queries
from akademie.cms.contributions import WHY
from akademie.cms.models import AcademySettings, Duty, StandardPage
from akademie.cms.tests.factories import make_page
from akademie.core.actions import NotPossible
from akademie.core.contributions import operator_duties, start_notes
from akademie.operation.models import ConfirmedDuty

TYPED = {
    "operator": "Stadt Perleberg", "legal_form": "Körperschaft des öffentlichen Rechts", "street": "Großer Markt 1",
    "postal_code": "19348", "city": "Perleberg", "represented_by": "die Bürgermeisterin Anna Amt",
    "email": "post@perleberg.example", "phone": "", "first_name": "Anna", "last_name": "Amt",
    "lead_email": "Anna@Perleberg.example",
}  # fmt: skip
ABOUT = ("operator", "legal_form", "street", "postal_code", "city", "represented_by", "email", "phone")


def path() -> str:
    return re.sub(r"^https?://[^/]+", "", actions.setup_address())


def errors(response) -> list[str]:
    return sorted(response.context["form"].errors)


@pytest.mark.django_db
def test_the_first_run_writes_the_settings_signs_the_leitung_in_and_mails_her(
    client, pages, mailoutbox, django_capture_on_commit_callbacks
):
    address = path()
    assert client.get(address).status_code == 200
    assert User.objects.count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, TYPED)
    assert (answer.status_code, answer["Location"]) == (302, "/geschaeftsstelle/einrichten/")
    academy = AcademySettings.load()
    assert {name: getattr(academy, name) for name in ABOUT} == {name: TYPED[name] for name in ABOUT}
    lead = User.objects.get()
    assert (lead.email, str(lead), lead.role) == ("anna@perleberg.example", "Anna Amt", Role.LEAD)
    assert client.session["_auth_user_id"] == str(lead.pk)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([lead.email], "Bitte bestätigen: Diese Mail ist angekommen")
    assert 'action="/geschaeftsstelle/betrieb/mails/probe/"' in client.get("/geschaeftsstelle/einrichten/").text
    assert ConfirmedDuty.objects.count() == 0
    client.post(re.search(r"https?://[^/\s]+(/\S+/probe/\S+)", mail.body)[1])
    assert ConfirmedDuty.objects.count() == 1
    assert "Stadt Perleberg" in client.get("/impressum/").content.decode()


@pytest.mark.django_db
def test_what_was_typed_stays_and_each_field_says_what_is_wrong(client, pages):
    answer = client.post(path(), {**TYPED, "postal_code": "1934", "lead_email": "leitung@akademie.example", "city": ""})
    assert errors(answer) == ["city", "lead_email", "postal_code"]
    assert 'value="Stadt Perleberg"' in answer.content.decode()
    assert "Diese Adresse gehört einer Person der Demo." in answer.content.decode()
    assert errors(client.post(path(), {"phone": ""})) == sorted(TYPED.keys() - {"phone", "represented_by"})
    assert errors(client.post(path(), {**TYPED, "operator": "x" * 201})) == ["operator"]
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_the_address_ends_with_the_first_leitung(client, pages):
    address = path()
    lead = accounts.make_first_lead("anna@stadt.example", first_name="Anna", last_name="Amt")
    for answer in (client.get(address), client.post(address, TYPED)):
        assert answer.status_code == 410
        assert "Diese Akademie hat schon eine Leitung." in answer.content.decode()
    lead.delete()
    assert client.get(address).status_code == 410  # signed before there was one: it does not come back
    assert client.get(path()).status_code == 200
    assert client.get(path()[:-2] + "/").status_code == 410
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_a_demo_is_not_set_up(client, pages, settings):
    address = path()
    settings.DEMO = True
    assert client.get(address).status_code == 410
    assert actions.setup_lines() == []
    with pytest.raises(CommandError, match="ist eine Demo"):
        call_command("first_run")


@pytest.mark.django_db
def test_command_and_start_name_the_address_until_there_is_a_leitung(client, pages, capsys):
    call_command("first_run")
    printed = capsys.readouterr().out.strip()
    assert client.get(printed).status_code == 200
    note = start_notes.get("cms.set_up")
    assert client.get(list(note.lines())[1].strip()).status_code == 200
    accounts.make_first_lead("anna@stadt.example", first_name="Anna", last_name="Amt")
    assert list(note.lines()) == []
    with pytest.raises(CommandError, match="hat schon eine Leitung"):
        call_command("first_run")


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_two_who_set_up_at_once_one_wins(pages):
    token = path().split("/")[-2]
    start = Barrier(2)

    def begin(name: str) -> str:
        try:
            start.wait(timeout=10)
            return actions.set_up(
                token, about={"operator": name}, email=f"{name}@stadt.example", first_name=name, last_name="Amt"
            ).first_name
        except NotPossible as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(begin, ["anna", "olaf"]))
    winner = AcademySettings.load().operator
    assert said == ["Diese Akademie hat schon eine Leitung. Bitte melden Sie sich an.", winner]
    assert list(User.objects.values_list("first_name", flat=True)) == [winner]


# -- duties ---------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("duty", WHY)
def test_the_page_of_a_duty_is_done_without_its_draft_note(client, pages, duty):
    entry = operator_duties.get(f"cms.{duty.value}")
    assert not entry.is_done()
    page = StandardPage.objects.get(duty=duty)
    client.force_login(accounts.make_lead("anna@stadt.example"))
    assert client.get(entry.url()).context["page"].pk == page.pk
    page.body = [(block.block_type, block.value) for block in page.body if block.block_type != "draft_note"]
    page.save_revision()
    assert not entry.is_done()  # still a draft of the office
    page.get_latest_revision().publish()
    assert entry.is_done()


@pytest.mark.django_db
def test_the_settings_are_done_when_nothing_that_the_law_asks_for_is_missing(client, pages):
    entry = operator_duties.get("cms.settings")
    client.force_login(accounts.make_lead("anna@stadt.example"))
    assert client.get(entry.url(), follow=True).status_code == 200
    academy = AcademySettings.load()
    for name in queries.NEEDED:
        assert not entry.is_done(), name
        setattr(academy, name, "post@stadt.example" if name == "email" else "x")
        academy.save()
    assert entry.is_done()


@pytest.mark.django_db
def test_the_leitung_and_her_codes_are_duties(pages):
    lead_is_there, codes = operator_duties.get("accounts.lead"), operator_duties.get("accounts.recovery_codes")
    accounts.load_demo_people(lambda _: None)
    accounts.make_recovery_codes(User.objects.get(email="leitung@akademie.example"))
    assert (lead_is_there.is_done(), codes.is_done()) == (False, False)
    lead = accounts.make_first_lead("anna@stadt.example", first_name="Anna", last_name="Amt")
    assert (lead_is_there.is_done(), codes.is_done()) == (True, False)
    accounts.make_recovery_codes(lead)
    assert codes.is_done()
    assert people.unused_codes(lead) == 10


@pytest.mark.django_db
def test_a_page_that_the_office_wrote_before_it_became_a_duty_stays_as_it_is(pages):
    StandardPage.objects.get(duty=Duty.HOUSE_RULES).delete()
    own = make_page("Unsere Regeln", "regeln")
    Page.objects.filter(pk=own.pk).update(slug="hausregeln", url_path=own.url_path.replace("regeln", "hausregeln"))
    actions.load_pages(lambda _: None)
    actions.load_pages(lambda _: None)
    kept = StandardPage.objects.get(duty=Duty.HOUSE_RULES)
    assert (kept.pk, kept.title) == (own.pk, "Unsere Regeln")
