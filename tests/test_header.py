"""The header shows each person the way on that is theirs."""

import re

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("person", "shown"),
    [
        (None, ["Anmelden"]),
        ("participant", ["Mein Bereich"]),
        ("editor", ["Geschäftsstelle", "Mein Bereich"]),
    ],
)
def test_the_header_ends_with_what_is_mine(client, request, person, shown):
    if person:
        client.force_login(request.getfixturevalue(person))
    menu = re.search('<ul class="ak-menu">.*?</ul>', client.get("/suche/").content.decode(), re.DOTALL)[0]
    assert menu.partition(">Suche<")[2] != ""
    assert re.findall("<a [^>]*>([^<]*)</a>", menu.partition(">Suche<")[2]) == shown
