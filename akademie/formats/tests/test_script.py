"""The Ablaufplan: lines with times of day, and a page that works without its clock."""

import re
from collections.abc import Callable
from datetime import time
from html import unescape

import pytest
from django.test import Client

from akademie.formats.models import FormatStep
from akademie.formats.script import script_of
from akademie.formats.tests.factories import FormatProfileFactory

ADDRESS = "/formate/forum/ablaufplan/"


def step(title: str, minutes: int, role: str = "", script: str = "") -> FormatStep:
    return FormatStep(title=title, minutes=minutes, role=role, script=script)


def test_times_of_day_follow_from_the_beginning_even_past_midnight() -> None:
    steps = [step("Vorab", 0), step("Ankommen", 50), step("Reden", 90)]
    script = script_of("Forum", steps, begins=time(22, 45))
    assert [(one.begins, one.ends) for one in script.steps] == [
        ("22:45", "22:45"),
        ("22:45", "23:35"),
        ("23:35", "1:05"),
    ]
    assert (script.begins, script.ends, script.minutes) == ("22:45", "1:05", 140)


def test_without_a_beginning_there_are_no_times_of_day() -> None:
    script = script_of("Forum", [step("Reden", 90)])
    assert (script.begins, script.ends, script.steps[0].begins) == ("", "", "")


def test_a_clock_of_yesterday_does_not_run_on_with_other_steps() -> None:
    first, same, other = (script_of("Forum", [step("Reden", minutes)]).key for minutes in (90, 90, 60))
    assert (first == same, first == other) == (True, False)


def rows(client: Client, query: str = "") -> list[list[str]]:
    text = client.get(ADDRESS + query).content.decode()
    found = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in re.findall(r"<tr[ >].*?</tr>", text, re.S)]
    return [[unescape(cell) for cell in row] for row in found]


@pytest.mark.django_db
def test_page_says_who_speaks_and_what_happens(client: Client) -> None:
    profile = FormatProfileFactory(slug="forum", name="Forum", tools=["Beamer"])
    FormatStep.objects.create(profile=profile, title="Vorab", minutes=0)
    FormatStep.objects.create(profile=profile, title="Reden", minutes=75, role="Moderation", script="Fragt <alle>.")
    assert rows(client) == [
        ["Schritt", "Wer spricht", "Was jetzt geschieht", "Minuten"],
        ["1. Vorab", "", "", "ohne feste Zeit"],
        ["2. Reden", "Moderation", "Fragt <alle>.", "75"],
    ]
    assert [row[0] for row in rows(client, "?beginn=9.30")] == ["Uhrzeit", "9:30", "9:30 bis 10:45"]
    assert "<li>Beamer</li>" in client.get(ADDRESS).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["25:00", "irgendwann", "<b>", "9" * 500, "14:00:00:00"])
def test_a_wrong_beginning_is_said_at_the_field_and_kept(client: Client, typed: str) -> None:
    FormatProfileFactory(slug="forum", steps=[("Reden", 75)])
    response = client.get(ADDRESS, {"beginn": typed})
    text = unescape(response.content.decode())
    assert response.status_code == 200
    assert "Bitte geben Sie eine Uhrzeit ein, zum Beispiel 14:00." in text
    assert f'value="{typed}"' in text
    assert rows(client, "?beginn=25:00")[0][0] == "Schritt"


@pytest.mark.django_db
def test_a_format_without_steps_has_an_empty_script_and_no_clock(client: Client) -> None:
    FormatProfileFactory(slug="forum")
    text = client.get(ADDRESS).content.decode()
    assert "noch kein Ablauf dokumentiert" in text
    assert [word for word in ("data-ak-clock", "script.js", "<table") if word in text] == []


@pytest.mark.django_db
def test_script_of_what_nobody_may_see_is_not_there(client: Client) -> None:
    FormatProfileFactory(slug="forum", draft=True, steps=[("Reden", 75)])
    assert [client.get(ADDRESS + file).status_code for file in ("", "ohne-netz.js")] == [404, 404]


@pytest.mark.django_db
def test_the_number_of_steps_does_not_change_the_number_of_queries(client: Client, queries: Callable) -> None:
    FormatProfileFactory(slug="forum", steps=[("Reden", 5)])
    FormatProfileFactory(slug="viel", steps=[("Reden", 5)] * 9)
    assert queries(lambda: client.get(ADDRESS)) == queries(lambda: client.get("/formate/viel/ablaufplan/"))
