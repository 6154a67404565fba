"""What the tests of accounts share."""

import re

import pytest
from django.test import Client


@pytest.fixture
def ask(client: Client, mailoutbox: list):
    """Return a function that asks for a link as a person does, and gives the path of the link in the mail."""

    def ask_for_link(email: str, next_path: str = "") -> str:
        answer = client.post("/anmelden/" + (f"?next={next_path}" if next_path else ""), {"email": email})
        assert answer.status_code == 200
        return re.search(r"https?://[^/\s]+(/anmelden/\S+)", mailoutbox[-1].body)[1]

    return ask_for_link
