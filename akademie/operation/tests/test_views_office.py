"""Self-test and errors as the office sees them."""

import html

import pytest
from django.utils import timezone

from akademie.operation.actions.errors import note_errors
from akademie.operation.error_log import Seen, Sum
from akademie.operation.models import ErrorEntry, HealthResult

OVERVIEW, ERRORS = "/geschaeftsstelle/betrieb/", "/geschaeftsstelle/betrieb/fehler/"


def text_of(response) -> str:
    return " ".join(html.unescape(response.content.decode()).split())


def note(name: str, count: int = 1) -> ErrorEntry:
    seen = Seen(name, "akademie/towns/views/public.py:12", "/staedte/<str:ags>/")
    note_errors({seen: Sum(count, timezone.now())})
    return ErrorEntry.objects.get(fingerprint=seen.fingerprint)


@pytest.mark.django_db
def test_the_self_test_shows_light_word_and_sentence(client, editor) -> None:
    client.force_login(editor)
    now = timezone.now()
    HealthResult.objects.create(
        key="operation.disk", light="red", sentence="Der Platz reicht nicht.", looked_at=now, since=now
    )
    text = text_of(client.get(OVERVIEW))
    assert "<h1>2 Punkte brauchen Sie jetzt</h1>" in text  # the disk, and there is no worker
    assert (
        "<h2>Speicherplatz <small>Jetzt handeln, gerade geprüft</small></h2> <p>Der Platz reicht nicht. <span" in text
    )
    assert "Das wurde noch nicht geprüft." in text


@pytest.mark.django_db(transaction=True)
def test_the_office_has_everything_looked_at_now(client, editor, settings) -> None:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    client.force_login(editor)
    answer = client.post(f"{OVERVIEW}pruefen/", follow=True)
    assert (
        "Alles ist neu geprüft." in text_of(answer),
        HealthResult.objects.filter(key="operation.database").count(),
    ) == (True, 1)
    assert client.get(f"{OVERVIEW}pruefen/").status_code == 405


@pytest.mark.django_db
def test_errors_are_listed_by_state_and_marked(client, editor) -> None:
    client.force_login(editor)
    assert "Hier steht kein Fehler" in text_of(client.get(ERRORS))
    entry = note("OperationalError", 1200)
    text = text_of(client.get(ERRORS))
    assert "Die Datenbank antwortete nicht oder war zu lange beschäftigt</h2>" in text
    assert "1.200-mal auf der Seite /staedte/…/, zuletzt am" in text
    answer = client.post(f"{ERRORS}{entry.pk}/", {"stand": "behoben"}, follow=True)
    assert "als behoben vermerkt" in text_of(answer)
    assert (
        "1.200-mal" in text_of(client.get(f"{ERRORS}?stand=neu")),
        "1.200-mal" in text_of(client.get(f"{ERRORS}?stand=behoben")),
    ) == (False, True)
    assert client.post(f"{ERRORS}{entry.pk}/", {"stand": "quatsch"}).status_code == 400
    assert client.post(f"{ERRORS}99999/", {"stand": "neu"}).status_code == 404


@pytest.mark.django_db
def test_three_errors_cost_as_many_queries_as_one(client, editor, queries) -> None:
    client.force_login(editor)
    note("A")
    one = queries(lambda: client.get(ERRORS))
    note("B")
    note("C")
    assert queries(lambda: client.get(ERRORS)) == one
