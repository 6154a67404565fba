"""Accounts, roles and groups, demo people, the command for the first Leitung."""

import re
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from akademie.accounts import actions
from akademie.accounts.forms import AccountCreationForm, AccountEditForm
from akademie.accounts.models import Role, User

pytestmark = pytest.mark.django_db


def groups(user: User) -> list[str]:
    return list(user.groups.values_list("name", flat=True))


def test_the_group_follows_the_role(participant):
    assert groups(participant) == []
    for role, names in ((Role.EDITOR, ["Redaktion"]), (Role.LEAD, ["Leitung"]), (Role.PARTICIPANT, [])):
        participant.role = role
        participant.save()
        assert groups(participant) == names


def test_who_is_office():
    assert [User(role=role).is_office for role in Role] == [False, True, True]
    assert [User(role=role).is_staff for role in Role] == [False, True, True]


def test_one_account_per_address_whatever_the_case(participant):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email=participant.email.upper())])
    with pytest.raises(ValidationError):
        User(email=participant.email, password="x").full_clean()


def test_the_back_offices_form_keeps_addresses_in_lower_case_and_refuses_a_known_one(participant):
    form = AccountCreationForm({"email": "NEU@Stadt.example", "role": "editor"})
    assert form.is_valid()
    user = form.save()
    assert (user.email, user.role, user.has_usable_password(), user.is_superuser) == (
        "neu@stadt.example", "editor", False, False,
    )  # fmt: skip
    again = AccountCreationForm({"email": participant.email.upper(), "role": "editor"})
    assert again.errors == {"email": ["Zu dieser Adresse gibt es schon ein Konto."]}


def test_other_capitals_are_no_other_address(participant, mailoutbox):
    word = participant.link_word
    given = {"email": participant.email.title(), "first_name": "Pauline", "role": "participant", "is_active": "on"}
    form = AccountEditForm(given, instance=participant)
    assert (form.is_valid(), form.changed_data) == (True, ["first_name"])
    form.save()
    participant.refresh_from_db()
    assert (participant.email, participant.link_word == word) == ("paula@stadt.example", True)
    assert (participant.former_addresses.count(), mailoutbox) == (0, [])


def test_nobody_takes_away_their_own_role_or_access(lead):
    own = AccountEditForm({"email": lead.email, "role": "participant"}, instance=lead, editing_self=True)
    assert list(own.fields) == ["email", "first_name", "last_name"]
    own.save()
    lead.refresh_from_db()
    assert (lead.role, lead.is_active) == (Role.LEAD, True)


def test_no_form_offers_superuser_groups_or_password():
    assert list(AccountCreationForm().fields) == ["email", "first_name", "last_name", "role"]
    assert list(AccountEditForm().fields) == ["email", "first_name", "last_name", "role", "is_active"]


def test_djangos_own_command_makes_a_lead_and_no_superuser():
    user = User.objects.create_superuser("chefin@akademie.example")
    assert (user.role, user.is_superuser) == (Role.LEAD, False)


def test_demo_people_are_created_once_and_can_sign_in(client, settings):
    settings.DEMO = True
    for _ in range(2):
        actions.load_demo_people(lambda _: None)
    assert sorted(User.objects.values_list("email", "role")) == [
        ("buergermeisterin@stadt.example", "participant"),
        ("leitung@akademie.example", "lead"),
        ("redaktion@akademie.example", "editor"),
    ]
    lines = "\n".join(actions.demo_sign_in_lines())
    links = re.findall(rf"{settings.SITE_URL}(/anmelden/\S+/)", lines)
    assert len(links) == 3
    client.post(links[0])
    assert User.objects.get(pk=client.session["_auth_user_id"]).role == Role.LEAD


def test_outside_a_demo_nothing_is_told(settings):
    settings.DEMO = False
    actions.load_demo_people(lambda _: None)
    assert actions.demo_sign_in_lines() == []


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("sign_in_link", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def test_the_command_makes_the_first_lead(client, settings):
    link = run("Chefin@Akademie.example", "--leitung")
    assert client.post(link.removeprefix(settings.SITE_URL)).status_code == 302
    assert User.objects.get().role == Role.LEAD
    assert User.objects.get().email == "chefin@akademie.example"


def test_the_command_gives_a_link_to_a_known_person_without_changing_the_role(participant):
    assert run(participant.email).startswith("http")
    participant.refresh_from_db()
    assert participant.role == Role.PARTICIPANT


@pytest.mark.parametrize(
    ("address", "says"), [("niemand", "keine E-Mail-Adresse"), ("paula@stadt.example", "gesperrt")]
)
def test_the_command_says_what_is_wrong(participant, address, says):
    User.objects.update(is_active=False)
    with pytest.raises(CommandError, match=says):
        run(address)
