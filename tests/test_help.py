"""Every screen of the office leads to the card of the handbook that helps there, and every card to screens."""

from typing import Any

import pytest
from django.test import Client

from akademie.accounts.models import User
from akademie.cms.actions import set_up_office
from akademie.portal import handbook
from tests.house import addresses
from tests.permission_table import TABLE

# The handbook itself, and Wagtail's address of the sign-in, which is at ours.
NO_CARD = {"portal:handbook", "portal:handbook_card", "portal:handbook_picture", "wagtailcore_login"}
SHOWN = {row.split()[0] for row in TABLE.splitlines()[1:] if row and row.split()[1] != "-"}


def test_every_screen_of_the_office_has_a_card() -> None:
    screens = [
        one
        for one in addresses()
        if one.filled.startswith(handbook.DESK) and one.name in SHOWN and one.filled.endswith("/")
    ]
    assert len(screens) > 30
    assert [one.name for one in screens if one.name not in NO_CARD and not handbook.card_at(one.filled)] == []


def test_every_place_that_a_card_names_is_there() -> None:
    routes = [one.filled for one in addresses()]
    named = [place for card in handbook.book(handbook.OFFICE).cards for place in card.places]
    gone = [place for place in named if not any(route.startswith(place) for route in routes)]
    assert gone == ["/geschaeftsstelle/cms/settings/cms/academysettings/"]  # Wagtail has one address for all settings


@pytest.mark.django_db
def test_the_back_office_offers_the_card_first_where_one_looks_for_help(client: Client, lead: User, kept: Any) -> None:
    kept("office", lambda: set_up_office(lambda _: None))
    lead.save()  # joins the group that has just been made
    client.force_login(lead)
    page = client.get("/geschaeftsstelle/cms/users/").content.decode()
    assert page.index("Hilfe: Jemanden anlegen und eine Rolle geben") < page.index("Handbuch der Gesch")
    assert "Hilfe: " not in client.get("/geschaeftsstelle/cms/account/").content.decode()  # no card for it
