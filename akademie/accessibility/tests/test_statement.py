"""The statement: what the machine says, what only people say, and what it never says by itself."""

import json
from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from akademie.accessibility import statement, test_run
from akademie.accessibility.models import CheckKind, KnownBarrier, ManualCheck, StatementReview
from akademie.accessibility.test_run import FIELDS, TestRun, public_routes, read_run
from akademie.cms.actions import load_pages
from akademie.cms.models import AcademySettings
from akademie.core.contributions import Light, operator_duties
from tests.kept import Kept

pytestmark = pytest.mark.django_db
OFFICE = "/geschaeftsstelle/barrierefreiheit/"
FULL = "vollständig vereinbar"
RUN = TestRun(
    ran_on=date(2027, 2, 1), version="1.0", commit="abc1234", axe="4.10.2", browser="120", rules=("wcag22aa",),
    states=300, themes=("light", "dark"), narrow_width=320, routes=frozenset(public_routes()),
)  # fmt: skip
GIVEN = {
    "conformity": "partial", "law": "BGG und BITV 2.0", "scope": "Diese Website.", "method": "Selbstbewertung",
    "responsible": "Rita Redlich", "reviewed_on": "2027-02-15",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _pages(kept: Kept) -> None:
    kept("pages", lambda: load_pages(lambda _: None))


@pytest.fixture(autouse=True)
def run(monkeypatch):
    """A run without a fault; a function that puts another in its place."""

    def put(found: TestRun | None) -> None:
        monkeypatch.setattr(statement, "last_run", lambda: found)

    put(RUN)
    return put


@pytest.fixture
def at():
    """The clock stands at the first of March 2027."""
    with time_machine.travel("2027-03-01 12:00 +0100", tick=False) as clock:
        yield clock


def check_all(on: date = date(2027, 2, 10)) -> None:
    for kind in CheckKind:
        ManualCheck.objects.create(
            kind=kind, checked_on=on, checked_by="Prüfstelle Nord", method="BITV-Test", result="Nichts gefunden."
        )


def known(**fields: object) -> KnownBarrier:
    given = {"what": "Die Karte", "reason": "not_yet", "explanation": "Wir bauen sie um."}
    return KnownBarrier.objects.create(**given | fields)


def public(client) -> str:
    return " ".join(client.get("/barrierefreiheit/").text.split())


def test_a_new_academy_says_that_nobody_has_reviewed_it(client, editor, at):
    page = public(client)
    for words in (
        "Noch nicht bewertet.", "Noch hat kein Mensch die Website geprüft.", "Befund: kein Verstoß.",
        "axe-core 4.10.2 hat 300 Ansichten", "1. Februar 2027", "Ein Programm findet nur einen Teil",
        "Die zuständige Stelle ist noch nicht eingetragen.", "(EU) 2018/1523", 'href="/barriere-melden/"',
    ):  # fmt: skip
        assert words in page
    assert "vereinbar</strong>" not in page
    assert [operator_duties.get(f"accessibility.{key}").is_done() for key in ("review", "enforcement")] == [False] * 2
    assert statement.look().light == Light.YELLOW
    assert statement.waiting_review(editor) == []


def test_the_machine_never_says_wholly_conformant_by_itself(client, editor, at):
    check_all()
    assert FULL not in public(client)
    ManualCheck.objects.all().delete()
    client.force_login(editor)
    form = client.get(f"{OFFICE}bewerten/").context["form"]
    assert form["conformity"].value() is None
    answer = client.post(f"{OFFICE}bewerten/", GIVEN | {"conformity": "full"})
    said = answer.context["form"].non_field_errors()[0]
    assert "Bestätigen Sie, dass Menschen alles geprüft haben." in said
    assert said.count("Nicht von Menschen geprüft") == len(CheckKind)
    assert answer.context["form"]["law"].value() == GIVEN["law"]
    assert StatementReview.objects.count() == 0


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda run: known(), "Als Barriere ist eingetragen: Die Karte"),
        (lambda run: run(replace(RUN, violations={"color-contrast": 3})), "Verstöße gefunden: color-contrast"),
        (lambda run: run(None), "kein automatischer Prüflauf"),
        (lambda run: ManualCheck.objects.filter(kind="keyboard").delete(), "geprüft: Bedienung mit der Tastatur"),
        (lambda run: ManualCheck.objects.filter(kind="zoom").update(checked_on="2026-02-15"), "geprüft: Vergrößerung"),
    ],
)
def test_wholly_conformant_needs_all_checks_and_no_known_fault(client, editor, run, at, spoil, says):
    check_all()
    spoil(run)
    client.force_login(editor)
    full = GIVEN | {"conformity": "full", "all_kinds_checked": "on"}
    assert says in client.post(f"{OFFICE}bewerten/", full).context["form"].non_field_errors()[0]
    assert StatementReview.objects.count() == 0


def test_a_person_may_say_it_and_a_barrier_takes_it_back(client, editor, at):
    check_all()
    known(reason="outside", what="Alte Videos")
    client.force_login(editor)
    full = GIVEN | {"conformity": "full", "all_kinds_checked": "on"}
    assert client.post(f"{OFFICE}bewerten/", full)["Location"] == OFFICE
    assert f"<strong>{FULL}</strong>" in public(client)
    known()
    page = public(client)
    assert (FULL in page, "Wird neu bewertet." in page) == (False, True)
    assert statement.look().light == Light.YELLOW
    assert [task.text for task in statement.waiting_review(editor)] == ["Barrierefreiheit neu bewerten"]


def test_less_than_that_names_what_is_missing(client, editor, at):
    client.force_login(editor)
    refused = client.post(f"{OFFICE}bewerten/", GIVEN)
    assert "Tragen Sie zuerst ein, was nicht barrierefrei ist." in refused.text
    entry = {
        "what": "Die Karte", "reason": "burden", "explanation": "Der Umbau kostet mehr als das Jahr hergibt.",
        "instead": "Zu jeder Karte gibt es eine Liste.", "until": "2027-12-31",
    }  # fmt: skip
    assert client.post(f"{OFFICE}barriere/", entry)["Location"] == OFFICE
    for _ in range(2):
        assert client.post(f"{OFFICE}bewerten/", GIVEN)["Location"] == OFFICE
    assert StatementReview.objects.count() == 1
    page = public(client)
    for words in (
        "<strong>teilweise vereinbar</strong>", "<h3>Unverhältnismäßige Belastung</h3>", entry["explanation"],
        entry["instead"], "31. Dezember 2027", "15. Februar 2027 von Rita Redlich", "Selbstbewertung", GIVEN["law"],
    ):  # fmt: skip
        assert words in page


def test_checks_and_barriers_can_be_changed_and_taken_out(client, editor, at):
    client.force_login(editor)
    entry = {
        "kind": "reader", "checked_on": "2027-02-01", "checked_by": "Verein Blick", "method": "NVDA und Firefox",
        "result": "Zwei Überschriften fehlten.",
    }  # fmt: skip
    client.post(f"{OFFICE}pruefung/", entry)
    check = ManualCheck.objects.get()
    assert (str(check), check.checked_by) == ("Vorlesen mit Screenreader vom 01.02.2027", "Verein Blick")
    client.post(f"{OFFICE}pruefung/{check.pk}/", entry | {"result": "Alles behoben."})
    assert "Alles behoben." in public(client)
    path = f"{OFFICE}pruefung/{check.pk}/loeschen/"
    assert client.get(path).status_code == 405
    assert [client.post(path).status_code for _ in range(2)] == [302, 404]
    assert ManualCheck.objects.count() == 0
    assert client.get(f"{OFFICE}pruefung/{check.pk}/").status_code == 404
    assert client.get(f"{OFFICE}quatsch/").status_code == 404


@pytest.mark.parametrize(
    ("path", "fields", "wrong"),
    [
        ("bewerten/", GIVEN | {"conformity": ""}, ["conformity"]),
        ("bewerten/", GIVEN | {"conformity": "ganz"}, ["conformity"]),
        ("bewerten/", GIVEN | {"reviewed_on": "2999-01-01"}, ["reviewed_on"]),
        ("bewerten/", {}, ["conformity", "law", "scope", "method", "responsible", "reviewed_on"]),
        ("pruefung/", {}, ["kind", "checked_on", "checked_by", "method", "result"]),
        ("pruefung/", {"kind": "reader", "checked_on": "2999-01-01", "checked_by": "x", "method": "x", "result": "x"},
         ["checked_on"]),
        ("barriere/", {}, ["what", "reason", "explanation"]),
        ("barriere/", {"what": "x" * 301, "reason": "x", "explanation": "x" * 1001},
         ["what", "reason", "explanation"]),
    ],
)  # fmt: skip
def test_bad_input_gets_a_clear_answer(client, editor, at, path, fields, wrong):
    client.force_login(editor)
    form = client.post(f"{OFFICE}{path}", fields).context["form"]
    assert list(form.errors) == wrong
    assert [
        text for texts in form.errors.values() for text in texts if not text.startswith(("Bitte", "Dieser Tag"))
    ] == []


def test_after_twelve_months_the_office_is_warned(client, editor, at):
    academy = AcademySettings.load()
    academy.enforcement_body = "Landesstelle, Markt 1"
    academy.save()
    known()
    values = {**GIVEN, "reviewed_on": date(2027, 3, 1), "all_kinds_checked": False}
    statement.review(by=editor, **values)
    assert "Landesstelle, Markt 1" in public(client)
    seen = []
    for day in ("2027-03-02", "2028-01-30", "2028-01-31", "2028-02-29", "2028-03-01"):
        at.move_to(f"{day} 12:00 +0100")
        lines = [task.until for task in statement.waiting_review(editor)]
        seen.append((lines, statement.look().light, "älter als zwölf Monate" in public(client)))
    due = date(2028, 3, 1)
    assert seen == [
        ([], Light.GREEN, False), ([], Light.GREEN, False), ([due], Light.GREEN, False), ([due], Light.GREEN, False),
        ([due], Light.YELLOW, True),
    ]  # fmt: skip
    statement.review(by=editor, **values | {"reviewed_on": due})
    assert (statement.look().light, statement.waiting_review(editor)) == (Light.GREEN, [])


def test_pages_that_have_come_since_the_run_are_counted(client, run):
    assert "dazugekommen" not in public(client)
    run(replace(RUN, routes=RUN.routes - {"barriere-melden/"}, violations={"color-contrast": 2}))
    page = public(client)
    assert "Seitdem ist 1 Seite dazugekommen" in page
    assert '<th scope="row">color-contrast</th><td>2</td>' in page
    run(replace(RUN, routes=RUN.routes - {"barriere-melden/"}, left_out=frozenset({"barriere-melden/"})))
    assert "dazugekommen" not in public(client)
    run(None)
    assert "liegt kein Prüflauf bei" in public(client)


def test_only_a_file_that_the_checks_have_written_is_read(tmp_path):
    path = tmp_path / "last_run.json"
    assert read_run(path) is None
    says = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(RUN).items()}
    path.write_text(json.dumps(says, default=str))
    assert says.keys() == FIELDS
    assert read_run(path) == RUN
    for broken in ("", "[]", "{}", json.dumps(says | {"by_hand": 1}, default=str), json.dumps({**says, "ran_on": "x"})):
        path.write_text(broken)
        assert read_run(path) is None
    assert test_run.LAST_RUN.name == "last_run.json"


def test_the_statement_costs_the_same_however_much_is_entered(client, queries):
    known()
    one = queries(lambda: client.get("/barrierefreiheit/"))
    check_all()
    for _ in range(3):
        known()
    assert queries(lambda: client.get("/barrierefreiheit/")) == one


def test_the_operators_own_text_stays_above(client):
    page = public(client)
    assert page.index("Alles geht mit der Tastatur") < page.index('id="erklaerung"')


def test_what_is_checked_is_fresh_for_twelve_months(at):
    check_all(timezone.localdate() - timedelta(days=365))
    assert len(statement.current().not_checked(timezone.localdate())) == len(CheckKind)
    ManualCheck.objects.update(checked_on=timezone.localdate() - timedelta(days=364))
    assert statement.current().not_checked(timezone.localdate()) == []


def test_it_says_how_much_is_explained_in_easy_language_and_in_signs(client):
    """§ 4 BITV 2.0; the figure comes from `easy`, which knows nothing of this page."""
    says = public(client)
    assert "0 von 8 Pflichtinhalten sind fertig. § 4 der BITV 2.0 verlangt vier Erklärungen" in says
    assert says.count("<li>") >= 8
