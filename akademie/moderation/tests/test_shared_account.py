"""Who reports with an account that several people use says who they are when they give an address."""

from contextlib import nullcontext

import pytest

from akademie.moderation.models import ContentReport
from akademie.moderation.tests.test_report import FORM, GIVEN, errors
from akademie.notifications.types import SharedAccounts, shared_accounts

pytestmark = pytest.mark.django_db
ANYBODY = {**GIVEN, "category": "wrong", "name": ""}


@pytest.fixture
def town_hall(monkeypatch, client, participant):
    """A shared account that is signed in, and Jutta has said her name."""
    one = SharedAccounts(
        key="tests", is_shared=lambda email: email == participant.email, said=lambda: "Jutta Jung",
        acting_as=lambda name: nullcontext(),
    )  # fmt: skip
    monkeypatch.setattr(shared_accounts, "_items", {"tests": one})
    client.force_login(participant)
    return participant


def test_the_name_that_was_said_stands_there_and_is_needed_with_an_address(client, town_hall, lead, editor):
    page = client.get(FORM).text
    assert ('value="Jutta Jung"' in page, "Ihr Konto nutzen mehrere Menschen." in page) == (True, True)
    refused = client.post(FORM, ANYBODY)
    assert errors(refused) == {
        "name": [
            "Bitte sagen Sie, wer Sie sind. Ihr Konto nutzen mehrere Menschen. Geben Sie eine Adresse an, gehört Ihr "
            "Name dazu."
        ]
    }
    assert GIVEN["text"] in refused.text
    client.post(FORM, {**ANYBODY, "name": "Jutta Jung"})
    assert ContentReport.objects.get().name == "Jutta Jung"


def test_without_an_address_and_for_everybody_else_no_name_is_needed(client, town_hall, editor):
    assert client.post(FORM, {**ANYBODY, "email": ""}).status_code == 302
    client.force_login(editor)
    assert "mehrere Menschen" not in client.get(FORM).text
    assert client.post(FORM, ANYBODY).status_code == 302
