"""The header shows each person the way on that is theirs."""

import re

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("person", "shown"),
    [
        (None, ["Anmelden"]),
        ("participant", ["Konto"]),
        ("editor", ["Redaktion", "Meldungen", "Betrieb", "Konto"]),
    ],
)
def test_the_header_ends_with_what_is_mine(client, request, person, shown):
    if person:
        client.force_login(request.getfixturevalue(person))
    menu = re.search('<ul class="ak-menu">.*?</ul>', client.get("/suche/").content.decode(), re.DOTALL)[0]
    assert re.findall("<a [^>]*>([^<]*)</a>", menu)[9:] == shown
