"""What the page on privacy says is what the code does: periods, cookies, how visits are counted.

What is kept for what and how long stands in the generated part, made from `processing` and `retention_rules`; the
operator's own text says the rest.
"""

import json
import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import Client

from akademie.accounts import actions as accounts
from akademie.accounts.models import Role, User
from akademie.cms import actions as cms
from akademie.cms.models import AcademySettings
from akademie.core import outbox, worker
from akademie.core.contributions import processing, retention_rules, schedules
from akademie.exchange.models import CONFIRM_DAYS, KEPT_DAYS
from akademie.moderation.models import KEPT_DAYS as REPORT_KEPT_DAYS
from akademie.operation import visits
from akademie.operation.actions.visits import KEPT_MONTHS, first_kept_day
from akademie.surveys.views import public as answering
from akademie.towns.queries import OWN_TOWN_COOKIE
from akademie.towns.tests.factories import TownFactory
from akademie.towns.views.public import YEAR

DRAFT = settings.REFERENCE_DIR / "pages" / "datenschutz.json"
DAY, HOUR = 24 * 3600, 3600


def draft() -> str:
    return json.dumps(json.loads(DRAFT.read_text(encoding="utf-8")), ensure_ascii=False)


@pytest.mark.django_db
def test_the_page_shows_the_operators_text_and_what_the_software_does(client: Client) -> None:
    cms.load_pages(lambda _: None)
    page = " ".join(client.get("/datenschutz/").content.decode().split())
    own, generated = page.split('id="was-wir-speichern"')
    assert "Wir setzen nur Cookies, ohne die eine Funktion nicht ginge." in own
    for one in processing:
        assert (f"<summary>{one.title}</summary>" in generated) == one.when(), one.key
        if not one.when():
            continue
        for key in one.retention:
            rule = retention_rules.get(key)
            assert rule is not None
            assert f"{rule.title}: {rule.period}" in generated, key
    assert 'href="/konto/meine-daten/"' in generated
    assert "was-wir-speichern" not in client.get("/impressum/").content.decode()


@pytest.mark.django_db
def test_the_generated_part_costs_no_question_to_the_database(client: Client, queries) -> None:
    cms.load_pages(lambda _: None)
    assert queries(lambda: client.get("/datenschutz/")) == queries(lambda: client.get("/impressum/"))


def test_what_the_generated_part_says_stands_nowhere_else() -> None:
    text = draft()
    assert re.findall(r"\d+ (?:Monate|Monaten|Stunden|Minuten)", text) == []
    cookies = [str(settings.SESSION_COOKIE_AGE // DAY), str(answering.COOKIE_DAYS)]
    assert re.findall(r"(\d+) Tage", text) == cookies, "the table of cookies"


def test_periods_are_those_of_the_code() -> None:
    periods = {rule.key: rule.period for rule in retention_rules}
    assert periods["exchange.unconfirmed"] == f"{CONFIRM_DAYS} Tage nach dem Absenden"
    assert periods["exchange.done"] == f"{KEPT_DAYS} Tage danach"
    assert periods["moderation.reports"] == f"{REPORT_KEPT_DAYS} Tage nach der Entscheidung"
    assert periods["operation.visits"] == f"{KEPT_MONTHS} Monate"
    sent, failed = outbox.KEPT_SENT.days, outbox.KEPT_FAILED.days
    assert periods["core.mails"] == f"{sent} Tage nach dem Versand, bei Mails, die nicht ankamen, {failed} Tage"
    assert periods["core.sessions"] == f"{settings.SESSION_COOKIE_AGE // DAY} Tage, oder bis Sie sich abmelden"
    assert (periods["core.tallies"], worker.TIDY_EVERY) == ("eine Stunde nach ihrem Ende", HOUR)


def test_visits_are_counted_as_the_page_says() -> None:
    assert visits.REST <= 10, "a few seconds in memory"
    assert "höchstens ein paar Sekunden im Arbeitsspeicher" in draft()
    nightly = next(schedule for schedule in schedules if schedule.key == "privacy.retention")
    assert (nightly.at.hour, nightly.at.minute, nightly.every) == (0, 5, timedelta(days=1)), "soon after midnight"
    assert first_kept_day(date(2027, 3, 10)) == date(2025, 2, 1)


# -- cookies ----------------------------------------------------------------------------------------------------------
def test_the_table_of_cookies_is_that_of_the_code() -> None:
    rows = re.findall(r"\\n(\w+) \| [^|]+ \| [^|]+ \| ([^\\\"]+)", draft())
    assert rows == [
        (settings.SESSION_COOKIE_NAME, f"{settings.SESSION_COOKIE_AGE // DAY} Tage oder bis Sie sich abmelden"),
        (settings.CSRF_COOKIE_NAME, "ein Jahr"),
        (OWN_TOWN_COOKIE, "bis Sie sie vergessen lassen, höchstens ein Jahr"),
        (answering.COOKIE, f"{answering.COOKIE_DAYS} Tage"),
        (CookieStorage.cookie_name, "bis diese Seite da ist"),
    ]
    assert (settings.CSRF_COOKIE_AGE // DAY, YEAR // DAY) == (364, 365)


@pytest.mark.django_db
def test_nobody_gets_a_cookie_that_needs_consent() -> None:
    """A guest who reads gets none; a form, a sign-in and a chosen town bring those of the table and no other."""
    cms.load_pages(lambda _: None)
    town = TownFactory(ags="12070296", name="Perleberg")
    reader = Client()
    for path in ("/", "/suche/?q=Leerstand", "/praxis/", "/bibliothek/", "/staedte/", "/datenschutz/", "/themen/"):
        reader.get(path)
    assert set(reader.cookies) == set()
    reader.get("/austausch/frage/")
    reader.get("/datenschutz/meine-daten/")
    assert set(reader.cookies) == {settings.CSRF_COOKIE_NAME}
    reader.post(f"/staedte/{town.pk}/merken/")
    assert set(reader.cookies) == {settings.CSRF_COOKIE_NAME, OWN_TOWN_COOKIE}
    for role in (Role.PARTICIPANT, Role.LEAD):
        person = Client()
        person.force_login(User.objects.create_user(f"{role}@stadt.example", role=role))
        for path in (
            "/",
            "/konto/",
            "/konto/meine-daten/",
            "/geschaeftsstelle/datenschutz/",
            settings.BACK_OFFICE_PREFIX,
        ):
            person.get(path)
        names = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, CookieStorage.cookie_name}
        assert set(person.cookies) <= names, role
        assert settings.SESSION_COOKIE_NAME in person.cookies


@pytest.mark.django_db
def test_the_mail_that_signs_in_comes_from_the_academy_by_its_name(mailoutbox) -> None:
    office = AcademySettings.load()
    office.site_name = "Akademie Nord"
    office.save()
    accounts.send_sign_in_link("paula@stadt.example")
    assert f"melden Sie sich auf Akademie Nord ({settings.SITE_URL}) an" in mailoutbox[0].body
    assert "Kleinstadtakademie" not in mailoutbox[0].subject + mailoutbox[0].body
