"""What stands around every page."""

import pytest
import time_machine

pytestmark = pytest.mark.django_db


def test_the_frame_looks_for_nothing_that_is_not_there(client, caplog):
    caplog.set_level("DEBUG", "django.template")
    client.get("/gibt-es-nicht/")
    assert [one.getMessage() for one in caplog.records if one.name == "django.template"] == []


def test_a_printed_page_says_whose_it_is_where_it_stands_and_which_day_it_was(client, settings):
    settings.SITE_URL = "https://klein.example"
    with time_machine.travel("2027-03-31 23:30:00+00:00", tick=False):  # in the academy it is April already
        page = client.get("/suche/", {"q": "Bäcker & Café"}).content.decode()
    assert (
        '<footer class="ak-print-foot"><p>Kleinstadtakademie, '
        "https://klein.example/suche/?q=B%C3%A4cker+%26+Caf%C3%A9, gedruckt am 1. April 2027</p>"
    ) in page
