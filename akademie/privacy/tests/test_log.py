"""The log: sentences, filters, a file, and nobody who changes it."""

import csv
import io
from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log as write
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.core.audit import log_words
from akademie.core.contributions import retention_rules
from akademie.privacy.actions.retention import run_rule
from akademie.privacy.models import LegalHold
from akademie.privacy.own_data import KEPT_LOG
from akademie.privacy.queries import log

pytestmark = pytest.mark.django_db
LOG = "/geschaeftsstelle/protokoll/"


@pytest.fixture
def person(editor: User) -> User:
    editor.last_name = "Rahn"
    editor.save()
    return editor


def sentences(client: Client, query: str = "") -> list[str]:
    return [line.what for line in client.get(f"{LOG}{query}").context["page"].object_list]


def test_the_log_speaks_in_sentences(client: Client, lead: User, person: User) -> None:
    page = Page.objects.get(depth=1)
    write(instance=page, action="wagtail.publish", user=person)
    write(instance=person, action="wagtail.edit", user=lead)
    write(instance=lead, action="wagtail.edit", user=None)
    write(instance=lead, action="wagtail.delete", user=None, title="{thing}")
    ModelLogEntry.objects.filter(label="Lena").update(user=999)
    client.force_login(lead)
    assert sentences(client) == [
        "Die Akademie hat die Person „{thing}“ gelöscht.",
        "Eine gelöschte Person hat die Person „Lena“ geändert.",
        "Lena hat die Person „Rita Rahn“ geändert.",
        f"Rita Rahn hat die Seite „{page.title}“ veröffentlicht.",
    ]


def test_filters_narrow_by_person_kind_and_time(client: Client, lead: User, person: User) -> None:
    old = timezone.now() - timedelta(days=40)
    write(instance=person, action="wagtail.edit", user=person, timestamp=old)
    write(instance=Page.objects.get(depth=1), action="wagtail.edit", user=lead)
    client.force_login(lead)
    everything = sentences(client)
    assert len(everything) == 2
    assert sentences(client, "?person=rita+ra") == everything[1:]
    assert sentences(client, "?person=leitung@") == everything[:1]
    assert sentences(client, "?person=niemand") == []
    kind = next(value for value, name in log.kinds() if name == "Person")
    assert sentences(client, f"?art={kind}") == everything[1:]
    day = timezone.localdate(old)
    assert sentences(client, f"?bis={day:%Y-%m-%d}") == everything[1:]
    assert sentences(client, f"?von={day + timedelta(days=1):%d.%m.%Y}") == everything[:1]
    wrong = client.get(f"{LOG}?von=quatsch&art=99999")
    assert set(wrong.context["form"].errors) == {"von", "art"}
    assert len(wrong.context["page"].object_list) == 2


def test_pages_of_the_log_cost_the_same(client: Client, lead: User, queries: Any) -> None:
    client.force_login(lead)
    write(instance=lead, action="wagtail.edit", user=lead)
    one = queries(lambda: client.get(LOG))
    for number in range(60):
        write(instance=lead, action="wagtail.edit", user=lead, title=f"{number}")
    assert queries(lambda: client.get(LOG)) == one
    assert sentences(client)[0] == "Lena hat die Person „59“ geändert."
    assert len(sentences(client, "?seite=2")) == 11


def test_the_file_has_everything_and_no_formula(client: Client, lead: User) -> None:
    client.force_login(lead)
    for number in range(3):
        write(instance=lead, action="wagtail.edit", user=lead, title=f"=1+{number}")
    write(instance=Page.objects.get(depth=1), action="wagtail.edit", user=lead)
    answer = client.get("/geschaeftsstelle/protokoll.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["Bezeichnung"] for row in rows][1:] == ["'=1+2", "'=1+1", "'=1+0"]
    assert rows[0]["Art"] == "Seite"


def test_the_log_is_for_the_lead(client: Client, editor: User, participant: User) -> None:
    assert client.get(LOG)["Location"].startswith("/anmelden/")
    for person in (editor, participant):
        client.force_login(person)
        assert client.get(LOG).status_code == 404
        assert client.get("/geschaeftsstelle/protokoll.csv").status_code == 404


@pytest.mark.each_case
@pytest.mark.parametrize("model", [ModelLogEntry, PageLogEntry])
def test_nobody_changes_or_deletes_an_entry(client: Client, lead: User, model: Any) -> None:
    write(instance=Page.objects.get(depth=1) if model is PageLogEntry else lead, action="wagtail.edit", user=lead)
    entry = model.objects.get()
    entry.label = "anders"
    for attempt in (entry.save, entry.delete, model.objects.all().delete):
        with pytest.raises(NotPossible, match="Das Protokoll bleibt"), transaction.atomic():
            attempt()
    client.force_login(lead)
    for method in (client.post, client.put, client.delete, client.patch):
        assert method(LOG).status_code == 405
    assert model.objects.get().label != "anders"


def test_old_entries_go_by_their_rule(lead: User) -> None:
    for days in (-1, 1):
        write(instance=lead, action="wagtail.edit", timestamp=timezone.now() - KEPT_LOG - timedelta(days=days))
    assert run_rule(retention_rules.get("privacy.log")) == 1
    assert ModelLogEntry.objects.count() == 1


def test_every_action_of_ours_has_a_sentence() -> None:
    said = {key for words in log_words for key in words.deeds}
    assert [action for action, _ in registry.get_choices() if action not in said] == []
    for words in log_words:
        for sentence in words.deeds.values():
            says = sentence.format(person="Rita", thing="die Seite", data=defaultdict(str))
            assert says.startswith(("Rita ", "Jemand von außen ")), sentence  # who answers by a link has no account


def test_everything_that_is_logged_has_an_article(lead: User) -> None:
    """A hold and an offer are things of the log too."""
    write(instance=LegalHold(pk=1, label="Vorgang 7"), action="privacy.lift", user=lead)
    (line,) = log.Listing(log.Asked())[0:5]
    assert line.what == "Lena hat die Aufbewahrung beendet, und zwar für die Aufbewahrung „Vorgang 7“."


# -- one thing --------------------------------------------------------------------------------------------------------
def about(thing: Any) -> str:
    return f"?ding={thing._meta.label_lower}:{thing.pk}"


def test_everything_about_one_thing(client: Client, lead: User, person: User) -> None:
    page = Page.objects.get(depth=1)
    for thing in (person, page, lead, person):
        write(instance=thing, action="wagtail.edit", user=lead)
    client.force_login(lead)
    shown = client.get(f"{LOG}{about(person)}")
    assert [line.what for line in shown.context["page"]] == ["Lena hat die Person „Rita Rahn“ geändert."] * 2
    assert shown.context["narrowed"] == ["die Person „Rita Rahn“"]
    assert f'href="{about(page).replace(":", "%3A")}"' in client.get(LOG).text
    assert f'value="{about(person)[6:]}"' in shown.text, "another field narrows it further"
    assert sentences(client, about(page)) == [f"Lena hat die Seite „{page.title}“ geändert."]
    assert sentences(client, f"?ding=wagtailcore.page:{page.pk}") == sentences(client, about(page))
    assert sentences(client, "?ding=accounts.user:999") == []
    long = f"wagtailcore.page:{'9' * 30}"
    for nonsense in ("quatsch", "accounts.user:", "accounts.nix:1", "wagtailcore.page:x", long):
        wrong = client.get(LOG, {"ding": nonsense})
        assert (set(wrong.context["form"].errors), len(wrong.context["page"])) == ({"__all__"}, 4), nonsense
        assert 'name="ding" value' not in wrong.text
        assert "Diesen Vorgang kennt das Protokoll nicht." in wrong.text


def test_a_label_or_a_number_narrows(client: Client, lead: User, person: User) -> None:
    page = Page.objects.get(depth=1)
    for thing in (person, page):
        write(instance=thing, action="wagtail.edit", user=lead)
    client.force_login(lead)
    assert len(sentences(client)) == 2
    assert sentences(client, "?text=rahn") == ["Lena hat die Person „Rita Rahn“ geändert."]
    assert "Lena hat die Person „Rita Rahn“ geändert." in sentences(client, f"?text={person.pk}")
    assert sentences(client, f"?text={'9' * 30}") == []
    shown = client.get(f"{LOG}?text=rahn&person=lena")
    assert shown.context["narrowed"] == ["lena", "„rahn“"]
    assert "Alles zeigen" in shown.text
    assert "<details open" not in " ".join(shown.text.split()), "the list comes first"


def test_what_the_installation_wrote_is_one_line_of_the_whole_log_and_all_of_it_in_the_file(
    client: Client, lead: User
) -> None:
    client.force_login(lead)
    root = Page.objects.get(depth=1)
    for action in ("wagtail.create", "wagtail.move", "wagtail.reorder"):
        write(instance=root, action=action, user=None)
    assert sentences(client).count(log.SET_UP) == 1
    assert log.Listing(log.Asked()).count() == log.Listing(log.Asked(), folded=False).count() - 2
    assert len(sentences(client, f"?ding=wagtailcore.page:{root.pk}")) == 3
    text = b"".join(client.get("/geschaeftsstelle/protokoll.csv").streaming_content).decode("utf-8-sig")
    written = [row["Schlüssel"] for row in csv.DictReader(io.StringIO(text), delimiter=";")]
    assert written == ["wagtail.reorder", "wagtail.move", "wagtail.create"]
