"""What was changed is told in public, in the words of whoever published it; and when something was last checked."""

import json
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from akademie.cms.actions import load_pages, set_up_office
from akademie.cms.models import StandardPage
from akademie.cms.tests.factories import make_page
from akademie.core import stamps
from akademie.editing.models import Upkeep
from akademie.formats.tests.factories import FormatProfileFactory
from akademie.library.tests.factories import LibraryItemFactory
from akademie.practices.models import PracticeCase
from akademie.practices.tests.factories import PracticeCaseFactory, TownFactory

pytestmark = pytest.mark.django_db
DESK = "/geschaeftsstelle/cms/snippets/practices/practicecase/"


@pytest.fixture
def desk(client, kept, editor):
    """The browser of an editor."""
    kept("office", lambda: set_up_office(lambda sentence: None))
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def case() -> PracticeCase:
    return PracticeCaseFactory(slug="eins", title="Bücherschrank", towns=[TownFactory()])


def form_of(desk: Client, address: str) -> Any:
    return querydict_from_html(desk.get(address).content.decode(), form_id="w-editor-form")


def send(desk: Client, case: PracticeCase, *, publish: bool = True, **values: str) -> str:
    """Change the case in the back office and return what was refused."""
    data = form_of(desk, f"{DESK}edit/{case.pk}/")
    data.update(values | ({"action-publish": "action-publish"} if publish else {}))
    answer = desk.post(f"{DESK}edit/{case.pk}/", data)
    return "" if answer.status_code == 302 else answer.content.decode()


def text_of(address: str) -> str:
    return " ".join(Client().get(address).content.decode().split())


def test_the_note_is_told_on_the_day_of_its_publication(desk, case):
    with time_machine.travel("2026-02-10 12:00+01:00"):
        send(desk, case, publish=False, change_note="Kosten aktualisiert")
        assert "Geändert:" not in text_of("/praxis/eins/")
        assert form_of(desk, f"{DESK}edit/{case.pk}/")["change_note"] == "Kosten aktualisiert"
    with time_machine.travel("2026-03-14 12:00+01:00"):
        assert send(desk, case) == ""
    assert '<p class="ak-note">Geändert: Kosten aktualisiert (März 2026)</p>' in text_of("/praxis/eins/")
    assert "Alle Änderungen" not in text_of("/praxis/eins/")
    assert form_of(desk, f"{DESK}edit/{case.pk}/")["change_note"] == ""


def test_the_newest_stands_on_the_page_and_all_in_a_list_that_is_not_printed(desk, case):
    for day, note in (("2025-12-01", "Träger gewechselt"), ("2026-03-01", ""), ("2026-05-02", "Kosten aktualisiert")):
        with time_machine.travel(f"{day} 12:00+01:00"):
            send(desk, case, change_note=note)
    html = text_of("/praxis/eins/")
    told = html[html.index("Geändert:") : html.index("</details>")]
    assert told.startswith('Geändert: Kosten aktualisiert (Mai 2026)</p> <div class="ak-no-print"><details')
    assert told.endswith("<ul><li>Kosten aktualisiert (Mai 2026)</li><li>Träger gewechselt (Dezember 2025)</li></ul>")


def test_who_tells_nothing_shows_nothing(desk, case):
    assert send(desk, case, title="Anders") == ""
    assert ("Anders" in text_of("/praxis/eins/"), "Geändert:" in text_of("/praxis/eins/")) == (True, False)


def test_a_note_that_is_too_long_is_refused_and_kept(desk, case):
    refused = send(desk, case, change_note="ä" * 201, title="Neu")
    assert ("ä" * 201 in refused, "200" in refused) == (True, True)
    assert PracticeCase.objects.get().title == "Bücherschrank"


def test_going_back_to_an_old_version_loses_no_note_and_tells_none_again(desk, case):
    send(desk, case, change_note="Kosten aktualisiert")
    old = case.revisions.get()
    send(desk, case, title="Neuer Titel", change_note="Titel geschärft")
    back = f"{DESK}history/{case.pk}/revisions/{old.pk}/revert/"
    data = form_of(desk, back)
    assert (data["title"], data["change_note"]) == ("Bücherschrank", "")
    data["action-publish"] = "action-publish"
    assert desk.post(back, data).status_code == 302
    assert [change["text"] for change in PracticeCase.objects.get().changes] == [
        "Titel geschärft", "Kosten aktualisiert",
    ]  # fmt: skip


def test_the_same_words_may_be_told_again(desk, case):
    for _ in range(2):
        send(desk, case, change_note="Kosten aktualisiert")
    assert len(PracticeCase.objects.get().changes) == 2


def test_machines_get_the_changes_too(desk, case):
    with time_machine.travel("2026-03-14 12:00+01:00"):
        send(desk, case, change_note="Kosten aktualisiert")
    record = json.loads(Client().get("/api/v1/praxis/eins/").content)
    assert record["changes"] == [{"on": "2026-03-14", "text": "Kosten aktualisiert"}]
    assert record["checked_on"] == "2026-03-14"  # whoever publishes has checked


# -- checked on -------------------------------------------------------------------------------------------------------
def test_every_page_says_when_it_was_last_checked(case, kept):
    kept("pages", lambda: load_pages(lambda _: None))
    LibraryItemFactory(slug="buch")
    FormatProfileFactory(slug="forum", name="Forum")
    make_page("Über uns", "ueber-uns")
    places = ["/praxis/eins/", "/bibliothek/buch/", "/formate/forum/", "/ueber-uns/", "/impressum/"]
    assert [place for place in places if "14. März 2026" in text_of(place)] == []
    Upkeep.objects.update(checked_on=date(2026, 3, 14))
    stamps.bump("formate")  # as a check does
    words = ("<dt>Geprüft am</dt><dd>14. März 2026</dd>",) * 2 + (
        ", geprüft am 14. März 2026</p>", *("Geprüft am 14. März 2026</p>",) * 2,
    )  # fmt: skip
    assert [place for place, said in zip(places, words, strict=True) if said not in text_of(place)] == []
    assert StandardPage.objects.filter(duty="impressum").count() == 1
    assert timezone.localdate() != date(2026, 3, 14)


@pytest.mark.django_db(transaction=True)
def test_days_that_stood_in_the_cases_are_kept() -> None:
    def go(name: str) -> Any:
        executor = MigrationExecutor(connection)
        executor.migrate([("practices", name)])
        return executor.loader.project_state([("practices", name), ("editing", "0002_lix")]).apps

    try:
        before = go("0002_keywords").get_model("practices", "PracticeCase")
        known, new, draft, never = (
            before.objects.create(slug=slug, title=slug, live=slug != "draft", checked_on=day)
            for slug, day in (("known", "2026-02-01"), ("new", "2025-07-01"), ("draft", "2025-08-01"), ("never", None))
        )
        noted = {"kind": "praxis", "title": "known", "url": "/praxis/known/", "due_on": "2027-01-01"}
        Upkeep.objects.create(object_pk=str(known.pk), checked_on="2026-01-01", **noted)
    finally:
        go("0003_what_changed_and_one_day_of_the_check")
    days = dict(Upkeep.objects.filter(kind="praxis").values_list("object_pk", "checked_on"))
    assert {case.slug: days.get(str(case.pk)) for case in (known, new, draft, never)} == {
        "known": date(2026, 2, 1), "new": date(2025, 7, 1), "draft": date(2025, 8, 1), "never": None,
    }  # fmt: skip
    assert not Upkeep.objects.get(object_pk=str(draft.pk)).is_shown
