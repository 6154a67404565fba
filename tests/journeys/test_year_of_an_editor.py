"""What the office does in a year: a page from template to check; a barrier, answered by a colleague.

Mails go through a real SMTP server, and a scanner opens every link before anybody reads; see `moving`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from akademie.accessibility.actions import remind_of_barriers
from akademie.accessibility.models import BarrierReport
from akademie.accounts.models import Role, User
from akademie.cms import actions as cms
from akademie.portal.tests.conftest import index as collection
from akademie.portal.tests.conftest import kept_indexes
from tests.browser import Visit
from tests.journeys.moving import (
    Mailboxes,
    clock,
    fill,
    follow,
    mailboxes,
    press,
    sign_in,
    site,
    smtp_server,
    text_of,
)

__all__ = ["clock", "collection", "kept_indexes", "mailboxes", "site", "smtp_server"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
LEAD, EDITOR, MAYOR = "leitung@akademie.example", "redaktion@akademie.example", "anna.beck@perleberg.example"
VISITOR = "nils@leser.example"
DESK = "/geschaeftsstelle/"


@pytest.fixture
def office(collection: None, kept: Any) -> None:
    """An office of two."""
    kept("pages", lambda: cms.load_pages(lambda _: None))
    kept("office", lambda: cms.set_up_office(lambda _: None))
    User.objects.create_user(LEAD, first_name="Lena", last_name="Leitner", role=Role.LEAD)
    User.objects.create_user(EDITOR, first_name="Rita", last_name="Rahn", role=Role.EDITOR)


def test_a_barrier_is_answered_although_the_one_who_saw_to_it_is_ill(
    visiting: Callable[..., Visit], mailboxes: Mailboxes, office: None, clock: Any
) -> None:
    visitor, editor, lead = (visiting(script=False) for _ in range(3))

    # A visitor does not get on with a page, and finds the way at its foot.
    visitor.go("/bibliothek/?thema=leerstand")
    visitor.page.get_by_role("contentinfo").get_by_role("link", name="Barriere melden").click()
    assert visitor.page.get_by_label("Auf welcher Seite?").input_value().endswith("/bibliothek/?thema=leerstand")
    fill(visitor, **{"Was geht nicht?": "Mein Vorleseprogramm liest die Filter nicht.", "Ihre E-Mail-Adresse": VISITOR})
    press(visitor, "Barriere melden")
    mails = {mail["To"]: mail for mail in mailboxes.arrive()}
    assert "Wir antworten Ihnen bis Montag, 8. Februar 2027" in " ".join(text_of(mails[VISITOR]).split())

    # The editor sees to it, and is ill the next day.
    sign_in(editor, mailboxes, EDITOR)
    editor.go(DESK)
    follow(editor, "Barriere")
    field = editor.page.get_by_label("Wer kümmert sich?")
    field.select_option(label=field.locator("option", has_text=EDITOR).inner_text())
    press(editor, "Speichern")
    sign_in(lead, mailboxes, LEAD)
    assert "Barriere" not in lead.go(DESK).locator("main").inner_text().split("Was offen ist")[0]
    lead.go("/geschaeftsstelle/vertretung/")
    for label, address in (("Wer ist nicht da?", EDITOR), ("Wer vertritt?", LEAD)):
        field = lead.page.get_by_label(label)
        field.select_option(label=field.locator("option", has_text=address).inner_text())
    lead.page.get_by_label("Letzter Tag").fill("2027-02-19")
    press(lead, "Vertretung eintragen")
    mailboxes.arrive()

    # Three weeks later the clock reminds her who stands in, and it is she who answers, from her desk.
    clock.move_to(datetime(2027, 2, 1, 9, tzinfo=UTC))
    remind_of_barriers.func()
    assert "Noch bis 8. Februar" in mailboxes.to(LEAD)["Subject"]
    lead.go(DESK)
    follow(lead, "Barriere")
    fill(lead, Ihre_Antwort="Danke. Die Filter haben jetzt Namen, und Ihr Programm liest sie vor.")
    press(lead, "Antwort schicken")
    assert "Die Filter haben jetzt Namen" in text_of(mailboxes.to(VISITOR))
    assert BarrierReport.objects.get().answered_by.email == LEAD
    assert "Barriere" not in lead.go(DESK).locator("main").inner_text().split("Was offen ist")[0]
