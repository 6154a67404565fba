"""What the office does in a year: a page from template to check; a barrier, answered by a colleague.

Mails go through a real SMTP server, and a scanner opens every link before anybody reads; see `moving`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command

from akademie.accessibility.actions import remind_of_barriers
from akademie.accessibility.models import BarrierReport
from akademie.accounts.models import Role, User
from akademie.cms import actions as cms
from akademie.cms.models import StandardPage
from akademie.editing.models import Approval, Upkeep
from akademie.editing.reminders import ask_whether_still_right
from tests.browser import Visit, wait_for
from tests.journeys.moving import (
    Mailboxes,
    clock,
    fill,
    follow,
    link_in,
    mailboxes,
    press,
    sign_in,
    site,
    smtp_server,
    text_of,
)

__all__ = ["clock", "mailboxes", "site", "smtp_server"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
LEAD, EDITOR, MAYOR = "leitung@akademie.example", "redaktion@akademie.example", "anna.beck@perleberg.example"
VISITOR = "nils@leser.example"
DESK = "/geschaeftsstelle/"
HARD = (
    "In Perleberg wurde im vergangenen Jahr durch die Verwaltung eine Erfassung aller leer stehenden Läden in der "
    "Innenstadt durchgeführt, deren Ergebnisse dem Rat zur Beratung und Beschlussfassung vorgelegt wurden."
)
PLAIN = "Perleberg hat gezählt: 14 Läden stehen leer. Der Rat weiß jetzt, wo er anfängt."


@pytest.fixture
def office(db: None, kept: Any) -> None:
    """An office of two."""
    kept("pages", lambda: cms.load_pages(lambda _: None))
    kept("office", lambda: cms.set_up_office(lambda _: None))
    User.objects.create_user(LEAD, first_name="Lena", last_name="Leitner", role=Role.LEAD)
    User.objects.create_user(EDITOR, first_name="Rita", last_name="Rahn", role=Role.EDITOR)


def save(editor: Visit) -> None:
    """Save the draft that is open in the back office."""
    with editor.page.expect_navigation():
        editor.page.get_by_role("button", name="Entwurf speichern").click()


def remove_hints(editor: Visit) -> None:
    """Delete what the template says about how to write."""
    kind = editor.page.locator("input[type=hidden][name$='-type'][value=draft_note]")
    hints = editor.page.locator("[data-streamfield-child]:visible").filter(has=kind)
    while number := hints.count():
        hints.first.get_by_role("button", name="Löschen").first.click()
        wait_for(lambda before=number: hints.count() < before, "the hint is still there")


def test_a_page_from_its_template_to_its_check_a_year_later(
    visiting: Callable[..., Visit], mailboxes: Mailboxes, office: None, clock: Any
) -> None:
    editor, mayor, visitor = visiting(), visiting(script=False, width=390, height=844), visiting(script=False)

    # January: the editor begins with a template, is told what is hard to read, and mends it.
    sign_in(editor, mailboxes, EDITOR)
    page = editor.go("/geschaeftsstelle/neue-seite/")
    page.get_by_label("Etwas einfach erklären").check()
    fill(editor, Titel="Leere Läden in Perleberg")
    press(editor, "Entwurf anlegen")
    remove_hints(editor)
    page.locator("[name=summary]").fill(HARD)
    save(editor)
    assert "Langer Satz. Machen Sie zwei daraus." in page.locator("main").inner_text()
    page.locator("[name=summary]").fill(PLAIN)
    # In the side panel behind "Zeitplan", which is folded away.
    page.locator("[name=go_live_at]").evaluate("one => one.value = '01.02.2027 09:00'")
    save(editor)
    assert "Langer Satz. Machen Sie zwei daraus." not in page.locator("main").inner_text()

    # It is about a town: its mayor is asked, and reads it on her phone.
    page.get_by_role("button", name="Mehr Aktionen").click()
    with page.expect_navigation():
        page.get_by_role("link", name="Freigabe anfragen").click()
    fill(editor, **{"Wer soll freigeben?": "Anna Beck", "E-Mail-Adresse": MAYOR, "Funktion": "Bürgermeisterin"})
    press(editor, "Freigabe anfragen")
    mayor.page.goto(link_in(mailboxes.to(MAYOR), "/freigabe/"))
    assert PLAIN in mayor.page.locator("main").inner_text()
    assert mayor.width() == 390
    assert "Danke für Ihre Freigabe" in press(mayor, "So freigeben")
    assert "Anna Beck" in text_of(mailboxes.to(EDITOR))

    # Now it may appear, on its date and not before.
    approved = Approval.objects.get()
    text = StandardPage.objects.get(title="Leere Läden in Perleberg")
    editor.go(f"/geschaeftsstelle/cms/pages/{text.pk}/edit/")
    page.get_by_role("button", name="Mehr Aktionen").click()
    with page.expect_navigation():
        page.locator("button[name=action-publish]").click()
    call_command("publish_scheduled", verbosity=0)
    assert "Diese Seite gibt es nicht" in visitor.go("/leere-laeden-in-perleberg/").locator("main").inner_text()
    clock.move_to(datetime(2027, 2, 1, 8, 30, tzinfo=UTC))
    call_command("publish_scheduled", verbosity=0)
    assert PLAIN in visitor.go("/leere-laeden-in-perleberg/").locator("main").inner_text()
    approved.refresh_from_db()
    assert (approved.state, approved.outdated_at, approved.published_at is not None) == ("approved", None, True)

    # A year later the academy asks whether it still is right, and the editor answers from the mail.
    upkeep = Upkeep.objects.get(title="Leere Läden in Perleberg")
    assert (upkeep.owner.email, upkeep.due_on) == (EDITOR, date(2028, 2, 1))
    Upkeep.objects.exclude(pk=upkeep.pk).update(due_on=date(2030, 1, 1))  # the others are not of this story
    clock.move_to(datetime(2028, 1, 31, 9, tzinfo=UTC))
    ask_whether_still_right.func()
    assert mailboxes.arrive() == []
    clock.move_to(datetime(2028, 2, 1, 9, tzinfo=UTC))
    ask_whether_still_right.func()
    mail = text_of(mailboxes.to(EDITOR))
    (link,) = re.findall(r"^Stimmt noch: (\S+)", mail, re.MULTILINE)
    editor.page.goto(link)
    press(editor, "Ja, stimmt noch")
    upkeep.refresh_from_db()
    assert (upkeep.checked_on, upkeep.due_on) == (date(2028, 2, 1), date(2029, 2, 1))
    assert "Geprüft am 1. Februar 2028" in visitor.go("/leere-laeden-in-perleberg/").locator("main").inner_text()


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
