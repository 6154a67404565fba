"""A year in the life of a mayor: everything that she can do with an account so far, without a password or a script.

Mails go through a real SMTP server. Before anybody reads one, a scanner of the town hall opens every link in it, twice:
that changes nothing and uses nothing up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.utils import timezone

from akademie.accounts.models import Role, User
from akademie.cms import actions as cms
from akademie.exchange.models import HelpRequest
from akademie.notifications.actions.weekly import send_weekly
from akademie.people.models import Membership
from akademie.people.tests.factories import MembershipFactory, PersonFactory
from akademie.portal.tests.conftest import index as collection
from akademie.portal.tests.conftest import kept_indexes
from akademie.portal.topic_news import tell_of_topics
from akademie.practices.models import PracticeCase
from akademie.practices.tests.factories import PracticeCaseFactory
from akademie.topics.models import Topic
from akademie.towns.tests.factories import TownFactory
from tests.browser import Site, Visit
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

__all__ = ["clock", "collection", "kept_indexes", "mailboxes", "site", "smtp_server"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]
MAYOR, NEW_ADDRESS = "anna.beck@perleberg.example", "buergermeisterin@perleberg.example"
COLLEAGUE, FOLLOWER, OFFICE = "carla@perleberg.example", "nele@perleberg.example", "leitung@akademie.example"


@pytest.fixture
def town(collection: None) -> Any:
    """Perleberg with somebody who is there already, and an office."""
    cms.load_pages(lambda _: None)
    cms.set_up_office(lambda _: None)
    User.objects.create_user(OFFICE, first_name="Lena", role=Role.LEAD)
    town = TownFactory(name="Perleberg")
    MembershipFactory(town=town, user=PersonFactory(email=COLLEAGUE, first_name="Carla", last_name="Krause"))
    return town


def published(title: str, slug: str) -> None:
    """Publish a practice case on empty buildings."""
    case = PracticeCaseFactory(title=title, slug=slug)
    case.topics.set(Topic.objects.filter(slug="leerstand"))
    case.save()
    PracticeCase.objects.filter(pk=case.pk).update(first_published_at=timezone.now())


def write(visit: Visit, profile: str, text: str) -> str:
    visit.go(f"{profile}kontakt/")
    fill(visit, Ihre_Nachricht=text)
    return press(visit, "Nachricht schicken")


def test_a_year(visiting: Callable[..., Visit], mailboxes: Mailboxes, town: Any, clock: Any, site: Site) -> None:
    mayor, other, follower = (visiting(script=False) for _ in range(3))

    # January: she finds an answer, and asks the office, as a guest.
    page = mayor.go("/")
    page.get_by_label("Ihr Anliegen").fill("Rufbus für unsere Dörfer")
    page.get_by_role("button", name="Antworten finden").click()
    assert "Rufbus in Klein" in page.locator("main").inner_text()
    mayor.go("/austausch/frage/")
    fill(mayor, **{"Was möchten Sie wissen?": "Wer hat Erfahrung mit einem Rufbus?", "Ihre E-Mail-Adresse": MAYOR})
    press(mayor, "Frage abschicken")
    mail = mailboxes.to(MAYOR)
    assert HelpRequest.objects.get().state == "unconfirmed"
    page.goto(link_in(mail, "/austausch/frage/bestaetigen/"))
    with page.expect_navigation():
        page.locator("main").get_by_role("button").first.click()
    assert sorted(mail["To"] for mail in mailboxes.arrive()) == [MAYOR, OFFICE]
    assert HelpRequest.objects.get().state == "open"

    # She makes her account by the link, comes back on another day by the code, and joins her town.
    sign_in(mayor, mailboxes, MAYOR)
    assert HelpRequest.objects.get().user.email == MAYOR, "what she did as a guest is hers"
    clock.shift(timedelta(days=40))
    assert mayor.go("/mein-bereich/").url.startswith(f"{site.url}/anmelden/")
    sign_in(mayor, mailboxes, MAYOR, by_code=True)
    mayor.go("/konto/zugehoerigkeit/beitreten/")
    fill(mayor, Stadt_oder_Gemeinde="Perleberg", Ihre_Funktion="Bürgermeisterin")
    press(mayor, "Beitritt anfragen")
    yes, _no = re.findall(r"https?://\S+/aus-der-mail/\S+", text_of(mailboxes.to(COLLEAGUE)))
    other.page.goto(yes)
    assert "gehört jetzt zu Perleberg" in press(other, f"Ja, {MAYOR} gehört zu uns")
    assert mailboxes.to(MAYOR)["Subject"] == "Sie gehören jetzt zu Perleberg"

    # March: her profile. Two requests a month are enough; the third is refused with the day.
    mayor.go("/konto/profil/")
    fill(mayor, Vorname="Anna", Nachname="Beck", Höchstens_so_viele_Anfragen_im_Monat="2")
    press(mayor, "Profil speichern")
    page = mayor.go("/konto/profil/themen/")
    page.locator("select[name=helps_1]").select_option("leerstand")
    page.locator("input[name=helps_1_satz]").fill("Wir haben das Kaufhaus gekauft.")
    press(mayor, "Themen speichern")
    sign_in(other, mailboxes, COLLEAGUE)
    other.go("/menschen/")
    follow(other, "Anna Beck")
    profile = urlsplit(other.page.url).path
    for number in (1, 2):
        write(other, profile, f"Wie haben Sie das Kaufhaus gekauft? Frage {number}")
        mail = mailboxes.to(MAYOR)
        assert (mail["Reply-To"], MAYOR in other.page.content()) == (COLLEAGUE, False)
    assert "so viele Anfragen, wie sie annehmen möchte" in write(other, profile, "Und noch eine dritte Frage dazu?")
    assert mailboxes.arrive() == []

    # April: what may wait comes on Tuesday in one mail, which she ends by one click, without signing in.
    mayor.go("/konto/benachrichtigungen/")
    mayor.page.get_by_label("Jemand möchte zu Ihrer Stadt oder Organisation gehören").select_option("weekly")
    press(mayor, "Auswahl speichern")
    clock.move_to(datetime(2027, 4, 5, 12, tzinfo=UTC))
    sign_in(follower, mailboxes, FOLLOWER)
    follower.go("/konto/zugehoerigkeit/beitreten/")
    fill(follower, Stadt_oder_Gemeinde="Perleberg", Ihre_Funktion="Büroleitung")
    press(follower, "Beitritt anfragen")
    assert [mail["To"] for mail in mailboxes.arrive()] == [COLLEAGUE]
    published("Ein Kaufhaus wird Bücherei", "kaufhaus-buecherei")
    clock.move_to(datetime(2027, 4, 6, 4, tzinfo=UTC))
    tell_of_topics.func()
    clock.move_to(datetime(2027, 4, 6, 6, tzinfo=UTC))
    send_weekly.func()
    mail = mailboxes.to(MAYOR)
    assert mail["Subject"] == "Ihre Woche: 2 Neuigkeiten"
    assert link_in(mail, "/praxis/") == f"{site.url}/praxis/kaufhaus-buecherei/"
    (one_click,) = re.findall(r"^\s*<(\S+)>$", str(mail["List-Unsubscribe"]))
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    with urlopen(Request(one_click, data=b"List-Unsubscribe=One-Click")) as answer:
        assert "Abbestellt" in answer.read().decode()

    # May: her calendar program reads her dates; she confirms her colleague from what waits for her.
    sign_in(mayor, mailboxes, MAYOR, by_code=True)
    press(mayor, "Kalender abonnieren")
    with urlopen(mayor.page.locator("main code").inner_text()) as answer:
        assert answer.read().decode().startswith("BEGIN:VCALENDAR")
    follow(mayor, FOLLOWER)
    with mayor.page.expect_navigation():
        mayor.page.locator("button[value=ja]").click()
    assert mailboxes.to(FOLLOWER)["Subject"] == "Sie gehören jetzt zu Perleberg"

    # What is new on her topics she would rather hear at once, and she does although she has ended the weekly mail.
    mayor.go("/konto/benachrichtigungen/")
    mayor.page.get_by_label("Neues zu Ihren Themen").select_option("now")
    press(mayor, "Auswahl speichern")
    clock.move_to(datetime(2027, 5, 7, 9, tzinfo=UTC))
    published("Ein Gasthof bekommt Gäste", "gasthof")
    clock.move_to(datetime(2027, 5, 11, 6, tzinfo=UTC))
    tell_of_topics.func()
    mail = mailboxes.to(MAYOR)
    assert str(mail["Subject"]).strip() == "Neu zu „Leerstand und Problemimmobilien“: Ein Gasthof bekommt Gäste"
    mayor.page.goto(link_in(mail, "/praxis/"))
    assert "Ein Gasthof bekommt Gäste" in mayor.page.locator("main").inner_text()

    # August: another address. The link in the mail to the new one is opened by the scanner, too.
    clock.move_to(datetime(2027, 8, 16, 9, tzinfo=UTC))
    sign_in(mayor, mailboxes, MAYOR)
    mayor.go("/konto/adresse/")
    fill(mayor, **{"Ihre neue E-Mail-Adresse": NEW_ADDRESS})
    press(mayor, "Link schicken")
    mail = mailboxes.to(NEW_ADDRESS)
    assert User.objects.filter(email=MAYOR).exists()
    mayor.page.goto(link_in(mail, "/konto/adresse/"))
    press(mayor, "Adresse jetzt ändern")
    assert [mail["To"] for mail in mailboxes.arrive()] == [MAYOR], "the old address hears of it"

    # October: her data, all in one file.
    clock.move_to(datetime(2027, 10, 4, 9, tzinfo=UTC))
    sign_in(mayor, mailboxes, NEW_ADDRESS)
    mayor.go("/konto/meine-daten/")
    press(mayor, "Meine Daten zusammenstellen")
    assert mailboxes.to(NEW_ADDRESS)["Subject"] == "Ihre Daten liegen bereit"
    mayor.go("/konto/meine-daten/")
    href = mayor.page.get_by_role("link", name="Meine Daten laden").get_attribute("href")
    archive = mayor.context.request.get(str(href))
    with ZipFile(BytesIO(archive.body())) as package:
        text = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".html"))
    for known in (
        NEW_ADDRESS,
        "Wer hat Erfahrung mit einem Rufbus?",
        "Wir haben das Kaufhaus gekauft.",
        "Bürgermeisterin",
    ):
        assert known in text

    # December: somebody follows her, and she deletes her account. The town stays.
    clock.move_to(datetime(2027, 12, 13, 9, tzinfo=UTC))
    sign_in(mayor, mailboxes, NEW_ADDRESS)
    mayor.go("/konto/zugehoerigkeit/")
    follow(mayor, "übergeben")
    mayor.page.locator("main input[type=email]").fill(FOLLOWER)
    says = press(mayor, "Vorschau ansehen")
    assert "1 offene Frage an die Geschäftsstelle" in says, "it is for no town, and this is her only post"
    assert "hat hier schon eine Stelle: Büroleitung. Sie endet heute" in says
    press(mayor, "Stelle jetzt übergeben")
    assert HelpRequest.objects.get().email == FOLLOWER
    assert sorted(mail["To"] for mail in mailboxes.arrive()) == sorted([NEW_ADDRESS, FOLLOWER])
    for address in (NEW_ADDRESS, FOLLOWER):
        assert not User.objects.get(email=address).has_usable_password()
    mayor.go("/konto/loeschen/")
    mayor.page.get_by_label("Ja, das alles endgültig löschen").check()
    press(mayor, "Konto und Daten löschen")
    assert mailboxes.to(NEW_ADDRESS)["Subject"] == "Ihre Daten sind gelöscht"
    assert not User.objects.filter(email__in=[MAYOR, NEW_ADDRESS]).exists()
    current = Membership.objects.current().filter(town=town).order_by("function")
    assert [(one.user.email, one.function) for one in current] == [
        (COLLEAGUE, "Bauamt"), (FOLLOWER, "Bürgermeisterin")
    ]  # fmt: skip

    for visit in (mayor, other, follower):
        assert (visit.trouble, visit.outside) == ([], set())
    assert mailboxes.scanned > 100
    assert site.url == settings.SITE_URL
