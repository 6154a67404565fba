"""The draft on privacy says what the code does: how long each thing is kept."""

import json
import re
from datetime import time, timedelta

import pytest
from django.conf import settings

from akademie.accounts.actions import send_sign_in_link
from akademie.cms.models import AcademySettings
from akademie.core import outbox, worker
from akademie.core.contributions import schedules
from akademie.exchange.models import CONFIRM_DAYS, KEPT_DAYS
from akademie.moderation.models import KEPT_DAYS as REPORT_KEPT_DAYS
from akademie.operation import visits
from akademie.operation.actions.visits import KEPT_MONTHS
from akademie.towns.queries import OWN_TOWN_COOKIE
from akademie.towns.views.public import YEAR

DRAFT = settings.REFERENCE_DIR / "pages" / "datenschutz.json"
DAY, HOUR = 24 * 3600, 3600


def test_the_draft_names_the_periods_of_the_code():
    text = json.dumps(json.loads(DRAFT.read_text(encoding="utf-8")), ensure_ascii=False)
    assert f"Unbestätigte Fragen löschen wir nach {CONFIRM_DAYS} Tagen." in text
    assert f"beantwortet oder geschlossen sind. {KEPT_DAYS} Tage danach löschen wir sie." in text
    assert f"einen Link, der {settings.SIGN_IN_LINK_MINUTES} Minuten und für eine Anmeldung gilt" in text
    rows = re.findall(r"\\n(\w+) \| [^|]+ \| [^|]+ \| ([^\\\"]+)", text)
    assert rows == [
        (settings.SESSION_COOKIE_NAME, f"{settings.SESSION_COOKIE_AGE // DAY} Tage oder bis Sie sich abmelden"),
        (settings.CSRF_COOKIE_NAME, "ein Jahr"),
        (OWN_TOWN_COOKIE, "bis Sie sie vergessen lassen, höchstens ein Jahr"),
    ]
    sent, failed = outbox.KEPT_SENT.days, outbox.KEPT_FAILED.days
    assert f"löschen wir nach {sent} Tagen, bei Mails, die nicht ankamen, alles nach {failed} Tagen." in text
    assert (settings.CSRF_COOKIE_AGE // DAY, YEAR // DAY) == (364, 365)


def test_the_draft_names_how_long_senders_are_counted():
    """A tally outlives its limit until the worker tidies next."""
    text = DRAFT.read_text(encoding="utf-8")
    assert worker.TIDY_EVERY == HOUR
    assert text.count("wird spätestens nach zwei Stunden gelöscht") == 2  # one hour of counting, for two forms
    assert text.count("werden spätestens nach zwei Stunden gelöscht") == 1  # one hour, for reports of content
    # 15 minutes by address and an hour by sender, for sign-in links
    assert text.count("wird spätestens nach eineinviertel Stunden gelöscht, der zweite nach zwei.") == 1


def test_the_draft_says_how_visits_are_counted():
    text = DRAFT.read_text(encoding="utf-8")
    assert visits.REST <= 10, "a few seconds in memory"
    assert f"Die Zahlen löschen wir nach {KEPT_MONTHS} Monaten." in text
    assert f"{REPORT_KEPT_DAYS} Tage nach der Entscheidung löschen wir die Meldung." in text
    tidy = next(schedule for schedule in schedules if schedule.job.module_path.endswith(".tidy_visits"))
    assert (tidy.at, tidy.every) == (time(0, 5), timedelta(days=1)), "soon after midnight"


@pytest.mark.django_db
def test_the_mail_that_signs_in_comes_from_the_academy_by_its_name(mailoutbox):
    office = AcademySettings.load()
    office.site_name = "Akademie Nord"
    office.save()
    send_sign_in_link("paula@stadt.example")
    assert f"melden Sie sich auf Akademie Nord ({settings.SITE_URL}) an:" in mailoutbox[0].body
    assert "Kleinstadtakademie" not in mailoutbox[0].subject + mailoutbox[0].body
