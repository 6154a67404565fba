"""What the tests of exchange share."""

import re

import pytest
from django.test import Client

QUESTION = "Wer hat schon ein altes Kaufhaus umgebaut?\nUns fehlt das Geld."


@pytest.fixture
def ask(client: Client):
    """Return a function that sends the form as a person does."""

    def send(**fields: str):
        return client.post("/austausch/frage/", {"question": QUESTION, "email": "paula@stadt.example", **fields})

    return send


@pytest.fixture
def press(client: Client):
    """Return a function that presses the button behind a link."""

    def confirm(path: str):
        return client.post(path)

    return confirm


@pytest.fixture
def link(ask, mailoutbox: list) -> str:
    """Return the path of the link in the mail after a question."""
    assert ask().status_code == 302
    return link_in(mailoutbox[-1])


def link_in(mail) -> str:
    return re.search(r"https?://[^/\s]+(/austausch/\S+)", mail.body)[1]
