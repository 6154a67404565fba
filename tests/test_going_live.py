"""Before going live: the list of duties, and a demo that goes without a trace."""

import pytest
from django.conf import settings as academy
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from akademie.accounts import actions as accounts
from akademie.accounts.models import Role, User
from akademie.cms import actions as cms
from akademie.core.actions import load_data_sets
from akademie.core.contributions import demo_data, health_checks, operator_duties
from akademie.core.models import OutgoingMail
from akademie.operation.models import ConfirmedDuty
from akademie.operation.queries import setup
from tests.kept import Kept

DUTIES, REMOVE = "/geschaeftsstelle/betrieb/vor-dem-start/", "/geschaeftsstelle/betrieb/demo-entfernen/"


@pytest.fixture
def anna(db: None, kept: Kept) -> User:
    """A real person of the Leitung."""
    kept("pages", lambda: cms.load_pages(lambda _: None))
    kept("office", lambda: cms.set_up_office(lambda _: None))
    return accounts.make_first_lead("anna@stadt.example", first_name="Anna", last_name="Amt")


@pytest.fixture
def demo(anna: User) -> None:
    """What a demo leaves: its data, a session, a mail."""
    load_data_sets(demo_data, lambda _: None)
    Client().force_login(User.objects.get(email="leitung@akademie.example"))
    OutgoingMail.objects.create(address="redaktion@akademie.example", sender="a@b.example", subject="x", source=b"x")


def contents() -> dict[str, list[str]]:
    """Return the rows of all tables."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "core_stamp":  # says that something has changed, and goes on saying so
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(repr(row) for row in cursor.fetchall())
    return found


# -- the demo -------------------------------------------------------------------------------------------------------
def test_every_data_set_of_the_demo_can_be_removed():
    assert [data_set.key for data_set in demo_data if data_set.remove is None] == []
    assert [data_set.key for data_set in demo_data] != []


def test_nothing_of_the_demo_is_left(anna, settings):
    before = contents()
    load_data_sets(demo_data, lambda _: None)
    client = Client()
    client.force_login(User.objects.get(email="leitung@akademie.example"))
    client.get("/geschaeftsstelle/cms/")
    OutgoingMail.objects.create(address="redaktion@akademie.example", sender="a@b.example", subject="x", source=b"x")
    assert contents() != before
    settings.DEMO = False
    call_command("remove_demo")
    assert contents() == before
    call_command("remove_demo")
    assert contents() == before


def test_the_command_says_what_goes(demo, capsys):
    call_command("remove_demo", "--preview")
    before = contents()
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "Entfernt würde:",
        "  Konto leitung@akademie.example (Lena Leitner)",
        "  Konto redaktion@akademie.example (Rita Rahn)",
        "  Konto buergermeisterin@stadt.example (Berta Burg)",
        "  1 Mail an diese Konten",
        "  Konto bauamt@stadt.example (Jörg Jansen) mit Profil",
        "  Konto kultur@kleinstadt.example (Nuray Novak) mit Profil",
        "  Konto planung@buero.example (Tilo Thoma) mit Profil",
        "  Organisation Planungsbüro Marktplatz (Demo)",
        "  Fragebogen „Anmeldung: Standardfragen (Demo)“",
        "  Fragebogen „Werkstatt: Was bringen Sie mit? (Demo)“",
    ]
    assert contents() == before
    call_command("remove_demo")
    call_command("remove_demo")
    assert capsys.readouterr().out.splitlines() == ["Entfernt ist:", *said[1:], "Von der Demo ist nichts da."]


def test_a_running_demo_is_not_removed(client, anna, demo, settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="läuft als Demo"):
        call_command("remove_demo")
    client.force_login(anna)
    everybody = User.objects.count()
    assert "Jetzt geht das noch nicht." in client.get(REMOVE).content.decode()
    page = client.post(REMOVE, follow=True).content.decode()
    assert "Starten Sie sie zuerst ohne Demo" in page
    assert User.objects.count() == everybody


def test_the_leitung_removes_the_demo_and_a_person_of_the_demo_does_not(client, anna, demo):
    client.force_login(User.objects.get(email="leitung@akademie.example"))
    page = client.post(REMOVE, follow=True).content.decode()
    assert "Sie sind als Person der Demo angemeldet." in page
    everybody = User.objects.count()
    client.force_login(anna)
    assert client.get(REMOVE).content.decode().count("<li>Konto ") == everybody - 1
    assert "Die Daten der Demo sind entfernt." in client.post(REMOVE, follow=True).content.decode()
    assert list(User.objects.values_list("email", flat=True)) == ["anna@stadt.example"]
    assert "Von der Demo ist nichts mehr da" in client.get(REMOVE).content.decode()


# -- duties ---------------------------------------------------------------------------------------------------------
def test_the_list_says_of_each_duty_why_and_where(client, anna, editor):
    for person in (anna, editor):
        client.force_login(person)
        page = client.get(DUTIES)
        lines = [*page.context["open"], *page.context["done"]]
        assert sorted(line.title for line in lines) == sorted(duty.title for duty in operator_duties)
        assert [line.title for line in lines if not line.why or not line.url.startswith("/")] == []
        assert [line.title for line in page.context["done"]] == ["Eine Leitung hat ein Konto"]


def test_where_a_duty_is_done_there_is_a_page(client, anna):
    client.force_login(anna)
    urls = [duty.url() for duty in operator_duties]
    assert [url for url in urls if client.get(url, follow=True).status_code != 200] == []


def test_the_self_test_names_open_duties(anna):
    look = health_checks.get("operation.duties").look
    titles = [duty.title for duty in operator_duties if not duty.is_done()]
    named = f"Noch offen: {', '.join(titles[:3])} und {len(titles) - 3} weitere."
    assert (look().light, look().sentence) == (
        "yellow", f"{named} Die Liste steht unter Betrieb, Vor dem Start.",
    )  # fmt: skip


def test_the_secret_key_counts_as_kept_until_there_is_another(client, anna, editor, settings):
    client.force_login(editor)
    assert client.post(f"{DUTIES}schluessel/").status_code == 404
    client.force_login(anna)
    assert not setup.secret_key_is_kept()
    assert client.get(f"{DUTIES}schluessel/").status_code == 405
    assert "Bestätigt" in client.post(f"{DUTIES}schluessel/", follow=True).content.decode()
    assert setup.secret_key_is_kept()
    assert settings.SECRET_KEY not in ConfirmedDuty.objects.get().mark
    settings.SECRET_KEY = "another" + academy.SECRET_KEY
    assert not setup.secret_key_is_kept()


@pytest.mark.parametrize(
    ("host", "sender", "works"),
    [
        ("", "Akademie <akademie@stadt.de>", False),
        ("mail.stadt.de", "Kleinstadtakademie <akademie@localhost>", False),
        ("mail.stadt.de", "Akademie <akademie@akademie.example>", False),
        ("mail.stadt.de", "Akademie <akademie@stadt.de>", True),
    ],
)
def test_mail_needs_a_server_and_a_sender(settings, host, sender, works):
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = host, sender
    assert operator_duties.get("operation.mail").is_done() is works


def test_the_environment_decides_address_demo_and_backups(anna, settings):
    duty = {name: operator_duties.get(f"operation.{name}").is_done for name in ("address", "demo", "backup_target")}
    assert duty["demo"]()
    settings.DEMO = True
    assert not duty["demo"]()
    settings.LOOPBACK = True
    assert not duty["address"]()
    settings.LOOPBACK = False
    assert duty["address"]()
    settings.BACKUP_DIR = settings.DATA_DIR / "backups"
    assert not duty["backup_target"]()
    settings.BACKUP_DIR = "/proc/self"  # another disk on every Linux
    assert duty["backup_target"]()


def test_participants_see_nothing_of_it(client, participant):
    assert participant.role == Role.PARTICIPANT
    client.force_login(participant)
    assert [client.get(url).status_code for url in (DUTIES, REMOVE)] == [404, 404]
