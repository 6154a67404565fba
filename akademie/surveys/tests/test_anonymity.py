"""With the database, the log, the outbox and all mails in hand nobody can say who answered what, or in what order."""

import itertools
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core.models import OutgoingMail
from akademie.operation.visits import collector
from akademie.surveys import actions
from akademie.surveys.models import AnswerBag, Survey
from akademie.surveys.tests.factories import make_survey
from akademie.surveys.views import public

BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux) Firefox/140.0", "HTTP_ACCEPT_LANGUAGE": "de"}
PEOPLE = {"anna": "Ulme", "bert": "Eiche", "cora": "Birke", "dirk": "Linde", "emma": "Ahorn", "fritz": "Weide"}
NAMES = list(PEOPLE)
ANSWERS = {
    name: {
        "nutzen": 1 + number % 5,
        "empfehlen": 5 - number % 5,
        "anwenden": f"Vorhaben {word}",
        "verbessern": f"Rat {word}",
    }
    for number, (name, word) in enumerate(PEOPLE.items())
}


def everything() -> dict[str, list[str]]:
    """Return every row of every table as text, in the order in which the database keeps them."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = [repr(row) for row in cursor.fetchall()]
    return found


@contextmanager
def log_lines() -> Iterator[list[logging.LogRecord]]:
    """Collect whatever any part of the programme logs, down to the least important."""
    found: list[logging.LogRecord] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if not record.name.startswith("django.db.backends"):  # speaks only with DEBUG, which no operator has
                found.append(record)

    root, keep = logging.getLogger(), Keep(0)
    level = root.level
    root.addHandler(keep)
    root.setLevel(0)
    try:
        yield found
    finally:
        root.removeHandler(keep)
        root.setLevel(level)


def signed_in(number: int, name: str) -> Client:
    client = Client(REMOTE_ADDR=f"203.0.113.{number}", **BROWSER)
    user, _ = User.objects.get_or_create(email=f"{name}@stadt.example", defaults={"first_name": name.title()})
    client.force_login(user)
    return client


def send(client: Client, survey: Survey, answers: dict[str, Any]) -> None:
    page = client.get(survey.get_absolute_url())
    form = page.context["form"]
    data = {form.add_prefix(name): form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    data |= {form.add_prefix(key): value for key, value in answers.items()}
    data |= {form.add_prefix("website"): "", form.add_prefix("website") + "-seit": ""}
    answer = client.post(survey.get_absolute_url(), data)
    assert answer.status_code == 302, answer.content.decode()
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.django_db
def test_nothing_but_the_bag_changes_and_it_names_nobody() -> None:
    """Six people with accounts answer through real requests, one after the other, with different answers."""
    survey = make_survey()
    clients = {name: signed_in(number, name) for number, name in enumerate(PEOPLE, 1)}
    Client().get("/")  # the first page of all makes settings and menu
    before = everything()
    with log_lines() as lines:
        for name in PEOPLE:
            send(clients[name], survey, ANSWERS[name])
    after = everything()

    changed = {table for table in after if after[table] != before[table]}
    assert changed == {AnswerBag._meta.db_table}  # no session, log, outbox, tally, count of visits, no other row
    assert AnswerBag.objects.values_list("count", flat=True).get(pk=survey.pk) == len(PEOPLE)
    row = " ".join(after[AnswerBag._meta.db_table])
    for name, client in clients.items():
        secrets = [
            name,
            f"{name}@",
            "203.0.113",
            "Firefox",
            client.session.session_key,
            client.cookies["akademie_schutz"].value,
        ]
        assert [word for word in secrets if word in row] == []
    assert str(timezone.localdate().year) not in row  # no time
    assert [record.getMessage() for record in lines] == []
    assert collector._waiting == {}  # nor do the statistics of visits hold what they would write later
    assert (len(mail.outbox), OutgoingMail.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_the_cookie_of_who_has_answered_is_the_same_for_all() -> None:
    survey = make_survey()
    clients = [signed_in(1, "anna"), signed_in(2, "bert")]
    for client in clients:
        send(client, survey, ANSWERS["anna"])
    first, second = (client.cookies["schon_geantwortet"] for client in clients)
    assert (first.value, first["path"], first["max-age"]) == (second.value, second["path"], second["max-age"])
    assert (first.value, first["path"], first["httponly"]) == ("1", survey.get_absolute_url(), True)


@pytest.mark.django_db
def test_the_row_is_the_same_to_the_byte_in_whatever_order_people_answer() -> None:
    """So nothing of the order can be in it: neither of all answers nor of two of them."""
    rows = set()
    for order in itertools.permutations(NAMES[:4]):
        survey = make_survey()
        for name in order:
            actions.answer(survey, ANSWERS[name])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count, figures, texts, sheets FROM surveys_answerbag WHERE survey_id = %s", [survey.pk]
            )
            rows.add(repr(cursor.fetchone()))
    assert len(rows) == 1


@pytest.mark.django_db
def test_which_answers_came_together_is_not_kept() -> None:
    """The same answers, dealt out to people in another way, leave the same row."""
    columns = [[ANSWERS[name][key] for name in NAMES] for key in ANSWERS["anna"]]
    left = set()
    for turn in range(len(NAMES)):
        survey = make_survey()
        for person in range(len(NAMES)):
            given = [column[(person + turn * place) % len(NAMES)] for place, column in enumerate(columns)]
            actions.answer(survey, dict(zip(ANSWERS["anna"], given, strict=True)))
        left.add(json.dumps(AnswerBag.objects.values("count", "figures", "texts", "sheets").get(pk=survey.pk)))
    assert len(left) == 1


@pytest.mark.django_db
def test_sent_pages_are_told_apart_by_hashes_in_no_order_and_only_until_the_end() -> None:
    survey = make_survey()
    sheets = [f"bogen-{number}" for number in range(20)]
    for sheet in sheets:
        actions.answer(survey, ANSWERS["anna"], sheet=sheet)
    bag = AnswerBag.objects.get(pk=survey.pk)
    assert (bag.count, bag.sheets, len(bag.sheets)) == (20, sorted(bag.sheets), 20)
    assert [sheet for sheet in sheets if sheet in repr(bag.sheets)] == []
    actions.close(survey, by=None)
    assert AnswerBag.objects.get(pk=survey.pk).sheets == []


@pytest.mark.django_db
def test_an_error_while_an_answer_is_kept_says_nothing_of_it() -> None:
    """The database itself would name the row in its message."""
    survey = make_survey()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE surveys_answerbag RENAME COLUMN texts TO texte")
    with log_lines() as lines, pytest.raises(actions.NotPossible) as refusal:
        actions.answer(survey, ANSWERS["anna"])
    what = "OperationalError" if connection.vendor == "sqlite" else "ProgrammingError"
    assert [(one.getMessage(), one.exc_info) for one in lines] == [(f"An answer could not be kept: {what}", None)]
    assert (str(refusal.value), refusal.value.__suppress_context__) == (actions.NOT_KEPT, True)


def test_the_views_that_take_answers_never_ask_who_somebody_is() -> None:
    source = Path(str(public.__file__)).read_text(encoding="utf-8")
    asks = ("request.user", "request.session", "sender(", "REMOTE_ADDR", "messages.", "request.headers")
    assert [word for word in asks if word in source] == []
